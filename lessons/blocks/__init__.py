"""The blocks that a unit is made of. `body.unit_blocks` lists them all."""
