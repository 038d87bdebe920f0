"""What a grant must and must not say before the team signs it and the unit decides. Said once, for every door."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from listings.achievements.texts import storable
from listings.classification import codes
from listings.grants.content import (
    EXCLUSIONS,
    NO,
    OF_OPTION,
    OPTIONAL_BY_OPTION,
    OWNERSHIP,
    USE_KINDS,
    USE_RIGHT,
    YES,
    GrantContent,
    to_json,
)
from listings.grants.facts import Facts
from listings.grants.terms import LEAST_INCOME_BP, LONGEST_USE
from listings.grants.terms import USE_RIGHT as USE_TERM
from listings.rights import missing_complaints
from listings.rights import shape_complaints as right_shapes
from listings.shares import WHOLE_BP, percent
from marketplace.accounts.checks import Checks
from marketplace.core.errors import FieldError
from marketplace.core.i18n import lazy_gettext as _l

LONGEST = {
    "prospect": 2_000,
    "recipient": 1_000,
    "team_terms": 3_000,
    "leaders_who": 300,
    "representative": 100,
}
MOST = {"exclusions": len(EXCLUSIONS), "team": 40}
LONGEST_NAME = 100
LONGEST_PART = 200  # characters in a cell
LONGEST_NOTE = 500  # characters of a remark
_REQUIRED_WORDS = {
    "option": _l("选择赋权方式"),
    "rights": _l("列出至少一项权利"),
    "income_bp": _l("填写完成人的收益比例"),
    "prospect": _l("说明转化前景"),
    "recipient": _l("说明由谁实施转化"),
    "team": _l("列出全体完成人"),
    "team_terms": _l("写明团队内部对处置和收益的约定"),
    "representative": _l("填写完成人代表"),
}
REQUIRED = (*_REQUIRED_WORDS, "leaders", "no_double_reward")
_OPTION_WORDS = {
    "share_bp": _l("填写完成人的所有权份额"),
    "use_years": _l("填写使用年限"),
    "use_kind": _l("选择使用方式"),
}


def shape_complaints(content: GrantContent) -> Iterator[FieldError]:
    """What may not even be saved."""
    for name, value in to_json(content).items():
        if not storable(value):
            yield FieldError(name, "unstorable", _l("含有无法保存的控制字符，请删除后再提交"))
    for name, limit in LONGEST.items():
        yield from _too_long(name, getattr(content, name), limit)
    for name, most in MOST.items():
        if len(getattr(content, name)) > most:
            yield FieldError(name, "too_many", _l("最多 %(limit)s 项", limit=most))
    for name, known in (("option", codes("grant_options")), ("use_kind", USE_KINDS), ("leaders", (YES, NO))):
        if getattr(content, name) and getattr(content, name) not in known:
            yield FieldError(name, "unknown_code", _l("不在可选范围内"))
    yield from _wrong_figures(content)
    yield from _wrong_lists(content)


def submission_complaints(content: GrantContent, facts: Facts) -> Iterator[FieldError]:
    """What is missing or contradictory before the team can be asked to sign."""
    yield from shape_complaints(content)
    for name, words in _REQUIRED_WORDS.items():
        if not getattr(content, name):
            yield FieldError(name, "required", words)
    yield from _option_complaints(content, facts)
    yield from missing_complaints(content.rights)
    yield from _exclusion_complaints(content)
    yield from _team_complaints(content, facts)
    yield from _statement_complaints(content)


def share_complaints(content: GrantContent, least_bp: int | None) -> Iterator[FieldError]:
    """A share of the title: the unit keeps a part, and the completers get what the rules leave them at least."""
    if content.option != OWNERSHIP or content.share_bp is None:
        return
    if content.share_bp == WHOLE_BP:
        yield FieldError("share_bp", "whole", _l("赋权后为单位与完成人共同所有，单位须保留份额"))
    if least_bp is not None and content.share_bp < least_bp:
        message = _l("低于本单位制度或示范区规定的 %(least)s%%", least=percent(least_bp))
        yield FieldError("share_bp", "below_minimum", message)


def _too_long(where: str, text: str, limit: int) -> Iterator[FieldError]:
    if len(text) > limit:
        yield FieldError(where, "too_long", _l("不超过 %(limit)s 个字", limit=limit))


def _wrong_figures(content: GrantContent) -> Iterator[FieldError]:
    for name in ("share_bp", "income_bp"):
        if getattr(content, name) is not None and not 1 <= getattr(content, name) <= WHOLE_BP:
            yield FieldError(name, "range", _l("比例应大于零，不超过百分之百"))
    if content.use_years is not None and not 1 <= content.use_years <= LONGEST_USE:
        yield FieldError("use_years", "range", _l("年限为 1 至 %(most)s 年", most=LONGEST_USE))


def _wrong_lists(content: GrantContent) -> Iterator[FieldError]:
    yield from right_shapes(content.rights)
    for point in content.exclusions:
        if point.code not in EXCLUSIONS:
            yield FieldError("exclusions", "unknown_code", _l("不在可选范围内"))
        yield from _too_long(f"exclusions.{point.code}.note", point.note, LONGEST_PART)
    for place, person in enumerate(content.team):
        where = f"team.{place}"
        for part in ("name", "unit"):
            yield from _too_long(f"{where}.{part}", getattr(person, part), LONGEST_NAME)
        if person.share_bp is not None and not 1 <= person.share_bp <= WHOLE_BP:
            yield FieldError(f"{where}.share_bp", "range", _l("比例应大于零，不超过百分之百"))
        if person.email:
            checks = Checks()
            checks.email(f"{where}.email", person.email)
            yield from checks.errors


def _option_complaints(content: GrantContent, facts: Facts) -> Iterator[FieldError]:
    own = OF_OPTION.get(content.option, frozenset[str]())
    for name in sorted(OPTIONAL_BY_OPTION):
        said: Any = getattr(content, name)
        if name in own and not said:
            yield FieldError(name, "required", _OPTION_WORDS[name])
        elif content.option and name not in own and said:
            yield FieldError(name, "contradiction", _l("所选的赋权方式不填这一项"))
    if content.option == USE_RIGHT and content.use_years and content.use_years < USE_TERM.amount:
        message = _l("长期使用权不少于 %(least)s 年", least=USE_TERM.amount)
        yield FieldError("use_years", "below_minimum", message)
    yield from share_complaints(content, facts.least_bp)
    if content.income_bp is not None and content.income_bp < LEAST_INCOME_BP:
        message = _l(
            "完成人的收益比例不低于净收入的 %(least)s%%（促进科技成果转化法第四十五条）",
            least=percent(LEAST_INCOME_BP),
        )
        yield FieldError("income_bp", "below_minimum", message)


def _exclusion_complaints(content: GrantContent) -> Iterator[FieldError]:
    clear = {point.code for point in content.exclusions if point.clear}
    for code in EXCLUSIONS:
        if code not in clear:
            message = _l("确认没有这一情形后勾选；存在的不得赋权")
            yield FieldError(f"exclusions.{code}.clear", "excluded", message)


def _team_complaints(content: GrantContent, facts: Facts) -> Iterator[FieldError]:
    for place, person in enumerate(content.team):
        if not person.name.strip():
            yield FieldError(f"team.{place}.name", "required", _l("填写姓名"))
        if person.share_bp is None:
            yield FieldError(f"team.{place}.share_bp", "required", _l("填写在团队中的比例"))
    names = [person.name.strip() for person in content.team]
    if missing := [name for name in facts.completers if name not in names]:
        message = _l("成果公开文本中的完成人%(names)s不在名单中", names="、".join(missing))
        yield FieldError("team", "missing", message)
    total = sum(person.share_bp or 0 for person in content.team)
    if content.team and total != WHOLE_BP:
        message = _l("团队内部比例合计须为 100%%，现为 %(total)s%%", total=percent(total))
        yield FieldError("team", "share_sum", message)
    if any(times > 1 for email, times in Counter(p.email for p in content.team).items() if email):
        yield FieldError("team", "duplicate", _l("两名完成人填写了同一邮箱"))
    if content.representative.strip() and content.representative.strip() not in names:
        yield FieldError("representative", "unknown", _l("完成人代表应是名单中的一人"))


def _statement_complaints(content: GrantContent) -> Iterator[FieldError]:
    if content.leaders not in {YES, NO}:
        yield FieldError("leaders", "required", _l("说明完成人中有没有单位领导"))
    if content.leaders == YES and not content.leaders_who.strip():
        yield FieldError("leaders_who", "required", _l("写明姓名、职务和回避情况"))
    if content.leaders == NO and content.leaders_who.strip():
        yield FieldError("leaders_who", "contradiction", _l("没有的，请勿填写"))
    if not content.no_double_reward:
        yield FieldError("no_double_reward", "required", _l("确认不对同一次转化重复奖励"))
