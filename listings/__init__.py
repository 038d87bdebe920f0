"""What is offered: achievements and the classifications that describe them."""
