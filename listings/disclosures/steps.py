"""The steps of the unit as data: what may be said at each, in which words, and where it leads."""

from collections.abc import Mapping
from dataclasses import dataclass

from listings.classification import codes
from listings.disclosures.models import (
    CLOSED,
    DECISION,
    DEFER,
    EVALUATION,
    FORMAL_CHECK,
    OWNERSHIP_REVIEW,
    SECRECY_GATE,
    SUBMITTED,
    Disclosure,
)
from listings.disclosures.policy import CHECK, CLEAR, DECIDE
from marketplace.core.clock import local_date
from marketplace.core.context import Context
from marketplace.core.errors import Words
from marketplace.core.i18n import LazyString, current_language
from marketplace.core.i18n import lazy_pgettext as _lp
from marketplace.core.policy import Permission

OUTCOMES = "disclosure_outcomes"


@dataclass(frozen=True)
class Step:
    """A step. `moves`: what may be said → the lifecycle's move. `texts` are the further texts it asks for.

    `reasoned` are the outcomes that need a reason, `numbered` those that rest on a document with a number.
    `dated`: may a day of review be set? `act` is what its button says.
    """

    name: Words
    act: Words
    permission: Permission
    moves: Mapping[str, str]
    words: Mapping[str, Words]
    reasoned: frozenset[str] = frozenset()
    numbered: frozenset[str] = frozenset()
    texts: tuple[str, ...] = ()
    dated: bool = False


def _listed(name: str) -> dict[str, Words]:
    return {item.code: LazyString(_label, name, item.code) for item in codes(name)}


def _label(name: str, code: str) -> str:
    return codes(name).label(code, current_language())


_FINDINGS, _DECISIONS = _listed("ownership_findings"), _listed(OUTCOMES)

STEPS: dict[str, Step] = {
    SUBMITTED: Step(
        name=_lp("披露环节", "受理"),
        act=_lp("披露环节", "受理并开始形式审查"),
        permission=CHECK,
        moves={"take_up": "take_up"},
        words={"take_up": _lp("披露意见", "受理")},
    ),
    FORMAL_CHECK: Step(
        name=_lp("披露环节", "形式审查"),
        act=_lp("披露环节", "提交审查意见"),
        permission=CHECK,
        moves={"accept": "accept", "return": "return"},
        words={
            "accept": _lp("披露意见", "材料齐全，进入权属审查"),
            "return": _lp("披露意见", "退回补正"),
        },
        reasoned=frozenset({"return"}),
    ),
    OWNERSHIP_REVIEW: Step(
        name=_lp("披露环节", "权属审查"),
        act=_lp("披露环节", "提交权属结论"),
        permission=CHECK,
        moves={code: "find_not_service" if code == "not_service" else "find_service" for code in _FINDINGS},
        words=_FINDINGS,
        reasoned=frozenset(_FINDINGS),
    ),
    SECRECY_GATE: Step(
        name=_lp("披露环节", "保密审查"),
        act=_lp("披露环节", "提交保密审查意见"),
        permission=CLEAR,
        moves={"clear": "clear", "block": "block"},
        words={
            "clear": _lp("披露意见", "不涉及国家秘密，可以继续"),
            "block": _lp("披露意见", "不得在本平台继续办理，转离线处理"),
        },
        reasoned=frozenset({"block"}),
        numbered=frozenset({"clear", "block"}),
    ),
    EVALUATION: Step(
        name=_lp("披露环节", "评估"),
        act=_lp("披露环节", "提交评估意见"),
        permission=CHECK,
        moves=dict.fromkeys(_DECISIONS, "evaluate"),
        words=_DECISIONS,
        texts=("patentability", "market"),
    ),
    DECISION: Step(
        name=_lp("披露环节", "分类处置"),
        act=_lp("披露环节", "作出分类处置决定"),
        permission=DECIDE,
        moves={code: "defer" if code == DEFER else "decide" for code in _DECISIONS},
        words=_DECISIONS,
        reasoned=frozenset(_DECISIONS),
        dated=True,
    ),
    CLOSED: Step(
        name=_lp("披露环节", "到期复核"),
        act=_lp("披露环节", "登记复核结果"),
        permission=DECIDE,
        moves={"keep": "keep"},
        words={"keep": _lp("披露意见", "维持原决定")},
        reasoned=frozenset({"keep"}),
        dated=True,
    ),
}


def step_due(ctx: Context, disclosure: Disclosure) -> Step | None:
    """What the unit has to do now: nothing while the completers write, and nothing before the day of review."""
    waits = disclosure.state == CLOSED or (disclosure.state == DECISION and disclosure.outcome == DEFER)
    if waits and not review_due(ctx, disclosure):
        return None
    return STEPS.get(disclosure.state)


def review_due(ctx: Context, disclosure: Disclosure) -> bool:
    """Has the day come on which the last decision is to be looked at again?"""
    return disclosure.review_on is not None and disclosure.review_on <= local_date(ctx.now)


def outcome_words(step: str, outcome: str) -> str:
    """What was said at a step; a code of an older edition is shown as it is."""
    return str(STEPS[step].words.get(outcome, outcome)) if step in STEPS else outcome


def step_name(step: str) -> str:
    return str(STEPS[step].name) if step in STEPS else step
