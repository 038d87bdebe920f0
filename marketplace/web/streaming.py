"""Answers that are written while they are read."""

from collections.abc import Iterator

from flask import stream_with_context  # noqa: TID251 - the one door

from marketplace.core.context import Context


def streamed(ctx: Context, pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The pieces of an answer, made when they are asked for: after the request has given its connection back.

    So the connection that they take then is given back here, also when the reader goes away in the middle.
    """

    def giving_back() -> Iterator[bytes]:
        try:
            yield from pieces
        finally:
            ctx.session.close()

    return stream_with_context(giving_back())
