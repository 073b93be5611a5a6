"""How a page travels: as HTML in a document, compressed, cached, guarded by headers."""
