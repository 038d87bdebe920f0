"""Whatever a cell holds, there is a value or a complaint; whatever a row holds, a text or a reason why not."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from listings.achievements.content import Content, from_json, to_json
from listings.achievements.rules import shape_complaints
from listings.imports.cells import CellError
from listings.imports.columns import BY_NAME, COLUMNS, header_key, named
from listings.imports.notes import Weight
from listings.imports.plan import Holder, Plan
from listings.imports.rows import judge
from listings.imports.vocabulary import code_named
from marketplace.core.tabular.reading import Row

PLAN = Plan(Holder("org_1", "zon_1"), tuple(column.zh for column in COLUMNS), COLUMNS)
#: Words that mean something to one column or another, among those that mean nothing.
TELLING = st.sampled_from(
    ["5", "TRL5", "五级", "2024-06", "2024/6/30", "98-06", "45473", "一百二", "12.5", "面议", "转让；许可", "ZL202010123456.2",
     "发明专利 1（已授权）", "张三|教授|云岫大学", "误差：8%（15%）", "是", "=1+1", "'", "\x00", "\u202e", "；；；", "（）", "：", "|||"]
)  # fmt: skip
CELLS = st.one_of(
    st.just(""), TELLING, st.text(max_size=60), st.text("0123456789-/.年月 ０１２９", max_size=12)
)


@given(st.lists(CELLS, min_size=len(COLUMNS), max_size=len(COLUMNS)))
def test_a_row_gives_a_text_or_complaints_and_never_an_error(cells):
    judged = judge(PLAN, Row(7, tuple(cells)))
    errors = [note for note in judged.notes if note.weight is Weight.ERROR]
    assert judged.failed == bool(errors)
    assert all(len(note.shown) <= 80 for note in judged.notes)
    if judged.content is not None:
        assert list(shape_complaints(judged.content)) == []
        assert from_json(to_json(judged.content)) == judged.content
        assert judged.content.title


@given(st.sampled_from(COLUMNS), st.one_of(CELLS, st.text(max_size=2_000)))
@example(BY_NAME["started"], "９８年６月")
@example(BY_NAME["rights"], "（" * 1_000)
@example(BY_NAME["indicators"], ":" * 1_000 + "(")
def test_a_cell_gives_a_value_or_says_how_to_change_it(column, text):
    with suppress(CellError):  # nothing else may come out
        column.read(text)


VALUES = {
    "trl": {"5": 5, "ＴＲＬ ７": 7, "6级": 6, "5 · 相关环境中部件仿真验证": 5},
    "started": {"2024-06": "2024-06", "2024.6": "2024-06", "２０２４年６月": "2024-06", "202406": "2024-06", "2024-06-30": "2024-06", "2024/6/1 00:00:00": "2024-06"},
    "trl_assessed_on": {"2024-06-30": date(2024, 6, 30), "2024年6月3日": date(2024, 6, 3), "20240603": date(2024, 6, 3), "1998/1/2": date(1998, 1, 2)},
    "price_wan": {"12.5": 12_500_000, "１２万元": 12_000_000, "1.2亿": 12_000_000_000, "500元": 50_000},
    "price_yuan": {"1,950,000": 195_000_000, "195万": 195_000_000},
    "price_fen": {"100": 100},
    "modes": {"转让；普通许可": ("assignment", "licence_ordinary"), "Assignment, Licence": ("assignment", "licence"), "licence_sole": ("licence_sole",)},
    "field": {"0103": "0103", "软件与人工智能": "0103", "传感、测量与物联网": "0105", "0103 软件": "0103", "sensors": "0105", "物理学": "0104"},
    "region": {"浙江": "330000", "浙江省": "330000"},
    "fiscal_funded": {"是": True, "No": False, "１": True},
    "keywords": {"甲；乙,丙、丁": ("甲", "乙", "丙", "丁"), "甲；甲": ("甲",)},
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [(name, text, value) for name, cells in VALUES.items() for text, value in cells.items()],
)
def test_what_people_write_is_understood(name, text, value):
    assert BY_NAME[name].read(text) == value


@pytest.mark.parametrize("text", ["98-06", "98/6", "85年3月", "'99.12", "9８－０６"])
def test_a_two_digit_year_is_asked_for_in_full(text):
    with pytest.raises(CellError) as caught:
        BY_NAME["started"].read(text)
    assert caught.value.code == "two_digit_year"


def test_people_rights_and_indicators_are_read_as_an_export_writes_them():
    (person, other) = BY_NAME["completers"].read("沈禾|教授|云岫大学；陆望舒 副研究员 云岫大学")
    assert (person.name, person.title, person.unit) == ("沈禾", "教授", "云岫大学")
    assert (other.name, other.title, other.unit) == ("陆望舒", "副研究员", "云岫大学")
    assert BY_NAME["completers"].read("Ada Lovelace")[0].name == "Ada Lovelace"
    (right, software, bare) = BY_NAME["rights"].read(
        "发明专利 ZL202010123456.2（已授权）；Software copyright 2024SR001；202010123456.2"
    )
    assert (right.kind, right.state) == ("patent_invention", "granted")
    assert (software.kind, software.number) == ("software", "2024SR001")
    assert bare.kind == "patent_invention"
    (indicator,) = BY_NAME["indicators"].read("误差：不大于 8%（约 15%）")
    assert (indicator.name, indicator.value, indicator.benchmark) == ("误差", "不大于 8%", "约 15%")


def test_names_of_columns_are_those_of_the_form():
    assert {column.field for column in COLUMNS} <= {*Content.__dataclass_fields__, ""}
    headers = [header_key(name) for column in COLUMNS for name in {column.name, column.zh}]
    assert len(headers) == len(set(headers))
    for column in COLUMNS:
        for name in (column.name, column.zh):
            assert named(name).column is column


def test_the_label_of_a_column_is_its_chinese_header(app):
    with app.test_request_context("/"):
        assert [str(column.label) for column in COLUMNS] == [column.zh for column in COLUMNS]


@given(st.text(max_size=100))
def test_words_that_name_nothing_are_no_code(text):
    found = code_named("technology_fields", text)
    assert found is None or found[:2] in {f"{number:02d}" for number in range(1, 12)}
