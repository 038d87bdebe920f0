"""Who: people, organisations, zones, memberships with roles, sessions and API tokens."""
