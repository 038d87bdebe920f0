"""Forms of notices and objections: they check shape; the commands keep the rules."""
