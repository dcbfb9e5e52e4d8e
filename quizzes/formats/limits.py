"""How much a question file may hold. Whoever sends more gets a fault, and not our memory."""

MAX_BYTES = 40 * 1024 * 1024
MAX_TEXT_BYTES = 4 * 1024 * 1024
MAX_ITEMS = 2000
MAX_TEXT = 20_000
MAX_DEPTH = 60
MAX_NODES = 400_000
MAX_FAULTS = 200

# Archives.
MAX_PARTS = 500
MAX_UNPACKED = 120 * 1024 * 1024
MAX_RATIO = 200
# What packs well is not a trap as long as it is small.
SMALL_PART = 1024 * 1024
