"""How long things take beside references, over the records of more and more people."""
