"""Catalogues of interface strings: how they become what gettext reads."""
