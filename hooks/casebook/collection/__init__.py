"""All case records together: relations, facets, likeness, and what is still missing."""
