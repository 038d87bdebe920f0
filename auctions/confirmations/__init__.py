"""Deal confirmations (成交确认书): the legal act that ends a trade, frozen as it was."""
