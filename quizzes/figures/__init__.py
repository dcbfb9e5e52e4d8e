"""What answers say of questions: figures of a version of a quiz, for the people who write it.

Counted by language in `tallies`, reckoned in `statistics`, cut to what says nothing of anybody in `suppression` and
`disclosing`, put into words in `reading_words`. These know neither Django nor Wagtail; `collecting` asks the database.
"""
