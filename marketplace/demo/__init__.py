"""The demonstration market: fictional zones, organisations and achievements."""
