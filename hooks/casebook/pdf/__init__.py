"""PDFs beside the pages: HTML documents, set by WeasyPrint in processes of their own."""
