"""Kinds of question, each a pure module: what may be answered and what an answer is worth. Nothing here knows Django.

A kind is a module that has what `Kind` in the registry asks for; the registry finds it by its being there. The module's
name is the kind's and that of its block.
"""
