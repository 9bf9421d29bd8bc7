"""``make fuzz`` and ``make growth``: what any input makes of the checks, the pages and the search.

``ways`` are what inputs go through, ``inputs`` makes them up, ``targets`` puts both together,
``growth`` lets each field grow, and ``browser`` does the same where the scripts run.
"""
