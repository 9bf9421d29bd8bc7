"""Measure builds, ``make site``, and catalogue and search in a browser, with many made-up cases."""
