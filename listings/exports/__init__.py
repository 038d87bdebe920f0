"""Lists of achievements as tables for other programs, in the columns that an import understands."""
