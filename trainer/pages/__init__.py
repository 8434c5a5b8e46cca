"""The brief as a page: as text, as Markdown, as one HTML file with its charts and recordings in it."""
