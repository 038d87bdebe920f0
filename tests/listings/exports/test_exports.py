"""Lists leave the house as tables that spreadsheets open, programs read, and an import takes back."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select

from listings.achievements.content import Completer, Content, Indicator, IpRight, to_json
from listings.achievements.drafting import create_draft, save_draft
from listings.achievements.models import Achievement
from listings.achievements.secrecy import assess
from listings.achievements.services import Submission, publish, submit
from listings.exports.cells import header
from listings.imports.statement import harmless
from marketplace.core.db import db
from marketplace.core.uow import unit_of_work
from marketplace.moderation.models import Case
from tests.listings.imports.conftest import bring_in, check, held, job  # noqa: F401 - fixtures of the way back
from tests.listings.imports.sheets import ABSTRACT, csv_table, xlsx_table

FULL = Content(
    title="复合地层盾构掘进参数推荐",
    abstract=ABSTRACT,
    keywords=("盾构", "掘进"),
    field="0103",
    industries=("E",),
    ipc=("E21D 9/06",),
    category="applied",
    trl=7,
    trl_evidence="试用报告",
    trl_assessed_on=date(2025, 3, 4),
    principle="只给核验过的单位看的原理",
    indicators=(Indicator("误差", "不大于 8%", "约 15%"),),
    rights=(IpRight("patent_invention", "ZL202010123456.2", "granted"),),
    modes=("licence_ordinary", "service"),
    price_mode="fixed",
    price_fen=12_500_000,
    completers=(Completer("沈禾", "教授", "云岫大学"), Completer("陆望舒", unit="云岫大学")),
    fiscal_funded=True,
    started="2022-03",
    finished="2025-12",
    restricted=(("principle", "verified"),),
)


@pytest.fixture
def draft(app, cast) -> Callable[..., str]:
    """`draft(content)`: an assessed draft with this text; its id."""

    def make(content: Content, **changes: object) -> str:
        with app.app_context(), unit_of_work(cast.tto_officer.actor) as ctx:
            made = create_draft(ctx)
            assess(ctx, made.id, harmless("保审 1 号"))
            save_draft(ctx, made.id, {**to_json(content), **changes})
            return made.id

    return make


@pytest.fixture
def published(app, cast, draft) -> Callable[..., str]:
    """The same, published by the zone."""

    def make(content: Content, **changes: object) -> str:
        id_ = draft(content, **changes)
        with app.app_context():
            with unit_of_work(cast.tto_officer.actor) as ctx:
                submit(ctx, id_, Submission("保审 1 号", confirmed=True))
            with unit_of_work(cast.moderator.actor) as ctx:
                publish(ctx, ctx.session.scalar(select(Case).where(Case.subject == id_)))
        return id_

    return make


def column(table, title):
    return [row[table[0].index(title)] for row in table[1:]]


def test_the_catalogue_is_what_is_public(client, draft, published):
    published(FULL)
    draft(FULL, title="还没有公开")
    answer = client.get("/achievements.csv")
    assert answer.mimetype == "text/csv"
    assert "attachment" in answer.headers["Content-Disposition"]
    table = csv_table(answer.data)
    assert column(table, "成果名称") == [FULL.title]
    assert column(table, "状态") == ["可对接"]
    assert column(table, "技术成熟度") == ["7"]
    assert column(table, "价格（万元）") == ["12.5"]
    assert column(table, "转化方式") == ["普通许可、技术服务"]
    assert column(table, "网址")[0].startswith("http://localhost/achievements/ach_")


def test_what_is_kept_for_verified_readers_is_not_in_the_public_table(client, cast, published):
    published(FULL)
    assert column(csv_table(client.get("/achievements.csv").data), "技术原理") == [""]
    client.sign_in(cast.firm_agent)
    assert column(csv_table(client.get("/achievements.csv").data), "技术原理") == [FULL.principle]


def test_a_download_that_breaks_off_gives_its_connection_back(app, client, published):
    published(FULL)
    answer = client.get("/achievements.csv")
    pieces = iter(answer.response)
    next(pieces), next(pieces), next(pieces)  # mark, header, and the row that is read from the database
    with app.app_context():
        assert db.engine.pool.checkedout() == 1
    answer.close()
    with app.app_context():
        assert db.engine.pool.checkedout() == 0


def test_the_own_list_has_every_state_and_stays_inside(client, cast, draft, published):
    published(FULL)
    draft(FULL, title="还没有公开")
    client.sign_in(cast.tto_officer)
    table = csv_table(client.get("/work/achievements.csv").data)
    assert sorted(column(table, "状态")) == ["可对接", "草稿"]
    client.sign_in(cast.other_tto_officer)
    assert len(csv_table(client.get("/work/achievements.csv").data)) == 1
    client.sign_in(cast.moderator)
    assert client.get("/work/achievements.csv").status_code == 403


def test_a_workbook_holds_the_same(client, published):
    published(FULL)
    sheet, table = (
        xlsx_table(client.get("/achievements.xlsx").data),
        csv_table(client.get("/achievements.csv").data),
    )
    assert sheet[0] == table[0]
    assert column(sheet, "价格（万元）") == [12.5]
    assert column(sheet, "技术成熟度") == [7]


@pytest.mark.parametrize("title", ["=HYPERLINK(1)", "+86 号装置", "@风机", "＝１＋１"])
def test_a_title_is_never_a_formula(client, published, title):
    published(FULL, title=title)
    assert column(csv_table(client.get("/achievements.csv").data), "成果名称") == [f"'{title}"]
    assert column(xlsx_table(client.get("/achievements.xlsx").data), "成果名称") == [title]


def test_the_english_table_has_the_names_of_the_interface(client, published):
    published(FULL)
    table = csv_table(client.get("/en/achievements.csv").data)
    assert column(table, "title") == [FULL.title]
    assert column(table, "modes") != ["普通许可、技术服务"]


@pytest.mark.parametrize(
    "path", ["/work/achievements.csv", "/work/achievements.xlsx", "/en/work/achievements.csv"]
)
def test_an_export_can_be_imported_again(client, cast, draft, bring_in, held, job, path):  # noqa: F811
    draft(FULL)
    content = client.sign_in(cast.tto_officer).get(path).data
    done = job(bring_in(cast.other_tto_officer.actor, f"a.{path[-4:].strip('.')}", content))
    assert done.counts == {"complete": 1}
    (content,) = held(cast.other_tto_officer).values()
    kept = {**FULL.__dict__, "restricted": (), "files": ()}
    assert content == Content(**kept)


def test_many_are_read_in_few_questions(app, client, cast, published, count_queries):
    for number in range(12):
        published(FULL, title=f"第 {number} 项")
    client.get("/achievements.csv")
    with count_queries() as statements:
        table = csv_table(client.get("/achievements.csv").data)
    assert len(table) == 13
    assert len(statements) < 12
    with app.app_context():
        assert len(db.session.scalars(select(Achievement)).unique().all()) == 12


def test_there_is_no_other_kind_of_table(client):
    assert client.get("/achievements.pdf").status_code == 404


def test_headers_are_as_many_as_cells(app):
    with app.test_request_context("/"):
        assert len(header(own=True)) == len(header(own=False)) + 1
