"""The partner of a language, as learners meet it: its page, and the index of its country's cases."""
