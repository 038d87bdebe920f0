"""Who acts in the demonstration: its people, by their keys and by their roles."""

from dataclasses import dataclass, field

from sqlalchemy import select

from listings.achievements.policy import SUBMITTERS
from marketplace.accounts.identity import actor_of
from marketplace.accounts.models import Membership, Organisation, User
from marketplace.core.context import Actor
from marketplace.core.db import db
from marketplace.core.uow import unit_of_work
from marketplace.moderation.cases import decide
from marketplace.moderation.grounds import Decision
from marketplace.moderation.models import WAITING, Case


@dataclass
class Market:
    """Keys of the data files → public ids of what was made for them."""

    zones: dict[str, str] = field(default_factory=dict)
    organisations: dict[str, str] = field(default_factory=dict)
    people: dict[str, str] = field(default_factory=dict)
    achievements: dict[str, str] = field(default_factory=dict)

    def member(self, person: str, organisation: str) -> Actor:
        """A person, acting for an organisation, both by key."""
        return actor(self.people[person], self.organisations[organisation])

    def officer(self, organisation: str, role: str) -> Actor:
        """An organisation's first member in a role."""
        found = next(m for m in _members(self.organisations[organisation]) if role in m.roles)
        return actor(found.user_id, found.org_id)


def actor(user_id: str, org_id: str) -> Actor:
    """A person, acting for an organisation, both by public id."""
    user = db.session.get_one(User, user_id)
    membership = db.session.scalar(select(Membership).filter_by(user_id=user_id, org_id=org_id))
    return actor_of(user, membership)


def submitter(org_id: str) -> Actor:
    """The first member of an organisation who may submit."""
    found = next(m for m in _members(org_id) if SUBMITTERS & set(m.roles))
    return actor(found.user_id, found.org_id)


def zone_officer(zone_id: str, role: str = "moderator") -> Actor:
    """The zone's first officer in a role."""
    query = (
        select(Membership)
        .join(Organisation, Organisation.id == Membership.org_id)
        .where(Organisation.zone_id == zone_id, Organisation.kind == "zone_authority")
        .order_by(Membership.id)
    )
    found = next(m for m in db.session.scalars(query) if role in m.roles)
    return actor(found.user_id, found.org_id)


def speak(subject: str, zone_id: str, decision: Decision) -> None:
    """The zone's officers speak until the case about `subject` is decided."""
    waiting = select(Case).where(Case.subject == subject, Case.state.in_(sorted(WAITING)))
    case = db.session.scalars(waiting).one()
    for role in case.needs if decision.outcome == "publish" else case.needs[:1]:
        with unit_of_work(zone_officer(zone_id, role)) as ctx:
            decide(ctx, case.id, decision)


def _members(org_id: str) -> list[Membership]:
    return list(
        db.session.scalars(select(Membership).where(Membership.org_id == org_id).order_by(Membership.id))
    )
