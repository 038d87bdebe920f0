"""The right of first refusal (优先购买权): who holds it, was told, waived or used it."""
