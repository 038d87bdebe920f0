"""Commands of the index: `search TEXT`, `search rebuild`, `search check`."""

import json

import click
from flask.cli import AppGroup

from marketplace.core.context import ANONYMOUS
from marketplace.core.runtime import runtime
from marketplace.core.uow import reading
from search_index import wiring
from search_index.engine import EngineError
from search_index.query import In
from search_index.results import Results, SearchRequest, ShownHit

MOST_SHOWN = 100
NOBODY_BUILT = "there is no index yet: run `marketplace search rebuild`, or start the worker"


class QueryGroup(AppGroup):
    """Whatever does not name one of the commands is a text to search for."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args and args[0] not in self.commands and args[0] not in ctx.help_option_names:
            args = ["query", *args]
        return super().parse_args(ctx, args)


search = QueryGroup("search", help="Search as the public does (search TEXT), or look after the index.")


@search.command("query")
@click.argument("text")
@click.option("--type", "kind", default="", help="Only things of this type.")
@click.option("--limit", default=10, show_default=True, type=click.IntRange(1, MOST_SHOWN))
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def query(text: str, kind: str, limit: int, *, as_json: bool) -> None:
    """Print what the public finds by TEXT, best first."""
    known = sorted(runtime().registry.searchables)
    if kind and kind not in known:
        raise click.BadParameter(f"{kind!r} is not one of {', '.join(known)}", param_hint="--type")
    results = _results(text, kind, limit)
    click.echo(_as_json(results) if as_json else "\n".join(_lines(results)))


@search.command("rebuild")
def rebuild() -> None:
    """Build the index anew from the database, aside, and switch to it."""
    try:
        click.echo(f"{wiring.rebuild()} documents")
    except EngineError as error:
        raise click.ClickException(str(error)) from error


@search.command("check")
def check() -> None:
    """Compare the index with the database. Exit 1 when they disagree."""
    try:
        found = wiring.check()
    except EngineError as error:
        raise click.ClickException(NOBODY_BUILT) from error
    if found:
        raise click.ClickException("\n".join(f"{one.fault} {one.id}" for one in found))
    click.echo("index and database agree")


def _results(text: str, kind: str, limit: int) -> Results:
    ctx = reading(ANONYMOUS)
    filters = (In("kind", (kind,)),) if kind else ()
    asked = SearchRequest(ctx.actor.tokens, text, filters, per_page=limit)
    try:
        return wiring.search_service().search(asked, wiring.visible(ctx))
    except EngineError as error:
        raise click.ClickException(NOBODY_BUILT) from error


def _lines(results: Results) -> list[str]:
    if results.corrected:
        head = [f"nothing found; shown instead: {results.corrected}"]
    else:
        head = [f"{results.total} found"]
    return head + [f"{hit.id}  {hit.title.striptags()}" for hit in results.hits]


def _as_json(results: Results) -> str:
    found = {
        "total": results.total,
        "corrected": results.corrected,
        "did_you_mean": results.did_you_mean,
        "items": [_hit(hit) for hit in results.hits],
    }
    return json.dumps(found, ensure_ascii=False, indent=2)


def _hit(hit: ShownHit) -> dict[str, object]:
    return {
        "id": hit.id,
        "type": hit.kind,
        "title": hit.title.striptags(),
        "snippet": hit.snippet.striptags(),
        "score": round(hit.score, 4),
        "partial": hit.partial,
    }
