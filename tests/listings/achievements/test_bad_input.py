"""What people get wrong, and what programs send on purpose: a sentence at the field, and nothing typed is lost."""

import pytest

from listings.achievements.content import from_json
from tests.listings.achievements.pages import controls, words

LONG = "长" * 50_000

BAD = [
    ("basics", {"title": LONG}, "title", "不超过 200 个字"),
    ("basics", {"title_en": "x" * 201}, "title_en", "不超过 200 个字"),
    ("basics", {"abstract": LONG}, "abstract", "不超过 3000 个字"),
    ("basics", {"keywords": "；".join("abcdefghi")}, "keywords", "最多 8 项"),
    ("basics", {"keywords": "k" * 41}, "keywords", "每个关键词不超过 40 个字"),
    ("basics", {"ipc": "六部"}, "ipc", "“六部”不是国际专利分类号，如 G06F 16/33"),
    ("basics", {"field": "nonsense"}, None, "“nonsense”不在可选范围内"),
    ("basics", {"industries": ["01", "zz"]}, None, "“zz”不在可选范围内"),
    ("maturity", {"trl": "12"}, None, "技术成熟度为 1 至 9 级"),
    ("maturity", {"trl": "²"}, None, "选择技术成熟度"),
    ("maturity", {"trl_assessed_on": "24-06-30"}, "trl_assessed_on", "按“2024-06-30”的格式填写日期"),
    ("maturity", {"trl_assessed_on": "2024-02-30"}, "trl_assessed_on", "按“2024-06-30”的格式填写日期"),
    ("maturity", {"trl_assessed_on": "0024-06-30"}, "trl_assessed_on", "核对年份，写四位数字"),
    ("transfer", {"price_fen": "十二"}, "price_fen", "金额无法识别，请填写数字，例如 1950000 或 195 万"),
    ("transfer", {"price_fen": "-3"}, "price_fen", "金额不能为负数"),
    ("transfer", {"price_fen": "0.00000012"}, "price_fen", "金额最多精确到分"),
    ("transfer", {"price_fen": "99999999999999"}, "price_fen", "金额过大，请核对单位"),
    ("transfer", {"price_fen": "1500000000"}, "price_fen", "核对金额，单位是万元"),
    ("transfer", {"price_fen": "1" * 50_000}, "price_fen", "金额无法识别，请填写数字，例如 1950000 或 195 万"),
    ("transfer", {"modes": ["assignment", "barter"]}, None, "“barter”不在可选范围内"),
    ("rights", {"rights-0-kind": "charm"}, None, "选择权利类型"),
    ("rights", {"rights-0-number": "ZL202010123456.2"}, "rights-0-number", "选择权利类型"),
    (
        "rights",
        {"rights-0-kind": "patent_invention", "rights-0-number": "ZL202010123456.3"},
        "rights-0-number",
        "专利号校验位不正确，请核对是否输错",
    ),
    ("rights", {"rights-0-kind": "know_how", "rights-0-granted": "20/5"}, "rights-0-granted", "按“2024-06-30”的格式填写日期"),
    ("people", {"completers-0-name": "名" * 201}, "completers-0-name", "不超过 200 个字"),
    ("people", {"started": "21-03"}, "started", "按“2024-06”的格式填写年月"),
    ("people", {"finished": "2021-13"}, "finished", "按“2024-06”的格式填写年月"),
    ("technology", {"indicators-0-name": "指" * 201}, "indicators-0-name", "不超过 200 个字"),
    ("technology", {f"indicators-{n}-name": f"指标 {n}" for n in range(31)}, "indicators-30-name", "最多 30 项"),
    ("disclosure", {"principle": "secret"}, None, "选择查看范围"),
]  # fmt: skip


@pytest.mark.parametrize(("section", "typed", "control", "sentence"), BAD, ids=lambda value: str(value)[:30])
def test_a_mistake_is_named_at_its_field_and_stays_there(officer, desk, section, typed, control, sentence):
    made = desk.cleared()
    path = f"/achievements/{made}/edit/{section}"
    answer = officer.post(path, data={**controls(officer.get(path), path), **typed})
    assert answer.status_code == 422
    assert words(answer).count(sentence) >= 2, words(answer)  # in the summary and at the field
    assert "<title>错误：" in answer.text
    if control is not None:
        assert controls(answer, path)[control] == [typed[control]]
    later = officer.get(path)
    assert (sentence in words(later)) == (section != "disclosure")
    if control is not None:
        assert controls(later, path)[control] == [typed[control]]


GOOD = [
    ("transfer", {"price_fen": "１２．５"}, "price_fen", 12_500_000),
    ("transfer", {"price_fen": " 1,250 "}, "price_fen", 1_250_000_000),
    ("transfer", {"price_fen": "3 亿"}, "price_fen", 30_000_000_000),
    ("transfer", {"price_fen": "￥1250000元"}, "price_fen", 125_000_000),
    ("transfer", {"price_fen": "0"}, "price_fen", 0),
    ("transfer", {"price_fen": ""}, "price_fen", None),
    ("basics", {"keywords": "传感器, 微热板、气体;；"}, "keywords", ("传感器", "微热板", "气体")),
    ("basics", {"ipc": "ｇ01n 27/12，h01l"}, "ipc", ("G01N 27/12", "H01L")),
    ("basics", {"title": "  名称\0里有\x07控制符\r\n  "}, "title", "名称里有控制符"),
    ("basics", {"abstract": "一\r\n二\r三"}, "abstract", "一\n二\n三"),
    ("people", {"started": "２０２１／３"}, "started", "2021-03"),
    ("people", {"finished": "2024年12月"}, "finished", "2024-12"),
    ("people", {"started": ""}, "started", ""),
]


@pytest.mark.parametrize(("section", "typed", "field", "meant"), GOOD, ids=lambda value: str(value)[:30])
def test_what_can_be_understood_is(officer, desk, section, typed, field, meant):
    made = desk.cleared()
    path = f"/achievements/{made}/edit/{section}"
    answer = officer.post(path, data={**controls(officer.get(path), path), **typed})
    assert answer.status_code == 303, words(answer)
    assert getattr(from_json(desk.working(made).content), field) == meant


@pytest.mark.parametrize(
    ("day", "meant"),
    [("2024/6/3", "2024-06-03"), ("20240603", "2024-06-03"), ("２０２４．６．３", "2024-06-03"), ("2024年6月3日", "2024-06-03")],
)  # fmt: skip
def test_a_date_may_be_typed_in_any_usual_way(officer, desk, day, meant):
    made = desk.cleared()
    path = f"/achievements/{made}/edit/maturity"
    officer.post(path, data={**controls(officer.get(path), path), "trl_assessed_on": day})
    assert str(from_json(desk.working(made).content).trl_assessed_on) == meant


@pytest.mark.parametrize(
    "name", ["rights-²-kind", "rights--1-kind", "rights-99999999999-kind", "rights-x", "rights-", "rights-0"]
)
def test_names_that_only_look_like_rows_are_no_rows(officer, desk, name):
    made = desk.cleared()
    path = f"/achievements/{made}/edit/rights"
    answer = officer.post(path, data={**controls(officer.get(path), path), name: "know_how"})
    assert answer.status_code == 303
    assert from_json(desk.working(made).content).rights == ()


def test_a_thousand_rows_are_refused_not_worked_through(officer, desk):
    made = desk.cleared()
    path = f"/achievements/{made}/edit/people"
    rows = {f"completers-{n}-name": "名" for n in range(900)}
    answer = officer.post(path, data={**controls(officer.get(path), path), **rows})
    assert answer.status_code == 422
    assert "最多 40 项" in words(answer)


@pytest.mark.parametrize("page", ["", "/edit", "/history", "/edit/basics", "/check", "/receipt", "/access"])
@pytest.mark.parametrize("made", ["%00", "ach_", "ach_0", "x" * 5_000, "ach_%F0%9F%98%80", "ach_00000000000000000000"])  # fmt: skip
def test_an_id_that_is_none_leads_nowhere(officer, made, page):
    assert officer.get(f"/achievements/{made}{page}").status_code == 404
