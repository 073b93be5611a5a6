"""Pieces of a page. They are given data; they never fetch it."""
