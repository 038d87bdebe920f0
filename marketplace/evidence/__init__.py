"""The Merkle log over the journal, its signed checkpoints, and what a third party needs to check them offline."""
