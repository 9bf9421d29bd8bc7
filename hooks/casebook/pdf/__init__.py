"""PDFs beside the pages: HTML documents, set by Typst in processes of their own."""
