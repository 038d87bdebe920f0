"""An achievement's values in words, for pages, spreadsheets and the review."""

from collections.abc import Iterable, Iterator
from typing import Any

from listings.achievements.content import RESTRICTABLE, SECTIONS, Content, Indicator, IpRight
from listings.achievements.queries import Shown
from listings.classification import SECRECY_QUESTIONS, TRL, SecrecyQuestion, codes, label
from marketplace.core.i18n import LazyString, current_language
from marketplace.core.i18n import gettext as _
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.i18n import lazy_pgettext as _lp
from marketplace.core.money import format_fen
from marketplace.core.money_words import uppercase_fen

STATES = {
    "draft": (_lp("成果状态", "草稿"), ""),
    "submitted": (_lp("成果状态", "待审核"), "info"),
    "returned": (_lp("成果状态", "退回修改"), "warn"),
    "published": (_lp("成果状态", "可对接"), "ok"),
    "withdrawn": (_lp("成果状态", "已下架"), ""),
    "discarded": (_lp("成果状态", "已删除"), ""),
}
CLEARANCES = {
    "unassessed": (_lp("保密自查", "未自查"), ""),
    "self_nonclassified": (_lp("保密自查", "自查通过"), "ok"),
    "security_review": (_lp("保密自查", "自查通过，须安全员复核"), "info"),
    "blocked": (_lp("保密自查", "自查未通过"), "bad"),
}
#: What the public part of a history says of each entry.
EVENTS = {
    "achievement.submitted": _lp("成果记录", "提交审核"),
    "achievement.recalled": _lp("成果记录", "撤回提交"),
    "achievement.returned": _lp("成果记录", "退回修改"),
    "achievement.published": _lp("成果记录", "发布"),
    "achievement.withdrawn": _lp("成果记录", "持有单位下架"),
    "achievement.taken_down": _lp("成果记录", "示范区下架"),
}
QUESTION_GROUPS = {
    "secrecy": _lp("自查分组", "国家秘密"),
    "defence": _lp("自查分组", "国防与军工"),
    "export": _lp("自查分组", "出口管制"),
    "genetic": _lp("自查分组", "人类遗传资源"),
    "biosafety": _lp("自查分组", "生物安全"),
    "data": _lp("自查分组", "数据安全"),
}
_LAWS = {
    "保守国家秘密法": _lp("法规", "保守国家秘密法"),
    "保守国家秘密法实施条例": _lp("法规", "保守国家秘密法实施条例"),
    "科技成果登记办法": _lp("法规", "科技成果登记办法"),
    "专利法": _lp("法规", "专利法"),
    "国防专利条例": _lp("法规", "国防专利条例"),
    "出口管制法": _lp("法规", "出口管制法"),
    "两用物项出口管制条例": _lp("法规", "两用物项出口管制条例"),
    "技术进出口管理条例": _lp("法规", "技术进出口管理条例"),
    "人类遗传资源管理条例": _lp("法规", "人类遗传资源管理条例"),
    "生物安全法": _lp("法规", "生物安全法"),
    "数据安全法": _lp("法规", "数据安全法"),
}
FIELDS: dict[str, LazyString] = {
    "title": _l("成果名称"),
    "title_en": _lp("成果", "英文名称"),
    "abstract": _l("成果简介"),
    "abstract_en": _lp("成果", "英文简介"),
    "keywords": _l("关键词"),
    "field": _l("技术领域"),
    "industries": _l("应用行业"),
    "ipc": _l("国际专利分类号"),
    "category": _l("成果类别"),
    "forms": _l("成果体现形式"),
    "attribute": _l("成果属性"),
    "level": _l("成果水平"),
    "region": _l("所在地区"),
    "trl": _l("技术成熟度"),
    "trl_evidence": _l("判断依据"),
    "trl_assessor": _l("由谁判断"),
    "trl_assessor_name": _l("评价机构"),
    "trl_assessed_on": _l("评价日期"),
    "pain_point": _l("解决的问题"),
    "principle": _l("技术原理"),
    "indicators": _l("技术指标"),
    "cases": _l("应用案例"),
    "market": _l("市场与效益"),
    "conditions": _l("实施条件"),
    "risks": _l("风险提示"),
    "rights": _l("知识产权"),
    "rights_checked_on": _l("法律状态核查日期"),
    "modes": _l("转化方式"),
    "price_mode": _l("定价方式"),
    "price_fen": _l("价格"),
    "payment_terms": _l("付款方式"),
    "cooperation": _l("合作要求"),
    "completers": _l("完成人"),
    "fiscal_funded": _l("财政资金支持"),
    "project": _l("项目来源"),
    "started": _l("研究起始年月"),
    "finished": _l("研究终止年月"),
    "files": _l("图片与附件"),
    "restricted": _l("查看范围"),
}
CODED = {
    "field": "technology_fields",
    "industries": "industries",
    "category": "achievement_classes",
    "forms": "achievement_forms",
    "attribute": "attributes",
    "level": "levels",
    "region": "regions",
    "trl_assessor": "assessor_kinds",
    "modes": "transfer_modes",
    "price_mode": "price_modes",
}


def state_label(state: str) -> tuple[str, str]:
    """(word, tone) of a state, for a tag."""
    word, tone = STATES[state]
    return str(word), tone


def code_label(listed: str, code: str) -> str:
    """A code in words; a code of an older edition is shown as it is."""
    return label(listed, code, current_language()) if code in codes(listed) else code


def trl_label(level: int | None) -> str:
    """`5 · 相关环境中部件仿真验证`."""
    if level is None or str(level) not in TRL:
        return ""
    return f"{level} · {TRL.label(str(level), current_language())}"


def price_label(mode: str, fen: int | None) -> str:
    """The asking price in words: an amount, 面议 or 不公开."""
    if fen is not None:
        amount = format_fen(fen, current_language(), "list")
        return amount if mode != "floor" else _("%(amount)s 起", amount=amount)
    return code_label("price_modes", mode) if mode else ""


def price_parts(fen: int) -> tuple[str, str, str]:
    """An amount in both notations: figures, the larger unit, and in Chinese the capital numerals."""
    language = current_language()
    figures = format_fen(fen, language, "full")
    return (figures, "", "") if language == "en" else (figures, format_fen(fen, language), uppercase_fen(fen))


def size_words(size: int) -> str:
    """A file's size: `640 KB`, `1.8 MB`."""
    return f"{max(1, round(size / 1000))} KB" if size < 1_000_000 else f"{size / 1_000_000:.1f} MB"


def question_groups() -> list[tuple[str, list[SecrecyQuestion]]]:
    """The secrecy questions under their headings, in the order of the list."""
    grouped: dict[str, list[SecrecyQuestion]] = {}
    for question in SECRECY_QUESTIONS:
        grouped.setdefault(question.group, []).append(question)
    return [(str(QUESTION_GROUPS.get(name, name)), questions) for name, questions in grouped.items()]


def basis_words(question: SecrecyQuestion) -> str:
    """The articles a question rests on: `《保守国家秘密法》第 29、31 条、《专利法》第 4 条`."""
    articles: dict[str, list[str]] = {}
    for basis in question.basis:
        articles.setdefault(basis.law, []).append(basis.article)
    cited = [
        _("《%(law)s》第 %(articles)s 条", law=str(_LAWS.get(law, law)), articles=_listing().join(numbers))
        for law, numbers in articles.items()
    ]
    return clauses(cited)


def in_words(content: Content, name: str) -> str:
    """One field of the content as text: what a reader, a spreadsheet or a comparison shows."""
    value: Any = getattr(content, name)
    if name in CODED:
        return _listing().join(code_label(CODED[name], code) for code in _each(value) if code)
    special = _SPECIAL.get(name)
    if special is not None:
        return special(content)
    if isinstance(value, tuple):
        return _listing().join(str(part) for part in value)
    return "" if value is None else str(value)


def facts_of(seen: Shown) -> list[tuple[str, str]]:
    """The short facts at the head of a page; empty ones are left out."""
    names = ("field", "industries", "category", "forms", "attribute", "level", "region", "ipc", "keywords")
    rows = [(str(FIELDS[name]), in_words(seen.content, name)) for name in names]
    return [(name, value) for name, value in rows if value]


def blocks_of(seen: Shown) -> Iterator[tuple[str, str, str, str]]:
    """The long texts: (field, heading, text, level it is kept at or empty)."""
    hidden = dict(seen.hidden)
    for name in ("pain_point", *RESTRICTABLE):
        if name == "indicators":
            continue
        text = getattr(seen.content, name)
        if text or name in hidden:
            yield name, str(FIELDS[name]), text, hidden.get(name, "")


def every_field() -> Iterator[str]:
    """All content fields in the order of the form."""
    for section in SECTIONS:
        yield from section.fields


def right_words(right: IpRight) -> str:
    """`发明专利 ZL202310000001.X（已授权）`."""
    state = f"（{code_label('ip_states', right.state)}）" if right.state else ""
    return " ".join(part for part in (code_label("ip_kinds", right.kind), right.number) if part) + state


def indicator_words(indicator: Indicator) -> str:
    against = f"（{indicator.benchmark}）" if indicator.benchmark else ""
    return f"{indicator.name}：{indicator.value}{against}"


def _each(value: Any) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (value,)


def clauses(parts: Iterable[str]) -> str:
    """Parts that hold commas themselves, in a row."""
    return ("; " if current_language() == "en" else "；").join(parts)


def _listing() -> str:
    return ", " if current_language() == "en" else "、"


def _files_words(content: Content) -> str:
    return "\n".join(f"{file.name} · {file.digest[:12]}" for file in content.files)


def _restricted_words(content: Content) -> str:
    pairs = [
        f"{FIELDS[block]}：{code_label('disclosure_levels', level)}" for block, level in content.restricted
    ]
    return _listing().join(pairs) or _("全部公开")


_SPECIAL = {
    "trl": lambda content: trl_label(content.trl),
    "price_fen": lambda content: (
        "" if content.price_fen is None else format_fen(content.price_fen, current_language(), "full")
    ),
    "rights": lambda content: "\n".join(right_words(right) for right in content.rights),
    "indicators": lambda content: "\n".join(indicator_words(part) for part in content.indicators),
    "completers": lambda content: "\n".join(
        " ".join(part for part in (p.name, p.title, p.unit) if part) for p in content.completers
    ),
    "fiscal_funded": lambda content: _("是") if content.fiscal_funded else _("否"),
    "files": _files_words,
    "restricted": _restricted_words,
}
