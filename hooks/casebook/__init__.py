"""The core of the knowledge base: from case records as YAML text to pages.

One way through, and nothing points back::

    problem, languages        what every room shares
    source                    text -> tree of raw scalars with positions
    vocabulary                terms, places and references, close matches
    case                      the typed record
    library                   all cases together
    page                      view-models per language
    render                    view-models -> HTML
    cli                       the ``casebook`` command

The core never imports mkdocs or material: it outlives them.
"""
