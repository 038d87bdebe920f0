"""Offers: the prices that eligible parties hand in."""
