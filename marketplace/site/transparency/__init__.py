"""The public log: checkpoints, leaves, proofs. Anyone may follow it and check it offline."""
