"""Pages of attempts, each in the module of what is done there."""
