"""The texts of pages that translators are given: taken out, written to PO files, read, checked and stored."""
