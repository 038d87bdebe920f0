"""A procedure as a document: its states and moves as a diagram, its clocks with their terms and legal bases."""

from collections.abc import Iterator

from auctions.procedure import Clock, Move, Procedure
from marketplace.core.terms import Term

_HEAD = "| Move | From | To | Who | Journal | Words |\n| --- | --- | --- | --- | --- | --- |"
_TERMS = "| Term | Length | Bound | Basis | Status |\n| --- | --- | --- | --- | --- |"


def document(procedure: Procedure) -> str:
    """Markdown with a Mermaid state diagram: every state, every move, every clock."""
    lines = [
        f"# {procedure.words.en} ({procedure.words.zh})",
        "",
        "Made by `make docs`.",
        "",
        f"{procedure.about.en[0].upper()}{procedure.about.en[1:]}. Kind `{procedure.kind}`, numbers `{procedure.letters}`.",
        "",
        "```mermaid",
        *diagram(procedure),
        "```",
        "",
        _HEAD,
        *_moves(procedure),
        "",
        _TERMS,
        *_terms(procedure),
        "",
    ]
    return "\n".join(lines)


def diagram(procedure: Procedure) -> Iterator[str]:
    """The lines of a Mermaid state diagram. A move that changes no state is drawn as a note of its states."""
    yield "stateDiagram-v2"
    for stage in procedure.stages:
        yield f"    {stage.state}: {stage.words.en}"
    yield f"    [*] --> {procedure.initial}"
    acts: tuple[Move | Clock, ...] = (*procedure.moves, *procedure.clocks)
    for act in acts:
        for source in sorted(act.source):
            if act.target is not None:
                yield f"    {source} --> {act.target}: {act.name}"
    staying = [act.name for act in acts if act.target is None]
    if staying:
        yield f"    note right of {procedure.initial}: without a change of state: {', '.join(staying)}"
    for state in sorted(procedure.final):
        yield f"    {state} --> [*]"


def terms_of(procedure: Procedure) -> list[Term]:
    """What it counts by with the terms as they are given when nothing was chosen, each once."""
    chosen = procedure.terms()
    found = [term for stage in procedure.stages for term in stage.terms(chosen)]
    found += [term for clock in procedure.clocks for term in clock.terms]
    return list({term.name: term for term in found}.values())


def _moves(procedure: Procedure) -> Iterator[str]:
    for move in procedure.moves:
        yield _row(move.name, move.source, move.target, f"`{move.permission}`", move.event, move.words.en)
    for clock in procedure.clocks:
        yield _row(clock.name, clock.source, clock.target, "the clock", clock.event, clock.words.en)


def _row(name: str, source: frozenset[str], target: str | None, who: str, event: str, words: str) -> str:
    cells = (f"`{name}`", ", ".join(sorted(source)), target or "--", who, f"`trade.{event}`", words)
    return f"| {' | '.join(cells)} |"


def _terms(procedure: Procedure) -> Iterator[str]:
    for term in terms_of(procedure):
        basis = f"{term.basis.cited('en')}: {term.basis.said('en')}"
        cells = (
            f"`{term.name}`",
            f"{term.amount} {term.unit}",
            str(term.bound),
            basis,
            str(term.basis.status),
        )
        yield f"| {' | '.join(cells)} |"
