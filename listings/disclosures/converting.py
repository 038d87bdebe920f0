"""From a disclosure to an offer: an achievement's draft with what the disclosure says in public."""

from listings.achievements.content import Completer, IpRight
from listings.achievements.content import Content as AchievementContent
from listings.achievements.content import to_json as achievement_json
from listings.achievements.drafting import create_draft, save_draft
from listings.achievements.secrecy import assess
from listings.disclosures.content import Content, Right, from_json
from listings.disclosures.policy import CONVERT
from listings.disclosures.reach import disclosure_for
from listings.disclosures.secrecy import last_assessment
from listings.secrecy import answers_in
from marketplace.core.context import Context
from marketplace.core.db import JSONObject
from marketplace.core.errors import Conflict
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.journal import record

_COPIED = (
    "title",
    "abstract",
    "keywords",
    "field",
    "trl",
    "modes",
    "rights",
    "completers",
    "fiscal_funded",
    "project",
)


def begin_achievement(ctx: Context, disclosure_id: str) -> str:
    """The id of the achievement draft made from a disclosure; asking again gives the same one.

    The answers to the secrecy questions are taken over with the text: the holder's people check both before they submit.
    Raises Forbidden for those who may not begin achievements, Conflict when the questions have changed since.
    """
    disclosure = disclosure_for(ctx, disclosure_id, CONVERT)
    if disclosure.achievement_id is not None:
        return disclosure.achievement_id
    answered = last_assessment(ctx, disclosure)
    if answered is None:
        raise Conflict(_l("请先完成保密自查"), code="not_cleared")
    achievement = create_draft(ctx)
    ctx.session.flush()
    assess(ctx, achievement.id, answers_in(answered))
    offered = achievement_json(public_part(from_json(disclosure.content)))
    changes: JSONObject = {name: offered[name] for name in _COPIED}
    save_draft(ctx, achievement.id, changes)
    disclosure.achievement_id = achievement.id
    disclosure.updated_at = ctx.now
    record(ctx, "disclosure.converted", disclosure.id, {"achievement": achievement.id})
    return achievement.id


def public_part(content: Content) -> AchievementContent:
    """What of a disclosure an offer may say: never shares, addresses, obligations or anything confidential."""
    project = content.projects[0] if content.projects else None
    return AchievementContent(
        title=content.title,
        abstract=content.abstract,
        keywords=content.keywords,
        field=content.fields[0] if content.fields else "",
        trl=content.trl,
        modes=content.modes,
        rights=tuple(_right(right, content.ip_state) for right in content.rights if right.kind),
        completers=tuple(
            Completer(name=person.name, unit=person.unit) for person in content.completers if person.name
        ),
        fiscal_funded=any(
            project.level in {"national", "ministry", "provincial", "municipal"}
            for project in content.projects
        ),
        project=" ".join(part for part in (project.name, project.number) if part)[:300] if project else "",
    )


def _right(right: Right, state: str) -> IpRight:
    known = {"filed": "filed", "granted": "granted", "secret": "secret"}
    return IpRight(kind=right.kind, number=right.number, state=known.get(state, ""))
