"""Chart kinds, one module each; the file name is the name of the kind."""
