"""What may stand in a field that is chosen from a list: by id or by name, in any language."""

from __future__ import annotations

from casebook.languages import Language
from casebook.record.fields import FieldSpec
from casebook.record.labels import id_meant, place_names, plain, term_names
from casebook.record.schema import word_label
from casebook.record.vocabulary import Context

MOST = 40
"""So many choices are listed at a time; longer lists are too long to read."""
_MOST_JOINED = 12
"""So many pieces between commas can be one name: titles of sources have commas of their own."""


class Choices:
    """The choices that a field leaves: shown in one language, known by their names in all."""

    def __init__(self, spec: FieldSpec, context: Context, language: Language) -> None:
        """Collect the choices of ``spec``; there are none where anything may stand."""
        vocabulary = context.vocabulary
        labels: dict[str, dict[str, str]] = {}
        self._names: dict[str, list[str]] = {}
        if spec.form == "term":
            terms = vocabulary.facet(spec.facet)
            labels = {id_: dict(term.label) for id_, term in terms.items()}
            self._names = term_names(terms)
        elif spec.form == "place":
            labels = {id_: dict(place.label) for id_, place in vocabulary.places.items()}
            self._names = place_names(vocabulary.places)
        elif spec.form == "reference":
            for id_, source in vocabulary.references.items():
                title = source.title
                labels[id_] = {language.code: title} if isinstance(title, str) else dict(title)
                self._names[id_] = list(labels[id_].values())
        for word in spec.words:
            labels[word] = {
                other.code: word_label(spec, word, other) for other in context.languages
            }
            self._names[word] = list(labels[word].values())
        self._shown = {
            id_: told.get(language.code) or next(iter(told.values()))
            for id_, told in labels.items()
        }

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._names)

    def meant(self, words: str) -> str:
        """Return the id that has this name; ``words`` themselves when none or several have it."""
        return words if words in self._names else id_meant(words, self._names) or words

    def all_meant(self, line: str) -> list[str]:
        """Return the ids of a line with several, between commas, also when a name has some."""
        pieces = [piece.strip() for piece in line.split(",") if piece.strip()]
        found: list[str] = []
        while pieces:
            for length in range(min(len(pieces), _MOST_JOINED), 0, -1):
                id_ = self.meant(", ".join(pieces[:length]))
                if length == 1 or id_ in self._names:
                    found.append(id_)
                    del pieces[:length]
                    break
        return found

    def listed(self, part: str = "") -> list[str]:
        """Return those with ``part`` in their id or a name, each as "id: name"."""
        wanted = plain(part)
        return [
            f"{id_}: {shown}"
            for id_, shown in self._shown.items()
            if any(wanted in plain(name) for name in (id_, *self._names[id_]))
        ]
