"""Translations that go out as a file and come back: for translators who work in programs of their own."""
