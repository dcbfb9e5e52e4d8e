"""Kinds of question, each a pure module: what may be answered and what an answer is worth. Nothing here knows Django.

A kind is a module with `grade(question, chosen)` and `accepts(question, chosen)`, which the registry finds by its being
there. The module's name is the kind's and that of its block.
"""
