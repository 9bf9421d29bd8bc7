"""The spell check of ``make lint``: every word that people read, in Norwegian and in English.

``run`` is the tool; ``texts`` finds the words and their language, ``words`` judges one, and
``dictionaries`` fetches what it is judged by.  Nothing of it is needed to build the site.
"""
