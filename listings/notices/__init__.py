"""Public notices (公示): what is shown, on two channels, for how long, what was objected, and the certificate of it."""
