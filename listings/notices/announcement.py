"""What notices bring to the registry."""

from listings.notices.letters import OBJECTOR_LETTERS, UNIT_LETTERS, ZONE_LETTERS
from listings.notices.lifecycle import NOTICE
from listings.notices.models import Notice
from listings.notices.objections.lifecycle import OBJECTION
from listings.notices.objections.models import Objection
from listings.notices.panels import terms_panel
from listings.notices.papers import notice_papers
from listings.notices.plan_source import SOURCE, plan_ended
from listings.notices.review import SUBJECT
from listings.notices.work import menu_links, work_items
from listings.plans.events import PlanEnded
from marketplace.core.registry import Registry
from marketplace.core.ticker import Clocked


def announce(registry: Registry) -> None:
    registry.review_subjects[SUBJECT.kind] = SUBJECT
    registry.notice_sources[SOURCE.kind] = SOURCE
    registry.on(PlanEnded, plan_ended)
    registry.clocked += [Clocked(Objection, OBJECTION), Clocked(Notice, NOTICE)]
    registry.papers["ntc"] = notice_papers
    registry.panels["zone"].append(terms_panel)
    registry.work.append(work_items)
    registry.menu.append(menu_links)
    registry.letters += [UNIT_LETTERS, ZONE_LETTERS, OBJECTOR_LETTERS]
