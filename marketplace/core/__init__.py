"""The floor of the house: time, calendar, identity, money, policy, journal, database. Knows nothing above it."""
