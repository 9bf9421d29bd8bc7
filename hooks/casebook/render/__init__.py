"""From view-models to HTML: escaped by default, prose sanitised by an allow-list."""
