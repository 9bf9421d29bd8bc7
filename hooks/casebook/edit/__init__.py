"""Writing records: their one form, an empty template, questions to the editor, whole files."""
