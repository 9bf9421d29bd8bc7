"""The core of the knowledge base: from case records as YAML text to pages.

A room may use only those above it; a test reads every import::

    casebook/letters/      which letters can be shown, and fonts for all of them
    casebook/problem.py    a problem as a value: where it is, which rule, what the message needs
    casebook/parallel.py   work shared between processors
    casebook/languages.py  each language: its strings (in strings/), dates, numbers and plurals
    casebook/record/       one record, from text to typed data; its fields; vocabularies
    casebook/report.py     problems told to people, to GitHub and as JSON
    casebook/edit/         records written: form of the file, template, questions
    casebook/collection/   all records together: relations, facets, likeness, status
    casebook/files/        pictures and other files that are published as they are
    casebook/page/         what a page says in one language, without HTML
    casebook/handwritten/  pages written by hand, read with line and column, and checked
    casebook/browser/      data for the scripts of the catalogue and the form
    casebook/search/       the index of the search, and the words that find a page
    casebook/numbers/      every number, and the source that answers for it
    casebook/render/       what a page says becomes HTML, escaped by default
    casebook/gate/         finished HTML judged before it goes out
    casebook/commands/     the subcommands of casebook, a module each; check is in cli.py
    casebook/pdf/          PDFs, set by Typst in processes of their own
    casebook/cli.py        the casebook command
    website/               the site as MkDocs sees it: pages, files, navigation, frame
    events.py              the order of a build: each event of MkDocs, and what is done at it
    tools/                 what make runs: builds, the site while one writes, checks, measurements

The core never imports mkdocs or material: it outlives them.
"""
