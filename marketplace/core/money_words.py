"""Amounts in the capital numerals of cheques and contracts (大写), which cannot be altered with one stroke.

Source: 支付结算办法 (PBC, 1997), annex 1 "正确填写票据和结算凭证的基本规定", articles 1 to 3: 整 follows 元 when nothing
follows, zeros inside the figure are read as one 零.
"""

from marketplace.core.money import MAX_FEN, Fen

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_WAN = 10_000
_YI = 100_000_000


def uppercase_fen(fen: Fen) -> str:
    """`195000000` fen is `壹佰玖拾伍万元整`. ValueError below zero and above MAX_FEN."""
    if not 0 <= fen <= MAX_FEN:
        raise ValueError("an amount in capital numerals is between 0 and MAX_FEN")
    yuan, rest = divmod(fen, 100)
    if not rest:
        return f"{_whole(yuan) if yuan else '零'}元整"
    jiao, last = divmod(rest, 10)
    words = f"{_whole(yuan)}元" if yuan else ""
    if jiao:
        words += f"{_DIGITS[jiao]}角"
    elif yuan:
        words += "零"
    return words + (f"{_DIGITS[last]}分" if last else "")


def _whole(number: int) -> str:
    """A positive integer. 亿 and 万 split it; a part that does not fill its places is introduced by one 零."""
    for unit, name in ((_YI, "亿"), (_WAN, "万")):
        if number >= unit:
            high, low = divmod(number, unit)
            return _whole(high) + name + ("零" if 0 < low < unit // 10 else "") + (_whole(low) if low else "")
    return _below_wan(number)


def _below_wan(number: int) -> str:
    words = ""
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if digit:
            words += _DIGITS[digit] + _PLACES[place]
        elif words and not words.endswith("零"):
            words += "零"
    return words.removesuffix("零")
