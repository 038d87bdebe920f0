"""How a published achievement is traded and settled: the statutory procedures live here."""
