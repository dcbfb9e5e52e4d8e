"""Organisations: museums, networks of museums, and who belongs to them."""
