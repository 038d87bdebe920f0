"""What a grant is measured against: the achievement as published, the unit's rules, and what it begins with."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from listings.achievements.content import Content, from_json
from listings.achievements.models import Achievement
from listings.achievements.reach import public_revision
from listings.disclosures.content import from_json as disclosure_text
from listings.disclosures.models import Disclosure
from listings.grants.content import GrantContent, TeamMember, arranged
from listings.grants.zone_minimum import minimum_on
from listings.rights import ListedRight
from listings.unit_rules.content import from_json as rules_text
from listings.unit_rules.queries import rules_in_force
from marketplace.core.clock import local_date
from marketplace.core.context import Context


@dataclass(frozen=True)
class Facts:
    """`completers` are those of the published text, `least_bp` the least share of the title they must get, if any is set."""

    completers: tuple[str, ...]
    least_bp: int | None = None


def facts_about(ctx: Context, achievement: Achievement) -> Facts:
    """The facts now. A withdrawn achievement keeps its last public text."""
    names = tuple(person.name.strip() for person in text_of(achievement).completers if person.name.strip())
    return Facts(names, least_share(ctx, achievement.holder_id, achievement.zone_id, local_date(ctx.now)))


def least_share(ctx: Context, holder_id: str, zone_id: str, day: date) -> int | None:
    """The least share of the title, in basis points, that completers get: by the unit's rules in force or, where it is
    more, by the zone's rule of that day. None where neither says anything.
    """
    rules = rules_in_force(ctx, holder_id)
    own = rules_text(rules.content).grant_share_min_bp if rules is not None else None
    asked = [one for one in (own, minimum_on(ctx, zone_id, day)) if one is not None]
    return max(asked, default=None)


def first_content(ctx: Context, achievement: Achievement) -> GrantContent:
    """What a new grant begins with: the rights and people of the published text, with the shares of the disclosure."""
    text, holder = text_of(achievement), achievement.holder.name
    rights = tuple(ListedRight(right.kind, right.number, right.holder or holder) for right in text.rights)
    team = _disclosed(ctx, achievement) or tuple(
        TeamMember(name=person.name, unit=person.unit) for person in text.completers if person.name
    )
    return arranged(GrantContent(rights=rights, team=team))


def text_of(achievement: Achievement) -> Content:
    """The public text of the achievement."""
    revision = public_revision(achievement)
    return from_json(revision.content) if revision is not None else Content(title=achievement.title)


def _disclosed(ctx: Context, achievement: Achievement) -> tuple[TeamMember, ...]:
    """The completers as they confirmed each other in the disclosure that the achievement comes from."""
    source = select(Disclosure).where(Disclosure.achievement_id == achievement.id).limit(1)
    disclosure = ctx.session.scalars(source).unique().first()
    if disclosure is None:
        return ()
    people = disclosure_text(disclosure.content).completers
    return tuple(TeamMember(p.name, p.email, p.unit, p.share_bp) for p in people if p.name)
