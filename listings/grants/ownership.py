"""Whom an achievement belongs to after a grant: for its page, for the pricing consent, first refusal and distribution."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from listings.grants.content import OWNERSHIP, USE_RIGHT, from_json
from listings.grants.lifecycle import GRANT
from listings.grants.models import EFFECTIVE, RightsGrant
from listings.shares import WHOLE_BP
from marketplace.core.context import Context


@dataclass(frozen=True)
class Ownership:
    """What a grant in effect made of the title, the use and the income.

    `completers_bp` of the title belongs to the completers together, `holder_bp` to the unit. `uses_until` is the end of
    a right of use, None where there is none. `income_bp` of the net income goes to the completers, parted among them
    by `parts` (name, basis points of that part). `deal_mandate` says who signs deals for all owners.
    """

    grant_id: str
    number: str
    option: str
    since: date
    holder_bp: int
    completers_bp: int
    uses_until: datetime | None
    use_kind: str
    income_bp: int
    parts: tuple[tuple[str, int], ...]
    representative: str
    deal_mandate: str

    @property
    def shared(self) -> bool:
        """Is the title shared, so that the completers are co-owners (民法典 art. 860, 专利法 art. 14)?"""
        return self.completers_bp > 0


def ownership_of(ctx: Context, achievement_id: str) -> Ownership | None:
    """What the grant in effect says; None while the unit alone owns, uses and earns."""
    query = select(RightsGrant).where(
        RightsGrant.achievement_id == achievement_id, RightsGrant.state == EFFECTIVE
    )
    found = ctx.session.scalars(query.order_by(RightsGrant.effective_at.desc())).unique()
    grant = next((grant for grant in found if GRANT.state_now(ctx, grant) == EFFECTIVE), None)
    if grant is None or grant.effective_on is None:
        return None
    content = from_json(grant.content)
    share = content.share_bp or 0 if content.option == OWNERSHIP else 0
    return Ownership(
        grant_id=grant.id,
        number=grant.number,
        option=content.option,
        since=grant.effective_on,
        holder_bp=WHOLE_BP - share,
        completers_bp=share,
        uses_until=grant.ends_at if content.option == USE_RIGHT else None,
        use_kind=content.use_kind,
        income_bp=content.income_bp or 0,
        parts=tuple((person.name, person.share_bp or 0) for person in content.team),
        representative=content.representative,
        deal_mandate=str(grant.agreement.get("deal_mandate", "")),
    )
