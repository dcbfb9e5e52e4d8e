"""Tags of trainers’ templates."""
