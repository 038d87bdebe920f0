"""Objections to a public notice (异议): filed by anybody under their real name, decided in time, reviewed by the zone."""
