"""Trades (交易项目): an achievement offered by one of the procedures, from draft to the end."""
