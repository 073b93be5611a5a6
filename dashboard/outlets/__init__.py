"""One module per form of a view: each makes a blueprint from the service."""
