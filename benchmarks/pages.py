"""Pages against a bare Flask page with one query and the same rows, and how cost grows with the market.

Catalogue ÷ bare at least 0.5, search ÷ bare at least 0.3; at a hundred times the data at most 1.5 times the CPU. Rare
words find more in more data, and every hit shown costs as much again; so growth is also taken of common words, which
fill the page at both sizes.
"""

from collections.abc import Callable, Sequence
from urllib.parse import quote

from flask import Flask
from flask_wtf import CSRFProtect
from sqlalchemy import select
from sqlalchemy.orm import Session

from benchmarks.market import market
from benchmarks.ratios import Ratio, compare, keep
from listings.achievements.models import PUBLISHED, Achievement
from marketplace.core.db import db

BARE = """<!doctype html><title>bare</title>
<nav>{% for number in range(6) %}<a href="{{ url_for('bare', cat=number) }}">{{ number }}</a>{% endfor %}</nav>
<form method="post"><input type="hidden" name="csrf_token" value="{{ csrf_token() }}"></form>
<table>{% for row in rows %}<tr><td>{{ row.number }}</td><td><a href="{{ url_for('bare', id=row.id) }}">{{ row.title }}</a></td>
<td>{{ row.holder.name }}</td><td>{{ row.trl }}</td><td>{{ row.price_fen }}</td><td>{{ row.published_at }}</td></tr>{% endfor %}</table>
<nav>{% for number in range(10) %}<a href="{{ url_for('bare', page=number) }}">{{ number }}</a>{% endfor %}</nav>"""
REQUESTS = 20
PER_PAGE = 20
RARE = ("控制", "材料", "工程项目管理", "飞行器", "sensor")
COMMON = ("研究", "方法", "分析", "结果", "应用")


def bare_app(app: Flask) -> Flask:
    """One route, one query, the same twenty rows, 36 addresses and a form token, on the market's own database."""
    bare = Flask("bare")
    bare.secret_key = "benchmark"
    CSRFProtect(bare)
    template = bare.jinja_env.from_string(BARE)
    with app.app_context():
        engine = db.engine
    newest = (
        select(Achievement)
        .where(Achievement.state == PUBLISHED)
        .order_by(Achievement.published_at.desc())
        .limit(20)
    )

    @bare.get("/")
    def bare_page() -> str:
        with Session(engine) as session:
            return template.render(rows=session.scalars(newest).all(), **bare.jinja_env.globals)

    bare.add_url_rule("/", "bare", bare_page)
    return bare


def times(client: object, paths: list[str]) -> Callable[[], None]:
    def act() -> None:
        for path in paths:
            answer = client.get(path)  # type: ignore[attr-defined]
            assert answer.status_code == 200, (path, answer.status_code)

    return act


def run(size: int) -> list[Ratio]:
    with market(size) as app:
        bare = times(bare_app(app).test_client(), ["/"] * REQUESTS)
        client = app.test_client()
        searches, full = _searches(RARE), _searches(COMMON)
        assert all(client.get(path).text.count("<article") == PER_PAGE for path in full)
        one = app.test_client().get("/api/v1/achievements?per_page=1").get_json()["items"][0]["id"]
        return [
            compare(
                f"catalogue, {size} achievements / bare page",
                times(client, ["/achievements"] * REQUESTS),
                bare,
                ">= 0.5",
            ),
            compare(f"search, {size} achievements / bare page", times(client, searches), bare, ">= 0.3"),
            compare(f"search, full page, {size} achievements / bare page", times(client, full), bare, "-"),
            compare(f"home, {size} achievements / bare page", times(client, ["/"] * REQUESTS), bare, "-"),
            compare(
                f"achievement, {size} achievements / bare page",
                times(client, [f"/achievements/{one}"] * REQUESTS),
                bare,
                "-",
            ),
        ]


def _searches(words: Sequence[str]) -> list[str]:
    return [f"/search?q={quote(word)}" for word in words] * (REQUESTS // len(words))


def main() -> None:
    small, large = run(100), run(10_000)
    for before, after in zip(small, large, strict=True):
        growth = after.cell_ms / before.cell_ms
        print(f"{after.name}: {growth:.2f} times the CPU at 100 times the data (target <= 1.5)")
    keep("pages", [*small, *large])


if __name__ == "__main__":
    main()
