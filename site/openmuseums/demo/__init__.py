"""The demo: from a clean clone to a running course with one command. Delete this folder and nothing else misses it."""
