"""A new facet and a new field are one entry each and met everywhere; a language is its strings."""

import gzip
import json

import pytest
from site_support import Project, Site, SmallProject, run

CASE = "moving-mamas"
STRINGS = "hooks/casebook/strings/{}/{}.yml"
FIELD = """    lesson:
      label: {lesson}
      help: {lesson} …
    settings:
      label: {settings}
      help: {settings} …
"""
TERM = "\n".join(
    (
        "kitchen:",
        "  label: {nb: Storkjøkken, en: Large kitchen}",
        "  note: {nb: Arbeidet foregår på et kjøkken., en: The work is done in a kitchen.}",
    )
)
EXAMPLES = """
case.lesson:
  good: |
    lesson:
      nb: Begynn i det små.
      en: Start small.
  bad: |
    lesson: ""
case.settings:
  good: |
    settings: [kitchen]
  bad: |
    settings: [kjokken]
"""
TEXT = {"nb": "Begynn med kaffelukten.", "en": "Start with the smell of coffee."}


def add(project: Project) -> None:
    """Make up a facet and a field of prose, and let a case have both."""
    project.replace(
        "hooks/casebook/record/case.py",
        "    challenge: Annotated[",
        '    settings: Annotated[\n        tuple[Annotated[str, Term("settings")], ...], Distinct,'
        ' Use("themes")\n    ] = ()\n'
        '    lesson: Annotated[Prose, Use("story", compared=True)] = None\n'
        "    challenge: Annotated[",
    )
    project.replace(
        "hooks/casebook/collection/facets.py",
        '    _field("barriers", weight=1.5),\n',
        '    _field("barriers", weight=1.5),\n'
        '    _field("settings", weight=1, is_topic=True, is_way_in=False,'
        " compared=True),\n",
    )
    words = {"nb": ("Lærdom", "Omgivelser"), "en": ("Lesson", "Settings")}
    for code, (lesson, settings) in words.items():
        fields = FIELD.format(lesson=lesson, settings=settings)
        project.replace(STRINGS.format(code, "record"), "  case:\n", f"  case:\n{fields}")
        project.replace(
            STRINGS.format(code, "facets"), "  notes:\n", f"  notes:\n    settings: {settings}.\n"
        )
    project.append("hooks/casebook/record/examples.yml", EXAMPLES)
    project.write("cases/_vocabulary/settings.yml", TERM + "\n")
    project.append(
        f"cases/{CASE}.yml",
        f"settings: [kitchen]\nlesson:\n  nb: {TEXT['nb']}\n  en: {TEXT['en']}\n",
    )


def add_language(project: Project) -> None:
    """Make Nynorsk a language of the site: as CONTRIBUTING.md says, and not translated."""
    for file in sorted((project.root / STRINGS.format("nb", "x")).parent.glob("*.yml")):
        project.write(STRINGS.format("nn", file.stem), file.read_text(encoding="utf-8"))
    project.write(
        STRINGS.format("nn", "language"),
        "code: nn\nname: Norsk nynorsk\nhtml: nn\nlocale: nn_NO\norder: 3\nrequired: false\n",
    )
    front = (project.root / "docs/index.md").read_text(encoding="utf-8")
    project.write("docs/index.nn.md", front.replace("# ", "# Nynorsk: ", 1))
    for old, new in (
        ("        en: English\n", "        nn: Norsk nynorsk\n"),
        ("  *.en.md\n", "  *.nn.md\n"),
        ("    en: Knowledge bank\n", "    nn: Kunnskapsbanken\n"),
    ):
        project.replace("mkdocs.yml", old, old + new)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A copy of the project with all of it."""
    project = SmallProject(tmp_path_factory.mktemp("entries"))
    add(project)
    add_language(project)
    return project


@pytest.fixture(scope="module")
def site(project: Project) -> Site:
    """Its site, built once."""
    return project.build(SITE_PDF="")


def test_a_new_facet_and_a_new_field_are_one_entry_each(project: Project, site: Site) -> None:

    def page(name: str) -> str:
        return (site.root / name / "index.html").read_text(encoding="utf-8")

    def every(pattern: str) -> str:
        files = sorted(site.root.glob(pattern))
        assert files, pattern
        return "\n".join(file.read_text(encoding="utf-8") for file in files)

    case = page(f"eksempler/{CASE}.en")
    assert 'href="../settings/kitchen.en/"' in case
    assert "Large kitchen" in case
    assert '<h2 id="lesson-title">Lesson</h2>' in case
    assert TEXT["en"] in case
    # The facet has its own pages, and its terms stand in the catalogue and narrow other pages.
    assert CASE in page("eksempler/settings/kitchen")
    assert "Storkjøkken" in page("eksempler/settings")
    assert 'data-facet="settings"' in page("eksempler")
    index = json.loads(every("eksempler/data/facets.nb.*.json"))
    assert index["facets"]["settings"].keys() == {"kitchen"}
    # The form asks for both, comparing shows both, and the reference tells of both.
    form = json.loads(every("bidra/data/form.en.*.json"))
    assert {"settings", "lesson"} <= {field["name"] for field in form["fields"]}
    sections = {part["id"]: part["fields"] for part in form["sections"]}
    assert "settings" in sections["themes"]
    assert "lesson" in sections["story"]
    compare = page("sammenlign.en")
    assert '<tr role="row" data-row="settings">' in compare
    assert '<tr role="row" data-row="lesson">' in compare
    assert "Omgivelser" in page("bidra/felter")
    # The search finds the case by the term and by the text.
    found = [gzip.decompress(file.read_bytes()) for file in site.root.glob("pagefind/fragment/*")]
    assert any(b"Storkj" in text and b"kaffelukten" in text for text in found)
    # And so does the terminal.
    command = ["-m", "casebook.cli", "show", CASE, "--lang", "en"]
    shown = run(command, project.root, PYTHONPATH=str(project.root / "hooks"))
    assert "Large kitchen" in shown.stdout
    assert TEXT["en"] in shown.stdout


def test_a_new_language_is_its_strings_a_front_page_and_three_lines(site: Site) -> None:
    assert "Nynorsk: " in (site.root / "index.nn/index.html").read_text(encoding="utf-8")
    # What is not translated is shown in the default language, and says so.
    case = (site.root / f"eksempler/{CASE}.nn/index.html").read_text(encoding="utf-8")
    assert '<html lang="nn"' in case
    assert "ikke oversatt ennå" in case
