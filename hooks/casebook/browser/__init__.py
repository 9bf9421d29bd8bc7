"""Data for the scripts of the site: the cases of the catalogue and the rules of the form."""
