"""View-models per language: what a page shows, without HTML."""
