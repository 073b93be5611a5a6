"""Source files in, one release out."""
