"""The macros pages are built of, rendered with the least a page must give them."""

import re
from dataclasses import replace

import pytest
from flask import render_template, render_template_string
from lxml import html
from markupsafe import Markup
from wtforms import (
    BooleanField,
    DecimalField,
    FieldList,
    FormField,
    MultipleFileField,
    RadioField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms import Form as Part
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from listings.achievements.cards import Card
from marketplace.web.forms import Form
from marketplace.web.paging import Page

CARD = Card("/a", "名称", "", holder="", verified=False, facts=(), brief=(), price="", meta="")
STATUSES = [400, 401, 403, 404, 405, 409, 410, 413, 415, 422, 429, 500, 503]


class Completer(Part):
    name = StringField("姓名", [DataRequired("填写姓名")])


class Sample(Form):
    title = StringField("名称", [DataRequired("填写名称")], description="与证书一致")
    summary = TextAreaField("简介", [Length(max=200)])
    mode = RadioField(
        "方式", [DataRequired("选择方式")], choices=[SelectChoice("t", "转让"), SelectChoice("l", "许可")]
    )
    rights = SelectMultipleField(
        "权利", choices=[SelectChoice("p", "专利")], widget=ListWidget(), option_widget=CheckboxInput()
    )
    price = DecimalField("价格")
    files = MultipleFileField("附件")
    agree = BooleanField("同意公开")
    people = FieldList(FormField(Completer), "完成人", min_entries=2)


@pytest.fixture
def request_context(app):
    with app.test_request_context("/achievements/new?step=2", method="POST"):
        yield app


@pytest.fixture
def form(request_context):
    form = Sample(meta={"csrf": False})
    form.validate()
    return form


def render(name: str, call: str, **context: object) -> html.HtmlElement:
    source = f'{{% import "components/{name}.html" as c %}}<main>{{{{ {call} }}}}</main>'
    return html.fromstring(render_template_string(source, **context))


def words(element: html.HtmlElement) -> str:
    return re.sub(r"\s+", " ", element.text_content()).strip()


def test_a_text_field_is_tied_to_its_label_hint_and_error(form):
    main = render("forms", "c.field(f)", f=form.title)
    control = main.find(".//input")
    described = control.get("aria-describedby").split()
    assert main.find(".//label").get("for") == control.get("id") == "title"
    assert [words(main.get_element_by_id(part)) for part in described] == ["与证书一致", "错误：填写名称"]
    assert control.get("aria-invalid") == "true"
    assert "选填" not in words(main)


def test_a_field_without_a_required_rule_says_that_it_is_optional(form):
    assert "选填" in words(render("forms", "c.field(f)", f=form.summary))
    assert "选填" not in words(render("forms", "c.field(f, optional=false)", f=form.summary))


def test_a_long_text_counts_instead_of_cutting(form):
    area = render("forms", "c.field(f)", f=form.summary).find(".//textarea")
    assert area.get("data-limit") == "200"
    assert area.get("maxlength") is None
    assert "summary-count" in area.get("aria-describedby")


def test_attributes_of_the_page_reach_the_control(form):
    control = render("forms", "c.field(f, autocomplete='off', inputmode='numeric')", f=form.title).find(
        ".//input"
    )
    assert (control.get("autocomplete"), control.get("inputmode")) == ("off", "numeric")


@pytest.mark.parametrize(("name", "kind"), [("mode", "radio"), ("rights", "checkbox")])
def test_choices_stand_in_a_fieldset_with_a_legend(form, name, kind):
    main = render("forms", "c.field(f)", f=form[name])
    group = main.find(".//fieldset")
    assert words(group.find("legend")).startswith(form[name].label.text)
    for box in group.iter("input"):
        assert box.get("type") == kind
        assert group.find(f".//label[@for='{box.get('id')}']") is not None


def test_a_list_of_parts_numbers_them(form):
    main = render("forms", "c.field(f)", f=form.people)
    legends = [words(legend) for legend in main.iter("legend")]
    assert legends == ["完成人", "完成人 1", "完成人 2"]
    assert [control.get("name") for control in main.iter("input")] == ["people-0-name", "people-1-name"]


def test_the_error_summary_leads_to_every_wrong_control(form):
    page = render(
        "forms",
        "c.error_summary(form) ~ c.field(form.title) ~ c.field(form.mode) ~ c.field(form.people)",
        form=form,
    )
    links = [link.get("href").removeprefix("#") for link in page.iter("a")]
    assert links == ["title", "mode-0", "people-0-name", "people-1-name"]
    for target in links:
        assert page.get_element_by_id(target).tag == "input"


def test_complaints_about_the_whole_form_stand_in_the_summary(form):
    form.form_errors.append("份额合计须为 100%")
    assert "份额合计须为 100%" in words(render("forms", "c.error_summary(form)", form=form))


def test_a_form_without_errors_has_no_summary(request_context):
    assert words(render("forms", "c.error_summary(form)", form=Sample(meta={"csrf": False}))) == ""


def test_a_post_form_carries_its_tokens(form):
    source = '{% from "components/forms.html" import post_form %}{% call post_form("/x", form, version=3, autosave="/d") %}y{% endcall %}'
    element = html.fromstring(render_template_string(source, form=form))
    hidden = {control.get("name"): control.get("value") for control in element.iter("input")}
    assert hidden["csrf_token"]
    assert hidden["version"] == "3"
    assert "request_key" in hidden
    assert element.get("data-autosave") == "/d"
    assert element.get("enctype") is None


def test_a_money_field_names_its_unit_and_has_a_place_for_the_words(form):
    main = render("forms", "c.money_field(f)", f=form.price)
    control = main.find(".//input")
    assert control.get("data-money") == "10000"
    assert main.get_element_by_id(control.get("data-money-output")).tag == "output"
    assert words(main.get_element_by_id(control.get("aria-describedby").split()[0])) == "万元"


def test_a_file_field_states_its_limits_to_the_script(form):
    control = render("forms", "c.file_field(f, accept='.pdf', max_bytes=10, max_files=2)", f=form.files).find(
        ".//input"
    )
    assert (control.get("accept"), control.get("data-max-bytes"), control.get("data-max-files")) == (
        ".pdf",
        "10",
        "2",
    )


def test_a_single_box_has_its_label_beside_it(form):
    main = render("forms", "c.field(f)", f=form.agree)
    assert main.find(".//label").get("for") == "agree"


@pytest.mark.parametrize(
    ("name", "call"),
    [
        ("timeline", "c.timeline([{'label': '公示', 'state': 'current'}], '进度')"),
        ("tasks", "c.task_list([{'label': '权利', 'href': '/x', 'state': 'todo'}], '进度')"),
        (
            "tasks",
            "c.todo_list([{'title': '答复', 'href': '/x', 'due': '11-27', 'action': '去答复'}], '待办')",
        ),
        ("files", "c.files([{'name': 'a.pdf', 'size': '1 KB'}])"),
        (
            "facets",
            "c.facets('/s', [{'key': 'f', 'label': '领域', 'options': [{'value': 1, 'label': '新材料'}]}])",
        ),
        ("kv", "c.kv([('名称', '甲')])"),
        ("deadline", "c.deadline('截止', '2026-11-27 24:00', '2026-11-28T00:00+08:00')"),
        ("confirm", "c.confirm('d', '下架', '/x', '下架？', '/x', '下架成果')"),
        ("banner", "c.banner('公示将截止')"),
        ("empty", "c.empty('没有内容')"),
        ("steps", "c.steps(['甲', '乙'], 1)"),
        ("diff", "c.diff([('名称', '旧', '新')])"),
        ("tables", "c.table('表', ['甲', ('乙', 'number')], [[1, none]])"),
        ("progress", "c.progress('p', '进度', 1, 2)"),
        ("search", "c.search_box('/search')"),
    ],
)
def test_a_component_needs_no_more_than_its_essentials(request_context, name, call):
    assert len(render(name, call)) > 0


def test_what_people_typed_is_escaped(request_context):
    nasty = "<script>alert(1)</script>"
    for name, call in [
        ("tags", "c.tag(x)"),
        ("kv", "c.kv([(x, x)])"),
        ("diff", "c.diff([(x, x, 'y')])"),
        ("crumbs", "c.crumbs([(x, '/')])"),
    ]:
        assert render(name, call, x=nasty).find(".//script") is None


def test_a_card_escapes_what_people_typed(request_context):
    nasty = "<script>alert(1)</script>"
    card = replace(
        CARD,
        title=nasty,
        summary=nasty,
        facts=((nasty, nasty),),
        holder=nasty,
        price=nasty,
        meta=nasty,
        tag=nasty,
    )
    main = render("resultcard", "c.result_list([card])", card=card)
    assert main.find(".//script") is None
    assert words(main).count(nasty) == 8


def test_a_card_needs_no_more_than_a_title(request_context):
    assert words(render("resultcard", "c.result_list([card])", card=CARD)) == "名称 单位"


def test_highlights_survive_in_a_title(request_context):
    card = replace(CARD, title=Markup("正极<mark>材料</mark>"))
    main = render("resultcard", "c.result_list([card])", card=card)
    assert words(main.find(".//mark")) == "材料"


def test_a_change_is_told_in_words_too(request_context):
    text = words(render("diff", "c.diff([('名称', '旧', '新'), ('领域', '同', '同')])"))
    assert "删去：旧" in text
    assert "改为：新" in text
    assert "同 未改动" in text


def test_a_pager_marks_the_current_page_and_leads_to_its_neighbours(request_context):
    main = render("pager", "c.pager(page)", page=Page([], 7, 20, 270))
    assert words(main.find(".//a[@aria-current='page']")).startswith("第 7 页")
    assert main.find(".//a[@rel='prev']").get("href") == "/achievements/new?step=2&page=6"
    assert main.find(".//a[@rel='next']").get("href") == "/achievements/new?step=2&page=8"


def test_one_page_needs_no_pager(request_context):
    assert words(render("pager", "c.pager(page)", page=Page([], 1, 20, 20))) == ""


@pytest.mark.parametrize("status", STATUSES)
def test_an_error_page_says_what_happened_what_to_do_and_how_to_refer_to_it(request_context, status):
    page = html.fromstring(
        render_template("errors/error.html", status=status, reference="ab12", message="原因")
    )
    text = words(page.find(".//main"))
    assert page.find(".//h1").text
    assert "接下来可以" in text
    assert "原因" in text
    assert "ab12" in text
    assert "北京时间" in text


def test_a_page_with_errors_says_so_in_its_title(form):
    title = html.fromstring(render_template("base.html", form=form)).find(".//title").text
    assert title.startswith("错误：")
    assert not html.fromstring(render_template("base.html")).find(".//title").text.startswith("错误：")


def test_the_right_column_exists_only_when_it_holds_something(request_context):
    source = '{% extends "base.html" %}{% block main %}正文{% endblock %}'
    aside = "{% block aside %}侧栏{% endblock %}"
    assert html.fromstring(render_template_string(source)).find(".//aside") is None
    page = html.fromstring(render_template_string(source + aside))
    assert words(page.find(".//aside")) == "侧栏"
    assert words(page.find(".//main")).count("正文") == 1
