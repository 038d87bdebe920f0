"""The table to fill in can be filled in and sent as it is."""

import io

from openpyxl import load_workbook

from listings.imports.columns import BY_NAME, COLUMNS
from listings.imports.sample import EXAMPLE
from listings.imports.template import TEMPLATE_VERSION
from tests.listings.imports.sheets import HEADER, as_csv, complete, csv_table


def test_the_workbook_offers_lists_codes_and_a_version(client, cast):
    answer = client.sign_in(cast.tto_officer).get("/work/imports/template.xlsx")
    assert answer.status_code == 200
    workbook = load_workbook(io.BytesIO(answer.data))
    assert workbook.sheetnames == ["成果", "填写说明", "代码表"]
    table, guide, listed = workbook.worksheets
    assert [cell.value for cell in table[1]] == [column.zh for column in COLUMNS if column.offered]
    offered = {
        str(validation.sqref).split(":")[0]: validation.formula1
        for validation in table.data_validations.dataValidation
    }
    assert len(offered) == sum(bool(column.listed) for column in COLUMNS)
    assert all(source.startswith("'代码表'!$") for source in offered.values())
    assert guide["B1"].value == TEMPLATE_VERSION
    names = {cell.value for column in listed.iter_cols() for cell in column}
    assert {"软件与人工智能", "普通许可", "一口价", "发明专利", "已授权"} <= names


def test_the_english_template_has_english_headers(client, cast):
    answer = client.sign_in(cast.tto_officer).get("/en/work/imports/template.xlsx")
    table = load_workbook(io.BytesIO(answer.data)).worksheets[0]
    assert [cell.value for cell in table[1]][:3] == ["external_id", "title", "title_en"]


def test_a_template_sent_as_it_is_brings_nothing_and_says_why(client, cast, bring_in, job, outcomes):
    client.sign_in(cast.tto_officer)
    for name in ("template.xlsx", "template.csv"):
        content = client.get(f"/work/imports/{name}").data
        job_id = bring_in(cast.tto_officer.actor, name, content)
        assert outcomes(job_id) == {2: ("example", ["example"])}
        assert job(job_id).counts == {"example": 1}


def test_a_filled_in_template_goes_in_whole(client, cast, bring_in, job):
    header, example = csv_table(client.sign_in(cast.tto_officer).get("/work/imports/template.csv").data)
    row = dict(zip(HEADER, complete(1), strict=True))
    table = [header, example, [row.get(title, "") for title in header]]
    assert job(bring_in(cast.tto_officer.actor, "a.csv", as_csv(table))).counts == {
        "example": 1,
        "complete": 1,
    }


def test_the_example_shows_values_that_are_understood():
    for name, text in EXAMPLE.items():
        assert BY_NAME[name].read(text)
