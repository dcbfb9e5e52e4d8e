"""The desks of the partners: teams of a language, what is to translate, reviews, bundles, and what readers are told."""
