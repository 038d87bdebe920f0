"""The one thing the packages above use: search, suggest, and keep the index."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from search_index.engine import Generation, SearchEngine
from search_index.parsing import Parsed, parse
from search_index.query import Clauses, In, Query
from search_index.ranking import Ranked, count, ranked
from search_index.results import FacetValue, Results, SearchRequest, ShownHit
from search_index.schema import IndexDoc
from search_index.snippets import mark, snippet
from search_index.spelling import Speller
from search_index.suggest import Suggestion, suggest
from search_index.synonyms import SynonymTable
from search_index.terms import TermTable

Visible = Callable[[Sequence[str]], set[str]]
"""Which of these documents the reader may see at this moment, asked of the database."""


class SearchService:
    """Searching and indexing over one engine. Safe from any thread.

    `synonyms` may be replaced by a newly read table at any time.
    """

    def __init__(self, engine: SearchEngine, terms: TermTable, synonyms: SynonymTable) -> None:
        self.engine = engine
        self.synonyms = synonyms
        self._terms = terms
        self._speller = Speller(terms, synonyms)

    # ── reading ───────────────────────────────────────────────────────────────────────────────────

    def search(self, request: SearchRequest, visible: Visible | None = None) -> Results:
        """Answer a search. Never an empty page while some of the words find something.

        `visible` checks the rights again for the hits shown, so that an index that lags behind leaks nothing.
        Raises IndexMissingError while there is no index, SchemaError for unknown columns.
        """
        parsed = self._parse(request, request.text)
        found = ranked(self.engine, request, parsed)
        better = self._better(request) if found.exact == 0 and not parsed.clauses.empty else None
        corrected = better if found.page.total == 0 else None
        if corrected:
            parsed = self._parse(request, corrected)
            found = ranked(self.engine, request, parsed)
        shown, hidden = self._shown(request, found, parsed, visible)
        return Results(
            hits=shown,
            total=found.page.total - hidden,
            exact_total=found.exact,
            partial=found.partial,
            page=request.first // max(request.per_page, 1) + 1,
            per_page=request.per_page,
            facets=_facets(request, found),
            synonyms=parsed.synonyms,
            did_you_mean=better if better != corrected else None,
            corrected=corrected,
            relaxations={column: number for column, number in found.page.relaxed.items() if number},
            jump=self._jump(request, parsed, visible),
        )

    def suggest(self, typed: str, limit: int = 8) -> tuple[Suggestion, ...]:
        """Words, titles and numbers of public documents that begin as typed (or as their pinyin does)."""
        return suggest(self._terms, typed, limit)

    # ── writing ───────────────────────────────────────────────────────────────────────────────────

    def apply(self, docs: Iterable[IndexDoc], deleted: Iterable[str] = ()) -> Generation:
        """Put in these documents and take out those; both are findable (or not) when this returns.

        Idempotent: after a crash between its steps, applying the same again completes it.
        """
        listed, gone = list(docs), list(deleted)
        self.engine.upsert(listed)
        self.engine.delete(gone)
        generation = self.engine.commit()
        self._terms.apply(listed, gone)
        return generation

    def rebuild(self, docs: Iterable[IndexDoc]) -> Generation:
        """Build everything anew aside, then switch. Raises ValueError if an id comes twice."""
        with self._terms.rebuilding() as remember:
            return self.engine.rebuild(_telling(docs, remember))

    def close(self) -> None:
        self.engine.close()
        self._terms.close()

    # ── ───────────────────────────────────────────────────────────────────────────────────────────

    def _parse(self, request: SearchRequest, text: str) -> Parsed:
        return parse(text, self.synonyms if request.synonyms_on else None)

    def _better(self, request: SearchRequest) -> str | None:
        """A corrected text that finds something with all its words under the same filters."""
        text = self._speller.correct(request.text)
        if text is None or not count(self.engine, request, self._parse(request, text)):
            return None
        return text

    def _shown(
        self, request: SearchRequest, found: Ranked, parsed: Parsed, visible: Visible | None
    ) -> tuple[tuple[ShownHit, ...], int]:
        """The hits of the page, and how many were left out because the database says they may not be seen.

        Their places are filled with the hits that follow.
        """
        waiting = list(enumerate(found.hits))[request.first :]
        taken: list[tuple[int, str, float]] = []
        hidden = 0
        while waiting and len(taken) < request.per_page:
            missing = request.per_page - len(taken)
            candidates, waiting = waiting[:missing], waiting[missing:]
            allowed = (
                visible([hit.id for _, hit in candidates]) if visible else {hit.id for _, hit in candidates}
            )
            taken += [(place, hit.id, hit.score) for place, hit in candidates if hit.id in allowed]
            hidden += sum(hit.id not in allowed for _, hit in candidates)
        stored = self.engine.fetch([id_ for _, id_, _ in taken])
        shown = tuple(
            ShownHit(
                id=id_,
                kind=stored[id_].kind,
                title=mark(stored[id_].title, parsed.marks),
                snippet=snippet(stored[id_].summary, parsed.marks),
                partial=found.partial and place >= found.exact,
                score=score,
            )
            for place, id_, score in taken
            if id_ in stored
        )
        return shown, hidden

    def _jump(self, request: SearchRequest, parsed: Parsed, visible: Visible | None) -> str | None:
        if parsed.number is None:
            return None
        named = In("numbers", (parsed.number,))
        hits = self.engine.search(Query(Clauses(), request.audiences, (named,), limit=2)).hits
        if len(hits) != 1 or (visible and hits[0].id not in visible([hits[0].id])):
            return None
        return hits[0].id


def _telling(docs: Iterable[IndexDoc], remember: Callable[[IndexDoc], None]) -> Iterator[IndexDoc]:
    for doc in docs:
        remember(doc)
        yield doc


def _facets(request: SearchRequest, found: Ranked) -> dict[str, tuple[FacetValue, ...]]:
    """Counts with what is selected; a selected value stays to be seen when it counts nothing."""
    facets: dict[str, tuple[FacetValue, ...]] = {}
    for name, counts in found.page.facets.items():
        chosen = {
            value
            for one in request.filters
            if isinstance(one, In) and one.column == name
            for value in one.values
        }
        listed = [FacetValue(one.value, one.count, one.value in chosen) for one in counts]
        absent = chosen - {one.value for one in counts}
        facets[name] = (*listed, *(FacetValue(value, 0, True) for value in sorted(absent, key=str)))
    return facets
