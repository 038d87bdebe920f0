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
SMALL, LARGE = 100, 10_000
TARGETS = {"catalogue": ">= 0.5", "search": ">= 0.3"}
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


def paths(app: Flask) -> dict[str, list[str]]:
    """What is asked for, by name."""
    client = app.test_client()
    full = _searches(COMMON)
    assert all(client.get(path).text.count("<article") == PER_PAGE for path in full)
    one = client.get("/api/v1/achievements?per_page=1").get_json()["items"][0]["id"]
    return {
        "catalogue": ["/achievements"] * REQUESTS,
        "search": _searches(RARE),
        "search, full page": full,
        "home": ["/"] * REQUESTS,
        "achievement": [f"/achievements/{one}"] * REQUESTS,
    }


def beside_bare(app: Flask, size: int) -> list[Ratio]:
    bare = times(bare_app(app).test_client(), ["/"] * REQUESTS)
    client = app.test_client()
    return [
        compare(
            f"{name}, {size} achievements / bare page", times(client, asked), bare, TARGETS.get(name, "-")
        )
        for name, asked in paths(app).items()
    ]


def growth(small: Flask, large: Flask) -> list[Ratio]:
    """The same pages of a market and of one a hundred times as large, in turns."""
    found = []
    ours, theirs = paths(large), paths(small)
    for name in ours:
        cell, baseline = times(large.test_client(), ours[name]), times(small.test_client(), theirs[name])
        found.append(compare(f"{name}, {LARGE} / {SMALL} achievements", cell, baseline, ">= 0.67"))
        times_the_cpu = found[-1].cell_ms / found[-1].baseline_ms
        print(f"{name}: {times_the_cpu:.2f} times the CPU at 100 times the data (target <= 1.5)")
    return found


def _searches(words: Sequence[str]) -> list[str]:
    return [f"/search?q={quote(word)}" for word in words] * (REQUESTS // len(words))


def main() -> None:
    with market(SMALL) as small, market(LARGE) as large:
        keep("pages", [*beside_bare(small, SMALL), *beside_bare(large, LARGE), *growth(small, large)])


if __name__ == "__main__":
    main()
