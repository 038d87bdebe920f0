"""A unit brings its achievements in: through the pages, from the file to the corrected rows."""

import re
from io import BytesIO

from lxml import html
from sqlalchemy import select

from listings.achievements.models import Achievement, Assessment
from marketplace.core.db import db
from marketplace.core.journal import entries_of
from marketplace.moderation.models import Case
from tests.listings.imports.sheets import HEADER, as_csv, complete, csv_table, rows, xlsx_table

REVIEW = "云岫大学保审〔2026〕12 号"


def upload(client, name, content, **changes):
    data = {"file": (BytesIO(content), name), "review_document": REVIEW, "confirmed": "y", **changes}
    return client.submit("/work/imports", data, content_type="multipart/form-data")


def send_form(client, path, **changes):
    """Send the columns form as the page shows it."""
    page = html.fromstring(client.get(path).get_data(as_text=True))
    form = next(form for form in page.forms if (form.get("action") or "").endswith("/columns"))
    return client.submit(path, {**dict(form.form_values()), **changes})


def words_of(client, path):
    return html.fromstring(client.get(path).get_data(as_text=True)).text_content()


def test_from_the_file_to_the_corrected_rows(app, client, cast, drain):
    client.sign_in(cast.tto_officer)
    bad = complete(2, 技术成熟度="12")
    table = [HEADER, complete(1), bad, complete(3, 转化方式="")]

    answer = upload(client, "成果.csv", as_csv(table))
    assert answer.status_code == 303
    columns = answer.location
    answer = send_form(client, columns, submit="y")
    assert answer.status_code == 303
    job = answer.location

    assert 'http-equiv="refresh"' in client.get(job).get_data(as_text=True)
    drain()
    dry = words_of(client, job)
    assert "待导入" in dry
    assert "填写 1 至 9 的数字" in dry
    assert "缺少：转化方式" in words_of(client, f"{job}?outcome=incomplete")
    with app.app_context():
        assert db.session.scalars(select(Achievement)).all() == []

    assert client.submit(f"{job}/run").status_code == 303
    drain()
    assert "已完成" in words_of(client, job)
    with app.app_context():
        made = db.session.scalars(select(Achievement).order_by(Achievement.number)).unique().all()
        assert [(row.state, row.clearance, row.source) for row in made] == [
            ("submitted", "self_nonclassified", "import"),
            ("draft", "self_nonclassified", "import"),
        ]
        assert [case.subject for case in db.session.scalars(select(Case)).unique()] == [made[0].id]
        assessments = db.session.scalars(select(Assessment)).all()
        assert [a.documents["undetermined_secrecy"] for a in assessments] == [REVIEW, REVIEW]
        kinds = [entry.kind for entry in entries_of(db.session(), made[0].id)]
        assert kinds == ["achievement.drafted", "achievement.submitted"]

    failed = csv_table(client.get(f"{job}/failed.csv").data)
    assert failed[0] == [*HEADER, "问题说明"]
    assert failed[1] == [*bad, "第 3 行 · 技术成熟度：填写 1 至 9 的数字"]
    assert xlsx_table(client.get(f"{job}/failed.xlsx").data)[1][-1] == failed[1][-1]

    failed[1][HEADER.index("技术成熟度")] = "TRL 7"
    answer = upload(client, "成果-待修改.csv", as_csv(failed))
    answer = send_form(client, answer.location)
    drain()
    client.submit(f"{answer.location}/run")
    drain()
    assert "完整草稿1" in re.sub(r"\s", "", words_of(client, answer.location))
    with app.app_context():
        assert [
            row.trl for row in db.session.scalars(select(Achievement).order_by(Achievement.number)).unique()
        ] == [8, 8, 7]


def test_no_file_is_kept_without_the_statement(app, client, cast):
    client.sign_in(cast.tto_officer)
    answer = upload(client, "成果.csv", as_csv(rows(1)), review_document="", confirmed="")
    assert answer.status_code == 422
    text = answer.get_data(as_text=True)
    assert "填写本单位保密审查的文号" in text
    assert "确认文件内容已经本单位保密审查" in text
    assert not (app.extensions["marketplace"].settings.data / "files").exists()


def test_an_unreadable_file_is_refused_beside_its_control(client, cast):
    client.sign_in(cast.tto_officer)
    for name, content, words in (
        ("成果.xls", b"\xd0\xcf\x11\xe0", "另存为 .xlsx"),
        ("成果.xlsx", b"not a workbook", "文件内容与扩展名不符"),
        ("成果.csv", b"", "文件是空的"),
        ("成果.csv", as_csv([("名称", "名称"), ("a", "b")]), "表头中有重复的列名（名称）"),
        ("成果.docx", b"PK\x03\x04", "只接受 .xlsx、.csv 和 .jsonl 文件"),
    ):
        answer = upload(client, name, content)
        assert answer.status_code == 422
        page = html.fromstring(answer.get_data(as_text=True))
        assert words in page.get_element_by_id("file-error").text_content(), name


def test_no_file_chosen_is_said_so(client, cast):
    client.sign_in(cast.tto_officer)
    answer = client.submit("/work/imports", {"review_document": REVIEW, "confirmed": "y"})
    assert answer.status_code == 422
    assert "选择要上传的文件" in answer.get_data(as_text=True)


def test_the_same_upload_sent_twice_is_one_job(client, cast):
    client.sign_in(cast.tto_officer)
    first = upload(client, "成果.csv", as_csv(rows(1)), request_key="once")
    second = upload(client, "成果.csv", as_csv(rows(1)), request_key="once")
    assert first.location == second.location


def test_the_columns_form_complains_beside_the_column(client, cast):
    client.sign_in(cast.tto_officer)
    path = upload(client, "成果.csv", as_csv(rows(1))).location
    twice = send_form(client, path, column_2="title")
    assert "每项只能对应一列" in twice.get_data(as_text=True)
    without = send_form(client, path, column_1="")
    assert without.status_code == 422
    assert "至少把一列对应到“成果名称”" in without.get_data(as_text=True)
    default = send_form(client, path, default_trl="九")
    assert "填写 1 至 9 的数字" in default.get_data(as_text=True)


def test_what_the_unit_chose_is_remembered(client, cast, drain):
    client.sign_in(cast.tto_officer)
    table = [("项目", "说明文字"), ("甲装置", "说明")]
    path = upload(client, "a.csv", as_csv(table)).location
    send_form(client, path, column_0="title", column_1="abstract", default_price_mode="negotiable")
    drain()
    again = html.fromstring(
        client.get(upload(client, "b.csv", as_csv(table)).location).get_data(as_text=True)
    )
    chosen = {select.name: select.value for select in again.xpath("//select")}
    assert chosen["column_0"] == "title"
    assert chosen["column_1"] == "abstract"
    assert chosen["default_price_mode"] == "negotiable"


def test_all_or_nothing_holds_good_rows_back(app, client, cast, drain):
    client.sign_in(cast.tto_officer)
    path = upload(client, "成果.csv", as_csv([HEADER, complete(1), complete(2, 技术成熟度="99")])).location
    job = send_form(client, path, all_or_nothing="y").location
    drain()
    assert "有 1 行不能导入" in words_of(client, job)
    client.submit(f"{job}/run")
    drain()
    with app.app_context():
        assert db.session.scalars(select(Achievement)).all() == []


def test_an_import_can_be_called_off(client, cast, drain):
    client.sign_in(cast.tto_officer)
    job = send_form(client, upload(client, "成果.csv", as_csv(rows(1))).location).location
    client.submit(f"{job}/cancel")
    drain()
    assert "已取消" in words_of(client, job)


def test_other_units_and_other_parts_do_not_see_an_import(client, cast):
    client.sign_in(cast.tto_officer)
    path = upload(client, "成果.csv", as_csv(rows(1))).location
    job = path.removesuffix("/columns")
    for member in (cast.other_tto_officer, cast.inventor, cast.moderator):
        client.sign_in(member)
        assert client.get(job).status_code in {403, 404}
        assert client.submit(f"{job}/run").status_code in {403, 404}
    client.sign_in(cast.inventor)
    assert client.get("/work/imports").status_code == 403


def test_the_one_who_began_it_is_told_of_its_end(app, client, cast, drain):
    client.sign_in(cast.tto_officer)
    job = send_form(client, upload(client, "成果.csv", as_csv(rows(1, 2))).location).location
    drain()
    client.submit(f"{job}/run")
    drain()
    assert "“成果.csv”已导入" in words_of(client, "/account/messages")


def test_an_amount_whose_unit_is_not_said_is_asked_about(client, cast):
    client.sign_in(cast.tto_officer)
    table = [("成果名称", "价格", "备注"), ("甲", "120", "x")]
    page = html.fromstring(client.get(upload(client, "a.csv", as_csv(table)).location).get_data(as_text=True))
    doubtful = page.xpath("//section[@aria-labelledby='doubtful-title']//select")
    assert [(control.name, control.value) for control in doubtful] == [
        ("column_1", "price_wan"),
        ("column_2", ""),
    ]
