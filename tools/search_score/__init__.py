"""``make search-score``: how well the search finds, in a browser, beside two others.

``score`` runs it; ``queries`` reads what is asked, ``measures`` counts, ``engines`` drive browsers,
``stock`` makes the site that stock Material searches.  Nothing here is needed to build the site.
"""
