"""Achievements (科技成果): drafted by their holder, reviewed by the zone, published, found, withdrawn."""
