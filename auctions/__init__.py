"""How achievements are traded: procedures, trades, gates, intents, deposits, offers, deal confirmations."""
