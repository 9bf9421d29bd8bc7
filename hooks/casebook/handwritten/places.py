"""The pages that the site itself leads to: what it is made of, and what its frame links to."""

from __future__ import annotations

from casebook.handwritten.page import CASES_FOLDER

HOME, CATALOGUE, REPORT = "index.md", f"{CASES_FOLDER}/index.md", "om/index.md"
PRIVACY = "om/personvern.md"
COMPARE, LIST, BOOKLET = "sammenlign.md", "min-liste/index.md", "min-liste/hefte.md"
"""Pages of the reader's own selection, put together in the browser."""
SEARCH = "sok.md"
"""The search page: an address for every search, and help where no script runs."""
GLOSSARY = "ordliste.md"
"""The glossary: where the explanation of a term leads for more."""
GUIDES = "veiledere/index.md"
"""The list of guides: what stands below it in the navigation are guides."""
LAW = "rammer/index.md"
"""The first page on law and money: with those below it in the navigation, it makes one PDF."""
CHECKLISTS = "sjekklister/index.md"
FORM, BY_HAND = "bidra/ny.md", "bidra/index.md"
"""Where a case is written: in the form, and by hand."""
TIP = "bidra/tips.md"
"""Where readers tell of what is missing."""
AGREEMENTS = {"measure": "sjekklister/tiltaksavtale.md", "framework": "sjekklister/rammeavtale.md"}
"""The checklists that an agreement starts from, by what the agreement is for."""
NEEDED = (
    *(HOME, CATALOGUE, REPORT, PRIVACY, COMPARE, LIST, BOOKLET, SEARCH, GLOSSARY, GUIDES, LAW),
    *(CHECKLISTS, FORM, BY_HAND, TIP, *AGREEMENTS.values()),
)
"""Without one of these there is no site."""
