"""Search: what pages say, the words people may look for them with, and the index.

``article`` reads pages, ``engine`` drives Pagefind, which makes the index that browsers search.
Nothing here knows MkDocs.
"""
