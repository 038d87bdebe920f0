"""Which pages of grants there are, and who sees them."""

from collections.abc import Mapping

from tests.browser.visit import Visit


def pages_of_grants(market: Mapping[str, str]) -> dict[str, list[Visit]]:
    def grant(who: str, *names: str) -> list[Visit]:
        return [Visit(who, {"grant_id": market[f"{name} grant"]}) for name in names]

    paper = Visit("inventor", {"grant_id": market["asked grant"], "completer_id": market["grant completer"]})
    scan = Visit("inventor", {"grant_id": market["agreed grant"], "completer_id": market["grant signatory"]})
    return {
        "grant_list.own_list": [
            *(Visit(who) for who in ("inventor", "tto_officer", "other_tto_officer")),
            Visit("tto_officer", query={"state": "effective"}),
        ],
        "grant_list.new": [
            Visit("inventor"),
            Visit("inventor", query={"achievement": market["rich"]}),
            Visit("inventor", query={"achievement": market["granted"]}),
        ],
        "grants.page": [
            *grant("inventor", "drafted", "complete", "asked", "agreed", "returned", "rejected", "withdrawn"),
            *grant(
                "tto_officer", "submitted", "reviewed", "decided", "certified", "signed", "filed", "using"
            ),
            *grant("unit_admin", "reviewed", "effective"),
            *grant("supervisor", "effective"),
        ],
        "grant_edit.form": grant("inventor", "drafted", "complete", "returned"),
        "grant_team.check": grant("inventor", "drafted", "complete"),
        "grant_team.signing": grant("inventor", "asked"),
        "grant_team.paper": [paper],
        "grant_team.signed_paper": [scan],
        "grant_carrying_out.agreement_paper": grant("tto_officer", "signed"),
        "grant_submission.reviewing": grant("tto_officer", "submitted"),
        "grant_decision.form": grant("unit_admin", "reviewed"),
        "grant_carrying_out.agreement": grant("tto_officer", "certified"),
        "grant_carrying_out.filing": grant("tto_officer", "signed"),
        "grant_carrying_out.effect": grant("tto_officer", "filed", "use"),
        "grant_carrying_out.ending": grant("unit_admin", "effective"),
        "grant_zone.minimum": [Visit("zone_admin")],
        "grant_acts.returning": grant("tto_officer", "submitted"),
        "grant_acts.withdrawing": grant("unit_admin", "decided"),
        "grant_acts.discarding": grant("inventor", "drafted"),
    }
