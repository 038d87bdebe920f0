"""Things to moderate: a kind of subject whose owner keeps everything in memory and notes what it is told."""

from dataclasses import dataclass, field

from marketplace.core.context import Context
from marketplace.core.errors import Conflict
from marketplace.moderation.cases import NewCase, close_case, open_case
from marketplace.moderation.models import Case
from marketplace.moderation.subjects import Change, Published, Reason, ReviewSubject
from tests.cast import Cast, Member

KIND = "thing"
RETURN_REASONS = (
    Reason("title_unclear", "名称不清", "title", "名称", "写明技术对象"),
    Reason("price_unit", "价格单位有误", "price", "价格"),
    Reason("other", "其他", "general", "整体"),
)
TAKE_DOWN_REASONS = (Reason("inaccurate", "内容失实"), Reason("other", "其他原因"))
ABUSE_REASONS = (Reason("not_owner", "发布者不是权利人"), Reason("other", "其他问题"))


@dataclass
class Things:
    """The owner of things. `told` are the acts moderation asked for, in order."""

    public: dict[str, Published] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=lambda: [Change("title", "名称", "", "柔性钙钛矿组件")])
    warnings: list[str] = field(default_factory=list)
    told: list[tuple[str, ...]] = field(default_factory=list)
    fails: bool = False

    def subject(self) -> ReviewSubject:
        return ReviewSubject(
            kind=KIND,
            label="物件",
            changes=lambda _ctx, _case: self.changes,
            publish=self._publish,
            return_=self._return,
            url=lambda subject: f"/things/{subject}",
            take_down=self._take_down,
            published=lambda _ctx, subject: self.public.get(subject),
            warnings=lambda _ctx, _case: self.warnings,
            return_reasons=lambda _language: RETURN_REASONS,
            take_down_reasons=lambda _language: TAKE_DOWN_REASONS,
            abuse_reasons=lambda _language: ABUSE_REASONS,
        )

    def publish_unasked(self, cast: Cast, subject: str = "thg_1", title: str = "水下焊接机器人") -> None:
        self.public[subject] = Published(title, cast.zone_id, cast.inventor.org_id)

    def _publish(self, _ctx: Context, case: Case) -> None:
        if self.fails:
            raise Conflict(code="stale")
        self.told.append(("publish", case.subject))

    def _return(self, _ctx: Context, case: Case, reasons: list, note: str) -> None:
        self.told.append(("return", case.subject, *(f"{r['code']}@{r['field']}" for r in reasons), note))

    def _take_down(self, ctx: Context, subject: str, reason: str, note: str) -> None:
        del self.public[subject]
        self.told.append(("take_down", subject, reason, note))
        close_case(ctx, KIND, subject)  # as owners do: whatever else waits about it is pointless now


def submitted(ctx: Context, cast: Cast, by: Member | None = None, **given: object) -> str:
    """The id of the case of a thing that the university's transfer office hands in."""
    values = {
        "kind": KIND,
        "subject": "thg_1",
        "zone_id": cast.zone_id,
        "org_id": cast.inventor.org_id,
        "title": "柔性钙钛矿组件",
        "submitted_by": (by or cast.tto_officer).user_id,
    }
    return open_case(ctx, NewCase(**{**values, **given})).id
