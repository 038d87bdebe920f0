"""Deposits (保证金): a ledger of money that moves outside, recorded by one officer and checked by another."""
