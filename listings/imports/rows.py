"""One row becomes the text of an achievement, or complaints. Reads nothing but the row and the plan."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from listings.achievements.content import Content
from listings.achievements.drafting import title_key
from listings.achievements.labels import FIELDS
from listings.achievements.rules import MOST, shape_complaints, submission_complaints
from listings.imports.cells import CellError
from listings.imports.columns import COMPLETER_UNIT, EXTERNAL_ID, Column
from listings.imports.notes import Note, Weight
from listings.imports.plan import Plan
from listings.imports.sample import EXAMPLE_TITLE
from marketplace.core.errors import FieldError, Words
from marketplace.core.i18n import LazyString
from marketplace.core.i18n import gettext as _
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.tabular.reading import Row

_CHINESE = re.compile("[\u3400-\u9fff\uf900-\ufaff]")
_ENGLISH = {"title": "title_en", "abstract": "abstract_en"}
_LONGEST_TITLE = 200


@dataclass(frozen=True)
class Judged:
    """A row as it was understood. `content` is None when there is an error; `given` are the fields it fills.

    `missing` are content fields without which it cannot be submitted for review.
    """

    row: int
    title: str
    content: Content | None = None
    given: frozenset[str] = frozenset()
    external_id: str | None = None
    notes: tuple[Note, ...] = ()
    missing: tuple[str, ...] = ()
    example: bool = False

    @property
    def failed(self) -> bool:
        return self.content is None and not self.example

    @property
    def title_key(self) -> str:
        return title_key(self.title)


def judge(plan: Plan, row: Row) -> Judged:
    """Understand one row. Never raises: whatever is in it, there is a text or a complaint."""
    notes = list(_table_notes(plan, row))
    values: dict[str, object] = {}
    for header, column, cell in _filled(plan, row):
        try:
            values[column.name] = column.read(cell)
        except CellError as error:
            notes.append(Note(Weight.ERROR, error.code, error.message, header, cell))
    title = str(values.get("title", ""))
    if title == EXAMPLE_TITLE:
        words = _l("模板中的示例行，已跳过")
        return Judged(row.number, title, notes=(Note(Weight.WARNING, "example", words),), example=True)
    external_id = values.pop(EXTERNAL_ID, None)
    content, given = _content(plan, values)
    notes += _shape_notes(plan, row, content, unread={n.column for n in notes})
    notes += _kept_words_notes(plan, row, content)
    content = _trimmed(content)
    if any(note.weight is Weight.ERROR for note in notes):
        return Judged(row.number, title[:_LONGEST_TITLE] or _title_cell(plan, row), notes=tuple(notes))
    missing = tuple(submission_complaints(content))
    if missing:
        notes.append(_missing_note(missing))
    return Judged(
        row.number,
        title,
        content,
        given,
        str(external_id) if external_id else None,
        tuple(notes),
        tuple(dict.fromkeys(complaint.field.split(".")[0] for complaint in missing)),
    )


def _filled(plan: Plan, row: Row) -> Iterator[tuple[str, Column, str]]:
    """(header, column, text) of the cells that say something, are to be brought in, and were read properly."""
    told = {problem.column for problem in row.problems}
    for header, column, cell in zip(plan.header, plan.columns, row.cells, strict=True):
        if column is not None and cell.strip() and header not in told:
            yield header, column, cell


def _table_notes(plan: Plan, row: Row) -> Iterator[Note]:
    """What the reader of the table found; about a column that is not brought in, nothing need be said."""
    for problem in row.problems:
        place = plan.header.index(problem.column) if problem.column in plan.header else None
        if place is None or plan.columns[place] is not None:
            yield Note(Weight.ERROR, problem.code, problem.message, problem.column, problem.value)


def _content(plan: Plan, values: dict[str, object]) -> tuple[Content, frozenset[str]]:
    """The text, and the fields that the row or a default fills."""
    unit = values.pop(COMPLETER_UNIT, None)
    if unit and not values.get("completers"):
        values["completers"] = unit
    for name in ("price_wan", "price_yuan"):
        if name in values:
            values["price_fen"] = values.pop(name)
    for source, english in _ENGLISH.items():
        text = str(values.get(source, ""))
        if text and not values.get(english) and not _CHINESE.search(text):
            values[english] = text
    filled = {**plan.defaults, **{name: value for name, value in values.items() if value not in ("", ())}}
    return Content(**filled), frozenset(filled)  # type: ignore[arg-type]  # each column reads its field's type


def _trimmed(content: Content) -> Content:
    """Only as many keywords as there is room for; a longer list is a matter of habit, not a mistake."""
    if len(content.keywords) <= MOST["keywords"]:
        return content
    shape = {**content.__dict__, "keywords": content.keywords[: MOST["keywords"]]}
    return Content(**shape)


def _kept_words_notes(plan: Plan, row: Row, content: Content) -> Iterator[Note]:
    surplus = content.keywords[MOST["keywords"] :]
    if surplus:
        words = _l(
            "关键词有 %(number)s 个，只保留前 %(most)s 个，未保留：%(surplus)s",
            number=len(content.keywords),
            most=MOST["keywords"],
            surplus="；".join(surplus)[:200],
        )
        header = plan.header_of("keywords")
        yield Note(Weight.WARNING, "too_many", words, header, _cell(plan, row, header))


def _shape_notes(plan: Plan, row: Row, content: Content, unread: set[str]) -> Iterator[Note]:
    """What may not even be saved, beside its column. A row without a title cannot be recognised again."""
    header = plan.header_of("title")
    if not content.title and not unread & {header, ""}:
        yield Note(Weight.ERROR, "required", _l("填写成果名称"), header)
    for complaint in shape_complaints(_trimmed(content)):
        name = complaint.field.split(".")[0]
        header = plan.header_of(name)
        yield Note(
            Weight.ERROR, complaint.code, _with_length(complaint, content), header, _cell(plan, row, header)
        )


def _with_length(complaint: FieldError, content: Content) -> Words:
    value = getattr(content, complaint.field, "")
    if complaint.code == "too_long" and isinstance(value, str):
        return _l("%(rule)s，现有 %(number)s 个字", rule=complaint.message, number=len(value))
    return complaint.message


def _missing_note(complaints: tuple[FieldError, ...]) -> Note:
    """One note for everything that stands between the draft and a submission."""
    absent = [complaint.field for complaint in complaints if complaint.code == "required"]
    others = [complaint.message for complaint in complaints if complaint.code != "required"]
    words = LazyString(_lacking, tuple(absent), tuple(others))
    return Note(Weight.WARNING, "incomplete", words)


def _lacking(absent: tuple[str, ...], others: tuple[Words, ...]) -> str:
    """Said when it is read, in the language of that moment."""
    names = [str(FIELDS[name]) for name in absent]
    parts = [_("缺少：%(names)s", names=_("、").join(names))] if names else []
    parts += [str(words) for words in others]
    return _("%(what)s。存为草稿，补齐后才能提交审核", what=_("；").join(parts))


def _cell(plan: Plan, row: Row, header: str) -> str:
    return row.cells[plan.header.index(header)] if header in plan.header else ""


def _title_cell(plan: Plan, row: Row) -> str:
    return " ".join(_cell(plan, row, plan.header_of("title"))[:_LONGEST_TITLE].split())
