"""Migrations of trainers' work."""
