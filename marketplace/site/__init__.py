"""Whole-market pages: home, search, workbench, transparency, rules, health, API documentation."""
