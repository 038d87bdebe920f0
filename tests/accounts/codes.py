"""Valid credit codes for tests: the body is made up, the last character is worked out."""

from marketplace.core.credit_code import check_character


def credit_code(number: int) -> str:
    """The code of made-up organisation `number`."""
    body = f"91330100MA{number:07d}"
    return body + check_character(body)
