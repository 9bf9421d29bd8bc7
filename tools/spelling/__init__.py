"""The spell check of ``make lint``: every word that people read, in Norwegian and in English.

``run`` is the tool and ``check`` what it does; ``texts`` finds the texts and their language,
``markup`` takes out what is no prose, ``words`` judges a word, ``wordlists`` are the project's own
words, ``dictionaries`` fetches what a word is judged by, ``suggestions`` guesses what was meant.
Nothing here is needed to build the site, and nothing of it reaches the site.
"""
