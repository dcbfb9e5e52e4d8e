"""How pages leave the house: public and kept states, ETags, the cache of bodies, security headers."""
