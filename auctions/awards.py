"""By which rule a buyer was found, in words."""

from marketplace.core.phrases import Phrase

HOW = {
    "sole": Phrase("唯一合格意向方报价达到挂牌价", "the sole eligible party met the price"),
    "highest": Phrase("价高者得", "the highest offer"),
    "earliest": Phrase("报价相同，在先者得", "the earliest of equal offers"),
    "first_refusal": Phrase("行使优先购买权", "by the right of first refusal"),
}


def how_words(how: str) -> Phrase:
    """The rule in words; an unknown one by its code."""
    return HOW.get(how, Phrase(how, how))
