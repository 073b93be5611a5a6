"""How a page travels: rendered to HTML, put into a document, compressed, cached, guarded by headers."""
