"""What tests of notices ask for."""

import pytest

from tests.listings.notices.desk import NoticeDesk, Papers, announce, papers_of


@pytest.fixture
def papers(app, cast) -> Papers:
    """What the university has decided, announced as the source of notices of an agreed price."""
    made = papers_of(cast)
    announce(app, made)
    return made


@pytest.fixture
def desk(app, cast, clock, ctx_for, papers) -> NoticeDesk:
    return NoticeDesk(app, cast, clock, ctx_for, papers)
