"""The site while it is written: built again after each save, and shown at once.

``server`` is what browsers ask, ``page.js`` and ``page.css`` are what it adds to pages.
``builder`` is the process that builds, and ``process`` is how ``tools/serve.py`` sees it.
``pages`` is one build of it, ``kept`` what is known from one build to the next, and ``late`` what
makes search and PDFs when the pages are shown.
"""
