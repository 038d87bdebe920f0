"""What the bundle of a public notice has for people: its explanation and its text under a readable name."""

from collections.abc import Mapping

from listings.notices.explaining import explanation_pdf, started_text
from listings.notices.models import Notice
from marketplace.core.context import Context
from marketplace.core.journal import entries_of
from marketplace.evidence.verifier import EXPLANATION, READABLE


def notice_papers(ctx: Context, notice_id: str, members: Mapping[str, bytes]) -> dict[str, bytes]:
    """The papers of a notice that is or was public; there are none before."""
    notice = ctx.session.get(Notice, notice_id)
    if notice is None or not notice.public:
        return {}
    _digest, text = started_text(entries_of(ctx.session, notice_id), members)
    readable = {READABLE: text} if text else {}
    return {**readable, EXPLANATION: explanation_pdf(ctx, notice, members)}
