"""Question files of other programs and our own: readers and writers around one model. Nothing here knows Django.

A reader takes bytes from anybody and returns a `Reading`: what it could read, what it found wrong and where, and what
the model has no place for. It raises nothing. A writer takes items and returns bytes.
"""
