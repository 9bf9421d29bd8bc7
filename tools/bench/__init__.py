"""``make bench``: what a build costs with many records, measured beside stock Material.

``run`` measures, in processes of their own; ``prepare`` makes what is measured; the other modules
are their parts.  Nothing here is needed to build the site.
"""
