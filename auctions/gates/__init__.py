"""Gates before a trade: secrecy, title, export, relations; each a record of what was assessed by whom."""
