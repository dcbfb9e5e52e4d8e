"""Times as ISO 8601 writes them."""


def iso_duration(minutes: int) -> str:
    """Return minutes as an ISO 8601 duration: 85 is `PT1H25M`."""
    hours, rest = divmod(minutes, 60)
    parts = [f"{hours}H" if hours else "", f"{rest}M" if rest or not hours else ""]
    return f"PT{''.join(parts)}"
