"""Reads releases and shows them."""
