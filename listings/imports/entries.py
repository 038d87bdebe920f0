"""Cells that hold a small list: people, rights and indicators, in the form that an export writes them."""

import re

from listings.achievements.content import Completer, Indicator, IpRight
from listings.imports.cells import CellError, line, split_entries
from listings.imports.vocabulary import code_named
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.patent_numbers import PatentKind, PatentNumberError, parse_patent_number

_LONGEST_PART = 100
_BARS = re.compile(r"\s*[|｜]\s*")
_CHINESE = re.compile("[\u4e00-\u9fff]")
_STATE = re.compile(r"(.*?)\s*[(（]([^()（）]*)[)）]\s*", re.DOTALL)
_VALUE = re.compile(r"\s*[:：]\s*")
_PATENT_KINDS = {
    PatentKind.INVENTION: "patent_invention",
    PatentKind.UTILITY_MODEL: "utility_model",
    PatentKind.DESIGN: "design",
}


def people(text: str) -> tuple[Completer, ...]:
    """`张三|教授|云岫大学；李四`. Without bars, a Chinese entry may hold its parts between spaces."""
    found = []
    for entry in split_entries(text):
        words = line(entry)
        spaced = _CHINESE.search(words) and " " in words and not _BARS.search(words)
        parts = words.split(" ", 2) if spaced else _BARS.split(words, maxsplit=2)
        name, title, unit = [*parts, "", ""][:3]
        if name:
            found.append(_completer(name, title, unit))
    return tuple(found)


def unit(text: str) -> tuple[Completer, ...]:
    """The unit itself as the one that completed the work, where no person is named."""
    name = line(text)
    return (_completer(name, "", name),) if name else ()


def _completer(name: str, title: str, unit: str) -> Completer:
    if max(len(name), len(title), len(unit)) > _LONGEST_PART:
        raise CellError(
            "too_long",
            _l("姓名、职称和单位各不超过 %(limit)s 个字，人与人之间用分号隔开", limit=_LONGEST_PART),
        )
    return Completer(name, title, unit)


def rights(text: str) -> tuple[IpRight, ...]:
    """`发明专利 ZL202010123456.2（已授权）`, or a patent number alone, whose fifth digit tells the kind."""
    return tuple(_right(line(entry)) for entry in split_entries(text))


def _right(entry: str) -> IpRight:
    words, state = entry, ""
    stated = _STATE.fullmatch(entry)
    if stated is not None:
        words, named = stated[1].strip(), stated[2].strip()
        state = code_named("ip_states", named) or ""
        if not state:
            raise CellError(
                "unknown_code", _l("“%(state)s”不是权利状态，可填内容见模板的“代码表”", state=named[:20])
            )
    # The kind may be of several words, and so may the number.
    for name, number in ((words, ""), _cut(words.rpartition(" ")), _cut(words.partition(" "))):
        kind = code_named("ip_kinds", name)
        if kind is not None:
            return IpRight(kind, number, state)
    return _patent(words, state)


def _cut(parts: tuple[str, str, str]) -> tuple[str, str]:
    return parts[0].strip(), parts[2].strip()


def _patent(number: str, state: str) -> IpRight:
    try:
        found = parse_patent_number(number)
    except PatentNumberError as error:
        if error.code == "layout":
            raise CellError(
                "right", _l("写成“权利类型 号码（状态）”，例如“发明专利 ZL202010123456.2（已授权）”")
            ) from error
        raise CellError(error.code, error.message) from error
    return IpRight(_PATENT_KINDS[found.kind], str(found), state or ("granted" if found.granted else ""))


def indicators(text: str) -> tuple[Indicator, ...]:
    """`指标：数值（对比）`, one an entry; what has no colon is a name alone."""
    found = []
    for entry in split_entries(text):
        name, _, value = halfwidth_colon(line(entry)).partition(":")
        benchmark = ""
        stated = _STATE.fullmatch(value)
        if stated is not None and stated[1].strip():
            value, benchmark = stated[1], stated[2]
        if name.strip():
            found.append(Indicator(name.strip(), value.strip(), benchmark.strip()))
    return tuple(found)


def halfwidth_colon(text: str) -> str:
    """The first colon, of either width, as the ASCII one."""
    found = _VALUE.search(text)
    return text if found is None else f"{text[: found.start()]}:{text[found.end() :]}"
