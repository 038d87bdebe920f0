"""Every deed there is, package by package."""

from tests.house.deeds import (
    accounts,
    deposits,
    disclosures,
    drafts,
    grants,
    imports,
    intents,
    members,
    messages,
    moderation,
    notices,
    objections,
    offers,
    organisations,
    plans,
    publications,
    tokens,
    trades,
    unit_rules,
)

DEEDS = (
    *accounts.DEEDS,
    *tokens.DEEDS,
    *members.DEEDS,
    *organisations.DEEDS,
    *messages.DEEDS,
    *drafts.DEEDS,
    *publications.DEEDS,
    *disclosures.DEEDS,
    *imports.DEEDS,
    *unit_rules.DEEDS,
    *plans.DEEDS,
    *grants.DEEDS,
    *intents.DEEDS,
    *deposits.DEEDS,
    *moderation.DEEDS,
    *notices.DEEDS,
    *objections.DEEDS,
    *offers.DEEDS,
    *trades.DEEDS,
)
#: The first deed of each route: its usual way, which is also refused.
USUAL = tuple(deed for deed in DEEDS if not deed.how)
#: They take whatever is sent, from anybody.
NEVER_REFUSED = {"accounts.profile.theme"}
