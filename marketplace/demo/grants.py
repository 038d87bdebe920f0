"""The demonstration's grants of rights: one in effect, one whose notice runs, one that a completer is asked to sign."""

from datetime import date

from listings.achievements.content import from_json as achievement_text
from listings.achievements.reach import public_revision
from listings.decisions.record import Minutes
from listings.grants.carrying_out import (
    Agreement,
    Step,
    file_title_change,
    registered_rights,
    sign_agreement,
    take_effect,
)
from listings.grants.content import EXCLUSIONS
from listings.grants.drafting import create_grant, save_grant
from listings.grants.models import RightsGrant
from listings.grants.services import Opinion, decide_grant, review_grant, submit_grant
from listings.grants.team import Signature, ask_team, register_paper, sign
from listings.notices.terms import GRANT
from marketplace.core.clock import local_date
from marketplace.core.context import Actor
from marketplace.core.db import JSONObject, db
from marketplace.core.runtime import runtime
from marketplace.core.uow import unit_of_work
from marketplace.demo.agenda import Agenda, Days, Story, at
from marketplace.demo.deciding import decision_record
from marketplace.demo.hands import Market
from marketplace.demo.notices import Made, Scene, noticed, run_out
from marketplace.demo.papers import paper
from marketplace.demo.reading import Row, rows

_COPIED = (
    *("option", "share_bp", "use_years", "use_kind", "income_bp", "prospect", "recipient"),
    *("team_terms", "representative", "leaders", "leaders_who"),
)


def tell_grants(market: Market, agenda: Agenda) -> None:
    """Put the stories on the agenda."""
    days = Days(runtime().calendar, local_date(agenda.until))
    for row in rows("grants"):
        agenda.add(_STORIES[row["story"]](Scene(market, agenda, days, row, row)))


def _asked(scene: Scene) -> Story:
    """The team has been asked, and nobody has signed yet."""
    yield from _written(scene, scene.days.ago(3))


def _noticed(scene: Scene) -> Story:
    """Decided, and shown to the public to this day."""
    made = yield from _decided(scene, scene.days.ago(19))
    yield from noticed(scene, GRANT, made)


def _effective(scene: Scene) -> Story:
    """The notice is over, the agreement signed, the change of title filed and registered."""
    made = yield from _decided(scene, scene.days.ago(62))
    notice = yield from noticed(scene, GRANT, made)
    certified = yield from run_out(scene, notice)
    if not certified:
        return
    yield scene.next(2, "10:31")
    with unit_of_work(scene.officer) as ctx:
        sign_agreement(ctx, made, _agreement(scene.row["agreement"], scene.today))
    yield scene.next(2, "14:05")
    with unit_of_work(scene.officer) as ctx:
        file_title_change(ctx, made, _steps(ctx.session.get_one(RightsGrant, made), "受理通知书", scene))
    yield scene.next(12, "11:26")
    with unit_of_work(scene.officer) as ctx:
        take_effect(ctx, made, _steps(ctx.session.get_one(RightsGrant, made), "手续合格通知书", scene))


_STORIES = {"asked": _asked, "noticed": _noticed, "effective": _effective}


def _written(scene: Scene, written: date) -> Made:
    """Begun and written that day, and the team asked to sign; the grant's id."""
    yield at(written, "09:50")
    author = scene.hand("written_by")
    with unit_of_work(author) as ctx:
        made = create_grant(ctx, scene.achievement.id).id
        save_grant(ctx, made, _content(scene))
        ask_team(ctx, made)
    return made


def _content(scene: Scene) -> JSONObject:
    revision, row = public_revision(scene.achievement), scene.row
    if revision is None:
        raise ValueError("a grant is about a published achievement")
    people = achievement_text(revision.content).completers
    return {
        **{name: row[name] for name in _COPIED if name in row},
        "exclusions": [{"code": code, "clear": True, "note": ""} for code in EXCLUSIONS],
        "team": [
            {
                "name": one.name,
                "unit": one.unit,
                "email": row["accounts"].get(one.name, ""),
                "share_bp": share,
            }
            for one, share in zip(people, row["shares"], strict=True)
        ],
        "no_double_reward": True,
    }


def _decided(scene: Scene, written: date) -> Made:
    """Signed by everybody, submitted, reviewed and approved, a working day each; the grant's id."""
    made = yield from _written(scene, written)
    yield scene.next(1, "16:18")
    author = scene.hand("written_by")
    _signed(author, made)
    yield scene.next(1, "10:02")
    with unit_of_work(author) as ctx:
        submit_grant(ctx, made)
    yield scene.next(1, "15:40")
    with unit_of_work(scene.hand("reviewed_by")) as ctx:
        review_grant(ctx, made, Opinion(local_date(ctx.now), **scene.row["opinion"]))
    yield scene.next(1, "16:55")
    with unit_of_work(scene.hand("decided_by")) as ctx:
        decide_grant(ctx, made, decision_record(ctx, scene.row["decision"]))
    return made


def _signed(author: Actor, made: str) -> None:
    """The author with the own account, the others on paper."""
    grant = db.session.get_one(RightsGrant, made)
    digest, absent = grant.digest, [(row.id, row.name) for row in grant.completers if row.user_id is None]
    with unit_of_work(author) as ctx:
        sign(ctx, made, Signature(digest, agreed=True))
    for number, (completer, name) in enumerate(absent, start=1):
        kept = paper(f"{name}.pdf", f"Signature {number} of a completer.")
        with runtime().files.path(kept.digest).open("rb") as scan:
            register_paper(author, made, completer, f"签字页 {number}", f"{name}签字页.pdf", scan)


def _agreement(row: Row, signed_on: date) -> Agreement:
    texts = {name: row[name] for name in ("decision_mechanism", "cost_sharing", "ip_fees", "deal_mandate")}
    return Agreement(number=row["number"], signed_on=signed_on, paper=_paper(row["number"]), **texts)


def _paper(number: str) -> Minutes:
    kept = paper(f"赋权协议 {number}.pdf", "An agreement on a grant of rights.")
    return Minutes(kept.digest, kept.name, kept.media, kept.size)


def _steps(grant: RightsGrant, document: str, scene: Scene) -> list[Step]:
    return [
        Step(right.number, scene.today, f"{document} {number:04d}")
        for number, right in enumerate(registered_rights(grant), start=1)
    ]
