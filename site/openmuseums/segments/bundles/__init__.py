"""Files that translators work on in programs of their own: PO and XLIFF, read and written without a database."""
