"""What a change of content has to pass, and what its reviewer sees (``make content``).

``run`` is the tool.  ``changes`` asks git what was changed, ``trees`` lays out the project as it
was and as it will be, ``checks`` looks for ``findings``, ``sites`` compares two built sites,
``summary`` tells of all that, and ``folder`` makes what is opened from disk.
"""
