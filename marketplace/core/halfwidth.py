"""Full-width letters, digits and signs, as Chinese keyboards type them, turned into the ASCII ones."""

# U+FF01..U+FF5E mirror U+0021..U+007E; U+3000 is the space that goes with them.
_ASCII = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}


def halfwidth(text: str) -> str:
    """`１２．５ 万` becomes `12.5 万`. Nothing else changes, and the length stays the same."""
    return text.translate(_ASCII)
