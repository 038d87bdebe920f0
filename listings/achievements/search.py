"""An achievement in the search index: its words, its facets, and who may find it."""

from collections.abc import Sequence

from sqlalchemy import bindparam, select

from listings.achievements.content import RESTRICTABLE, Content, from_json
from listings.achievements.models import PUBLISHED, Achievement, Revision
from listings.achievements.policy import FIND
from listings.achievements.queries import PUBLIC
from listings.classification import codes, price_band
from marketplace.core.clock import local_date
from marketplace.core.context import Context
from marketplace.core.registry import Searchable
from search_index.schema import Column, IndexDoc, Kind, Term, document

KIND = "achievement"
#: Columns for filters, facets and sorting. Codes of a list are kept with the codes above them.
COLUMNS = (
    Column("field", Kind.KEYWORDS),
    Column("industry", Kind.KEYWORDS),
    Column("trl", Kind.INTEGER),
    Column("mode", Kind.KEYWORDS),
    Column("zone"),
    Column("holder"),
    Column("region", Kind.KEYWORDS),
    Column("ip", Kind.KEYWORDS),
    Column("band"),
    Column("price", Kind.INTEGER),
    Column("year", Kind.INTEGER),
)
_COMPLETE = (
    "title_en", "abstract_en", "industries", "ipc", "trl_evidence", "pain_point", "principle", "indicators",
    "cases", "market", "conditions", "rights", "price_mode", "completers", "files",
)  # fmt: skip
#: Built once, and asked of one after the other while the index follows: the text comes with its achievement.
_WITH_PUBLIC_TEXT = (
    select(Achievement, Revision)
    .join(Achievement.public_text)
    .where(Achievement.id == bindparam("id"), Achievement.state == PUBLISHED)
)


def search_document(ctx: Context, achievement_id: str) -> IndexDoc | None:
    """The document of a published achievement; None for one that must not be found."""
    found = ctx.session.execute(_WITH_PUBLIC_TEXT, {"id": achievement_id}).one_or_none()
    if found is None:
        return None
    achievement, revision = found
    if achievement.published_at is None:
        return None
    content = from_json(revision.content)
    return document(
        id=achievement.id,
        kind=KIND,
        title=content.title,
        body=_body(content, achievement),
        summary=content.abstract or content.abstract_en,
        keywords=content.keywords,
        numbers=[achievement.number, *(right.number for right in content.rights if right.number)],
        terms=(
            Term(achievement.holder.name, "holder"),
            *([Term(content.title_en, "title")] if content.title_en else []),
        ),
        audiences=FIND.tokens(achievement),
        published=local_date(achievement.published_at),
        completeness=completeness(content),
        columns={
            "field": _with_parents("technology_fields", (content.field,)),
            "industry": _with_parents("industries", content.industries),
            "trl": content.trl,
            "mode": _with_parents("transfer_modes", content.modes),
            "zone": achievement.zone_id,
            "holder": achievement.holder_id,
            "region": _with_parents("regions", (content.region or achievement.holder.region,)),
            "ip": tuple({right.kind for right in content.rights}),
            "band": price_band(content.price_fen).code if content.price_fen is not None else None,
            "price": content.price_fen,
            "year": local_date(achievement.published_at).year,
        },
    )


def completeness(content: Content) -> int:
    """Share of the optional fields that are filled, 0 to 100: a fuller description ranks a little higher."""
    filled = sum(bool(getattr(content, name)) for name in _COMPLETE)
    return round(100 * filled / len(_COMPLETE))


def _body(content: Content, achievement: Achievement) -> str:
    """All words by which it may be found: never those kept above the public level."""
    kept = {block for block, level in content.restricted if level != PUBLIC}
    blocks = [getattr(content, name) for name in RESTRICTABLE if name != "indicators" and name not in kept]
    indicators = [] if "indicators" in kept else [f"{i.name} {i.value}" for i in content.indicators]
    return "\n".join(
        part
        for part in (
            content.title_en,
            content.abstract,
            content.abstract_en,
            content.pain_point,
            *blocks,
            *indicators,
            *content.ipc,
            achievement.holder.name,
            achievement.holder.name_en,
        )
        if part
    )


def _with_parents(listed: str, chosen: Sequence[str]) -> tuple[str, ...]:
    """Codes and all codes above them, so that a filter by the whole finds its parts."""
    known = codes(listed)
    return tuple({item.code for code in chosen if code in known for item in known.path(code)})


def _visible(ctx: Context, ids: Sequence[str]) -> set[str]:
    """Of these, the ones that may be found at this moment."""
    # The rule is a column, not a condition: of two conditions SQLite would take the one that all published ones meet.
    findable = FIND.clause(ctx.actor, Achievement).label("findable")
    asked = ctx.session.execute(select(Achievement.id, findable).where(Achievement.id.in_(ids)))
    return {id_ for id_, yes in asked if yes}


def _everything(ctx: Context) -> Sequence[str]:
    return ctx.session.scalars(select(Achievement.id).where(Achievement.state == PUBLISHED)).all()


SEARCHABLE = Searchable(
    kind=KIND,
    document=search_document,
    visible=_visible,
    everything=_everything,
    kinds=("achievement.published", "achievement.withdrawn", "achievement.taken_down"),
)
