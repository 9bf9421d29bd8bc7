"""What the hooks need from MkDocs: pages, files, navigation and context of this site.

Only this package and ``events.py`` import mkdocs.  They are thin: what a page says is
decided in ``casebook``.
"""
