"""Made-up text of a given length: sentences put together from word lists of our own.

The lists are written for this file.  A sentence is grammatical often enough to look like text to a
reader, to Markdown and to gzip; it says nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

POOL = 3_000
"""Sentences made in advance for each language; texts are put together from these."""

SHORTEST, LONGEST = 2, 12
"""Between these lengths there are words of every length."""
LAST = 25
"""The last sentence, cut to fit, is at least this long."""


@dataclass(frozen=True, slots=True)
class Lists:
    """The words of one language.

    Attributes:
        openings: What may stand first in a sentence.
        subjects: Who does something.
        verbs: What they do.
        adjectives: How the things are that they do it with.
        nouns: The things.
        endings: Where, when and how.
        joint: The word between two things.
        inverted: After an opening the verb comes before the subject.
    """

    openings: tuple[str, ...]
    subjects: tuple[str, ...]
    verbs: tuple[str, ...]
    adjectives: tuple[str, ...]
    nouns: tuple[str, ...]
    endings: tuple[str, ...]
    joint: str
    inverted: bool


def _list(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


NORWEGIAN = Lists(
    openings=_list("""
        etter noen uker, hver tirsdag, i begynnelsen, underveis, om høsten, før oppstart,
        til slutt, i tillegg, på denne måten, gjennom hele året, når det trengs, som regel,
        de første dagene, siden våren, midt i perioden, etter en prøvetid, fra første møte,
        som en del av opplegget
    """),
    subjects=_list("""
        deltakerne, veilederen, arbeidsgiveren, kommunen, mentoren, teamet, kursholderen, gruppen,
        prosjektlederen, verkstedet, butikken, lærlingene, kollegene, jobbspesialisten,
        barnehagen, sykehjemmet, nettverket, foreningen, familiene, avdelingen, ungdommene,
        nabokommunen, språklæreren, de frivillige, styringsgruppen, fylket, kantinen,
        bedriftene i området
    """),
    verbs=_list("""
        prøver, følger opp, forklarer, planlegger, bygger, tilbyr, samler, øver på, tester, deler,
        beskriver, velger, vurderer, tilpasser, ordner, finner, styrker, avklarer, forbereder,
        organiserer, bruker, skriver ned, gjennomgår, setter i gang, justerer, viser fram,
        bidrar med, sørger for, tar ansvar for, ønsker seg
    """),
    adjectives=_list("""
        nye, faste, korte, praktiske, ukentlige, tydelige, felles, muntlige, enkle, lokale,
        trygge, individuelle, krevende, skriftlige, vanlige, varige, små, åpne, daglige, betalte,
        frivillige, tospråklige, konkrete, ordinære, kommunale, målrettede, fleksible,
        midlertidige
    """),
    nouns=_list("""
        arbeidsoppgaver, praksisplasser, språkøvelser, møteplasser, kursdager, avtaler, samtaler,
        fagprøver, oppfølgingsmøter, ordlister, vaktlister, sjekklister, hospiteringer,
        intervjuer, arbeidsavtaler, kjøkkenvakter, verkstedtimer, veiledningstimer,
        tilskuddsmidler, jobbsøknader, søknadsrunder, utviklingssamtaler, kompetansekart,
        stillinger, leveranser, delmål, rutiner, ferdigheter, nettverkstreff, rollespill,
        bedriftsbesøk, opplæringsmoduler, tilbakemeldinger, lønnsmidler, barnevaktordninger,
        kjøreturer, arbeidslag, fagbegreper, erfaringer, ideer
    """),
    endings=_list("""
        sammen med kollegene, på arbeidsplassen, i det første halvåret, for hele gruppen,
        hver uke, i et rolig tempo, uten å vente på vedtak, ved siden av norskkurset,
        i samarbeid med NAV, på tvers av avdelinger, med støtte fra kommunen,
        i lokalene ved torget, etter behov, for dem som står lengst unna, i tråd med avtalen,
        så langt budsjettet rekker, på dagtid, gjennom vinteren, med tett oppfølging,
        der folk allerede er, før neste inntak
    """),
    joint="og",
    inverted=True,
)
ENGLISH = Lists(
    openings=_list("""
        after some weeks, every Tuesday, at the beginning, along the way, in the autumn,
        in the end, before the start, in addition, in this way, throughout the year, when needed,
        as a rule, in the first days, since the spring, halfway through, after a trial,
        from the first meeting
    """),
    subjects=_list("""
        the participants, the advisers, the employers, most municipalities, the mentors,
        the teams, the teachers, small groups, the project leaders, the workshops, two shops,
        the apprentices, colleagues, the job specialists, the kindergartens, nursing homes,
        the networks, volunteers, the families, departments, young people,
        the neighbouring municipalities, local firms, the language tutors, the steering groups,
        county staff, the canteens, the associations
    """),
    verbs=_list("""
        try, follow up, explain, plan, build, offer, gather, practise, test, share, describe,
        choose, consider, adapt, arrange, find, strengthen, clarify, prepare, organise, use,
        write down, go through, set up, adjust, present, ask for, contribute to, look after,
        take charge of
    """),
    adjectives=_list("""
        new, fixed, short, practical, weekly, clear, joint, spoken, simple, local, safe,
        individual, demanding, written, ordinary, lasting, small, open, daily, paid, voluntary,
        bilingual, concrete, regular, municipal, targeted, flexible, temporary
    """),
    nouns=_list("""
        work tasks, placements, language exercises, meeting places, course days, agreements,
        talks, trade tests, follow-up meetings, word lists, rotas, checklists, workplace visits,
        interviews, contracts, kitchen shifts, workshop hours, guidance sessions, grants,
        job applications, application rounds, appraisals, skills maps, positions, deliveries,
        milestones, routines, skills, network events, role plays, visits to firms,
        training modules, replies, wage funds, childcare arrangements, driving lessons,
        work crews, trade terms, experiences, ideas
    """),
    endings=_list("""
        together with colleagues, at the workplace, in the first half-year, for the whole group,
        every week, at a gentle pace, without waiting for a decision, beside the language course,
        in cooperation with the welfare office, across departments, with municipal support,
        in the rooms by the square, as needed, for those furthest from work, under the agreement,
        as far as the budget goes, in the daytime, through the winter, with close follow-up,
        where people already are, before the next intake
    """),
    joint="and",
    inverted=False,
)
LISTS = {"nb": NORWEGIAN, "en": ENGLISH}
"""The lists by language code; a language without a list of its own gets the English one."""


class Words:
    """Makes texts of one language.  The same ``random`` gives the same texts."""

    def __init__(self, lists: Lists, random: Random) -> None:
        """Make the pool of sentences from ``lists``."""
        self._random = random
        self._pool = [_sentence(lists, random) for _ in range(POOL)]
        vocabulary = {word for sentence in self._pool for word in sentence[:-1].lower().split()}
        self._by_length: dict[int, list[str]] = {}
        for word in sorted(word for word in vocabulary if word.isalpha()):
            self._by_length.setdefault(len(word), []).append(word)
        self._words = [word for words in self._by_length.values() for word in words]

    def phrase(self, length: int) -> str:
        """Return words of together exactly ``length`` characters, the first with a capital."""
        if length < 1:
            return ""
        words: list[str] = []
        left = length
        while left > LONGEST:
            word = self._random.choice(self._words)
            # What is left must hold a space and another word.
            if left - len(word) - 1 >= SHORTEST:
                words.append(word)
                left -= len(word) + 1
        words.append(self._fitting(left))
        text = " ".join(words)
        return text[0].upper() + text[1:]

    def text(self, length: int) -> str:
        """Return sentences of together exactly ``length`` characters."""
        parts: list[str] = []
        left = length
        while True:
            sentence = self._random.choice(self._pool)
            if len(sentence) + 1 + LAST > left:
                break
            parts.append(sentence)
            left -= len(sentence) + 1
        parts.append(self.phrase(left - 1) + ".")
        return " ".join(parts)

    def _fitting(self, length: int) -> str:
        words = self._by_length.get(length)
        return self._random.choice(words) if words else "x" * length


def _sentence(lists: Lists, random: Random) -> str:
    subject, verb = random.choice(lists.subjects), random.choice(lists.verbs)
    thing = f"{random.choice(lists.adjectives)} {random.choice(lists.nouns)}"
    if random.random() < 0.4:
        thing += f" {lists.joint} {random.choice(lists.nouns)}"
    ending = f" {random.choice(lists.endings)}" if random.random() < 0.7 else ""
    if random.random() < 0.35:
        opening = random.choice(lists.openings)
        first, _, particle = verb.partition(" ")
        inverted = f"{first} {subject} {particle}".rstrip()
        start = f"{opening} {inverted}" if lists.inverted else f"{opening}, {subject} {verb}"
    else:
        start = f"{subject} {verb}"
    text = f"{start} {thing}{ending}."
    return text[0].upper() + text[1:]
