"""Pages written by hand as Markdown: read with positions, and checked."""
