"""Grants of rights in every state, for the market that the browser looks at."""

from datetime import timedelta

from listings.grants.carrying_out import file_title_change, sign_agreement, take_effect
from tests.listings.achievements.desk import RICH
from tests.listings.grants.desk import USE_RIGHT, GrantDesk


def noticed_grants(desk: GrantDesk, made: dict[str, str]) -> None:
    """Grants whose notices ran side by side, in the weeks before: agreed, filed, in effect, and one that needs no filing."""
    clock = desk.clock
    opening = clock.now()
    clock.move_to(opening - timedelta(days=21))
    desk.text = {**RICH, "rights_checked_on": "2026-02-01"}
    grants = {name: desk.decided() for name in ("certified", "signed", "filed", "effective")}
    desk.terms = USE_RIGHT
    grants |= {name: desk.decided() for name in ("use", "using")}
    clock.advance(days=1)
    notices = [desk.notices(grant) for grant in grants.values()]
    running = [(notice, notice.running()) for notice in notices]
    desk.notices(grants["certified"]).run_out_all(running)
    for notice, one in running:
        notice.certify(one)
    for name in ("signed", "filed", "effective", "use", "using"):
        given = desk.agreement()
        with desk.officer() as ctx:
            sign_agreement(ctx, grants[name], given)
    for name in ("filed", "effective"):
        with desk.officer() as ctx:
            file_title_change(ctx, grants[name], [desk.step("申请 0001")])
    for name in ("effective", "using"):
        with desk.officer() as ctx:
            take_effect(ctx, grants[name], [desk.step("通知书 0001")])
    made |= {f"{name} grant": grant for name, grant in grants.items()}
    made["granted"], made["used"] = (
        desk.look(grants["effective"]).achievement_id,
        desk.look(grants["using"]).achievement_id,
    )
    assert clock.now() < opening
    clock.move_to(opening)
    desk.terms, desk.text = None, RICH


def early_grants(desk: GrantDesk, ids: dict[str, str]) -> None:
    """A grant in every state before its notice, and one that was ended."""
    made: dict[str, str] = {}
    for name in ("drafted", "complete", "asked", "agreed", "submitted", "reviewed", "decided"):
        made[name] = getattr(desk, name)()
    made["returned"] = desk.submitted()
    desk.give_back(made["returned"])
    made["rejected"] = desk.reviewed()
    desk.decide(made["rejected"], result="rejected", votes_for=2, votes_against=4, votes_abstain=1)
    made["withdrawn"] = desk.decided()
    desk.withdraw(made["withdrawn"])
    ids |= {f"{name} grant": grant for name, grant in made.items()}
    absent = next(row for row in desk.look(made["asked"]).completers if row.user_id is None)
    ids["grant completer"] = absent.id
    signed = next(row for row in desk.look(made["agreed"]).completers if row.user_id is None)
    ids["grant signatory"] = signed.id
