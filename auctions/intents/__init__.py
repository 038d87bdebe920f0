"""Intents (意向受让登记): who wants to acquire, and whether they are eligible."""
