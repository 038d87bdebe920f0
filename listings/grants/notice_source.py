"""Notices of grants: what they say is what the unit decided about the words that the whole team signed."""

from collections.abc import Sequence

from listings.achievements.models import PUBLISHED
from listings.classification import label
from listings.decisions.models import Decision
from listings.grants.content import OWNERSHIP, USE_RIGHT, YES, GrantContent, from_json
from listings.grants.facts import text_of
from listings.grants.models import DECIDED, WITHDRAWN, RightsGrant
from listings.grants.policy import DECIDED_ONCE
from listings.grants.queries import decided_grants
from listings.notices.certificates import Deal
from listings.notices.sources import Basis, Choice, NoticeSource
from listings.notices.terms import GRANT
from listings.notices.unit_facts import decision_facts, decision_words, rules_facts
from listings.shares import WHOLE_BP, percent
from listings.unit_rules.models import UnitRules
from marketplace.accounts.models import Organisation
from marketplace.core.context import Context
from marketplace.core.errors import Words
from marketplace.core.i18n import Language
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.lookup import find, get

CHINESE: Language = "zh"  # the language of the text that counts
COMPLETERS = "completers"


def basis(ctx: Context, grant_id: str) -> Basis:
    """What a notice about the grant says. Raises NotFound."""
    grant = get(ctx.session, RightsGrant, grant_id)
    content, achievement = from_json(grant.content), grant.achievement
    holder = ctx.session.get_one(Organisation, grant.holder_id)
    decision = ctx.session.get(Decision, grant.decision_id) if grant.decision_id else None
    rules = find(ctx.session, UnitRules, grant.rules_id)
    text = text_of(achievement)
    procedure = "公示期内在本公示页面实名提出，即时取得回执。" if rules is not None else ""
    return Basis(
        holder_id=grant.holder_id,
        zone_id=grant.zone_id,
        title=text.title or achievement.title,
        fixed=_fixed(content, text.title, holder.name, decision),
        suggested={"abstract": text.abstract, "objection": procedure},
        achievement_id=achievement.id,
        buyer=COMPLETERS,
        mode=content.option,
        related=content.leaders == YES,
        decision=decision_facts(decision),
        rules=rules_facts(rules),
        cleared=achievement.state == PUBLISHED,
        insiders=_insiders(grant),
        complaints=tuple(_complaints(grant)),
    )


def choices(ctx: Context) -> Sequence[Choice]:
    """Decided grants, whose agreement waits for the notice."""
    grants = ctx.session.scalars(decided_grants(ctx)).unique()
    return [Choice(grant.id, f"{grant.achievement.title}（{grant.number}）") for grant in grants]


SOURCE = NoticeSource(GRANT, basis, choices)


def deal_of(grant: RightsGrant) -> Deal:
    """The agreement as the notice has to have shown it."""
    return Deal(grant.achievement_id, COMPLETERS, None, from_json(grant.content).option)


def extent_words(content: GrantContent) -> str:
    """How much, for how long, and what part of the income: in the words that count."""
    income = f"完成人取得转化净收入的 {percent(content.income_bp or 0)}%"
    if content.option == OWNERSHIP:
        share = content.share_bp or 0
        kept = percent(WHOLE_BP - share)
        return f"完成人共同享有 {percent(share)}% 的所有权份额，单位保留 {kept}%；{income}"
    if content.option == USE_RIGHT:
        kind = label("transfer_modes", content.use_kind, CHINESE) if content.use_kind else ""
        return f"长期使用权（{kind}）{content.use_years} 年，自赋权生效之日起；所有权归单位；{income}"
    return f"权属不变；{income}"


def _fixed(content: GrantContent, title: str, holder: str, decision: Decision | None) -> dict[str, str]:
    rights = (f"{label('ip_kinds', r.kind, CHINESE)} {r.number}（{r.holder}）" for r in content.rights)
    fixed = {
        "achievement": title,
        "holder": holder,
        "completers": "、".join(person.name for person in content.team),
        "rights": "；".join(" ".join(right.split()) for right in rights),
        "option": label("grant_options", content.option, CHINESE) if content.option else "",
        "share": extent_words(content),
        "team": f"全体 {len(content.team)} 名完成人已签署内部约定；完成人代表：{content.representative}",
        "related": content.leaders_who if content.leaders == YES else "完成人中没有单位领导",
    }
    return fixed if decision is None else {**fixed, "decision": decision_words(decision)}


def _insiders(grant: RightsGrant) -> frozenset[str]:
    """Whoever gets a part of it, and who brought it before the unit."""
    people = [
        grant.created_by,
        grant.saved_by,
        grant.submitted_by,
        *(row.user_id for row in grant.completers),
    ]
    return frozenset(one for one in people if one)


def _complaints(grant: RightsGrant) -> list[Words]:
    if grant.state not in DECIDED_ONCE or grant.state == WITHDRAWN:
        return [_l("赋权还没有集体决策，或者已经撤销")]
    return [] if grant.state == DECIDED else [_l("赋权协议已经签订")]
