"""Whatever is typed is understood or kept with its complaint; whatever is sent by programs is stored or refused."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from listings.disclosures.content import SECTIONS
from listings.disclosures.rules import LONGEST, LONGEST_DESCRIPTION, MOST
from tests.listings.achievements.pages import controls, words


def post(browser, made, name, **fields):
    path = f"/disclosures/{made}/edit/{name}"
    return browser.post(path, data={**controls(browser.get(path), path), **fields})


@pytest.mark.parametrize(
    ("section", "typed", "complaint"),
    [
        ("identity", {"title": "名" * (LONGEST["title"] + 1)}, "不超过 200 个字"),
        ("identity", {"keywords": "；".join("abcd")}, f"最多 {MOST['keywords']} 项"),
        ("identity", {"trl": "12"}, "技术成熟度为 1 至 9 级"),
        ("people", {"completers-0-share_bp": "三成"}, "填写百分比"),
        ("people", {"completers-0-share_bp": "0"}, "填写百分比"),
        ("people", {"completers-0-email": "沈禾"}, "填写完整的邮箱地址"),
        ("people", {"completers-0-left_on": "去年"}, "填写日期"),
        ("people", {"completers-0-status": "boss"}, "不在可选范围内"),
        ("origin", {"ground": "luck"}, "不在可选范围内"),
        ("dates", {"completed_on": "31 February"}, "填写日期"),
        ("dates", {"completed_on": "0026-01-01"}, "核对年份"),
        ("rights", {"rights-0-kind": "patent_invention", "rights-0-number": "ZL202010123456.3"}, ""),
        ("wishes", {"wish": "nothing"}, "不在可选范围内"),
    ],
)
def test_a_complaint_stands_beside_what_was_typed(desk, cast, browser_of, section, typed, complaint):
    made = desk.complete()
    answer = post(browser_of(cast.inventor), made, section, **typed)
    assert answer.status_code == 422
    assert complaint in words(answer)
    (value,) = (value for name, value in typed.items() if "kind" not in name)
    kept = browser_of(cast.inventor).get(f"/disclosures/{made}/edit/{section}")
    if not value.isascii() or value.startswith("31"):  # codes and numbers have no control that shows them
        assert value in answer.text
        assert value in kept.text


def test_two_completers_do_not_share_an_address(desk, cast, browser_of):
    made = desk.complete()
    rows = {
        "completers-1-name": "双",
        "completers-1-email": "INVENTOR@university.example",
        "completers-1-share_bp": "1",
    }
    assert "不能使用同一邮箱" in words(post(browser_of(cast.inventor), made, "people", **rows))


def test_a_list_grows_without_scripts(desk, cast, browser_of):
    made = desk.complete()
    answer = post(browser_of(cast.inventor), made, "people", more="completers")
    assert answer.status_code == 200
    assert 'name="completers-2-name"' in answer.text


def test_a_description_that_is_too_long_is_shown_again(desk, cast, browser_of):
    made = desk.cleared()
    text = "长" * (LONGEST_DESCRIPTION + 1)
    fields = {"text": text, "version": desk.look(made).version}
    answer = browser_of(cast.inventor).submit(f"/disclosures/{made}/confidential/text", fields)
    assert answer.status_code == 422
    assert text in answer.text
    assert not desk.look(made).described


def test_a_description_from_an_old_page_does_not_overwrite(desk, cast, browser_of):
    made = desk.complete()
    answer = browser_of(cast.inventor).submit(
        f"/disclosures/{made}/confidential/text", {"text": "旧页面上的文字", "version": 1}
    )
    assert answer.status_code == 409
    assert "旧页面上的文字" in answer.text


def test_an_unknown_page_is_not_there(desk, cast, browser_of):
    made = desk.cleared()
    browser = browser_of(cast.inventor)
    assert browser.get(f"/disclosures/{made}/edit/secret").status_code == 404
    assert browser.submit(f"/disclosures/{made}/autosave/secret").status_code == 404


def test_autosave_answers_with_a_mark_or_a_conflict(desk, cast, browser_of):
    made = desk.complete()
    browser = browser_of(cast.inventor)
    path = f"/disclosures/{made}/edit/dates"
    began = controls(browser.get(path), path)
    saved = browser.post(path.replace("edit", "autosave"), data={**began, "planned_on": "2026-05-01"})
    assert saved.status_code == 200
    assert saved.json["version"] != began["version"][0]
    late = browser.post(path.replace("edit", "autosave"), data={**began, "planned_on": "2026-06-01"})
    assert late.status_code == 409


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(section=st.sampled_from(sorted(SECTIONS)), text=st.text(max_size=60))
def test_any_text_in_any_control_is_taken_or_refused(desk, cast, browser_of, section, text):
    made = desk.complete()
    browser = browser_of(cast.inventor)
    path = f"/disclosures/{made}/edit/{section}"
    names = controls(browser.get(path), path)
    hidden = {"csrf_token", "request_key", "version"}
    sent = {
        name: values if name in hidden else text.encode("utf-8", "replace") for name, values in names.items()
    }
    assert browser.post(path, data=sent).status_code in {200, 303, 422}
    assert browser.get(path).status_code == 200
