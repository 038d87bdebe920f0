"""From which state on a trade has a protocol, and from which a result: read off the procedure, whatever it is."""

from auctions.procedure import Procedure


def over(procedure: Procedure, state: str) -> bool:
    """Can nobody register or offer any more, whatever happens?"""
    return not _reachable(procedure, state) & (procedure.registering | procedure.offering)


def decided(procedure: Procedure, state: str) -> bool:
    """Is the buyer known, or was? So in the states out of which a deal is confirmed, and in those it leads to."""
    confirms = [move for move in procedure.moves if move.target in procedure.succeeded]
    sources = frozenset().union(*(move.source for move in confirms))
    return state in sources or state in procedure.succeeded


def _reachable(procedure: Procedure, state: str) -> set[str]:
    """The state and everything that may follow it."""
    found, new = {state}, {state}
    steps = [(move.source, move.target) for move in procedure.moves]
    steps += [(clock.source, clock.target) for clock in procedure.clocks]
    while new:
        new = {target for source, target in steps if target is not None and source & new} - found
        found |= new
    return found
