"""What a plan is measured against: the achievement as published, its holder, the day."""

from dataclasses import dataclass
from datetime import date

from listings.achievements.content import Content, from_json
from listings.achievements.models import Achievement
from listings.achievements.reach import public_revision
from listings.plans.content import Buyer, CompleterConsent, CoOwnerConsent, PlanContent, arranged
from listings.rights import ListedRight, co_owners
from marketplace.core.clock import local_date
from marketplace.core.context import Context


@dataclass(frozen=True)
class Facts:
    """`holder` is the holder's name, `completers` those of the published text, `today` a date in Beijing."""

    holder: str
    completers: tuple[str, ...]
    today: date


def facts_about(ctx: Context, achievement: Achievement) -> Facts:
    """The facts now. Completers come from the public text; a withdrawn achievement keeps its last one."""
    names = tuple(person.name.strip() for person in _text(achievement).completers if person.name.strip())
    return Facts(achievement.holder.name, names, local_date(ctx.now))


def first_content(achievement: Achievement) -> PlanContent:
    """What a new plan begins with: the rights, the mode, the price and the people of the published text."""
    text, holder = _text(achievement), achievement.holder.name
    rights = tuple(ListedRight(right.kind, right.number, right.holder or holder) for right in text.rights)
    content = PlanContent(
        rights=rights,
        mode=text.modes[0] if len(text.modes) == 1 else "",
        buyer=Buyer(),
        price_fen=text.price_fen,
        payment_terms=text.payment_terms,
        risks=text.risks,
        completers=tuple(CompleterConsent(person.name) for person in text.completers),
        co_owners=tuple(CoOwnerConsent(name) for name in co_owners(rights, holder)),
    )
    return arranged(content)


def _text(achievement: Achievement) -> Content:
    revision = public_revision(achievement)
    return from_json(revision.content) if revision is not None else Content()
