"""What the rules fix about a grant, each with its source."""

from datetime import date

from listings.shares import WHOLE_BP
from marketplace.core.legal_basis import LegalBasis, SourceStatus
from marketplace.core.terms import Bound, Term, Unit

PLAN_128 = LegalBasis(
    law="赋予科研人员职务科技成果所有权或长期使用权试点实施方案",
    article="",
    text="长期使用权不少于十年；全体完成人书面约定，单位集体决策并公示后签订协议，再办理权属变更",
    effective_from=date(2020, 5, 9),
    status=SourceStatus.SECONDARY,
    law_en="Pilot plan on granting ownership or long-term use",
    text_en="long-term use lasts at least ten years; the completers agree in writing, the unit decides collectively"
    " and shows it publicly before the agreement is signed and the title changed",
)
INCOME = LegalBasis(
    law="促进科技成果转化法",
    article="45",
    text="国家设立的研究开发机构、高等院校给予完成人的奖励和报酬不低于净收入的百分之五十",
    effective_from=date(2015, 10, 1),
    status=SourceStatus.VERIFIED,
    law_en="Law on Promoting the Transformation of Scientific and Technological Achievements",
    text_en="completers in state institutes and universities receive at least 50% of the net income",
)
REGISTERED = LegalBasis(
    law="专利法",
    article="10",
    text="转让专利申请权或者专利权自登记之日起生效",
    effective_from=date(2021, 6, 1),
    status=SourceStatus.VERIFIED,
    law_en="Patent Law",
    text_en="the transfer of a patent or an application takes effect on its registration",
)
CO_OWNERS = LegalBasis(
    law="专利法",
    article="14",
    text="没有约定的，共有人可以单独实施或者普通许可，行使其他权利应当取得全体共有人同意",
    effective_from=date(2021, 6, 1),
    status=SourceStatus.VERIFIED,
    law_en="Patent Law",
    text_en="without an agreement a co-owner may exploit alone or grant an ordinary licence; anything else needs all",
)
USE_RIGHT = Term("grant.use_right.years", 10, Unit.YEAR, Bound.FLOOR, PLAN_128)
LONGEST_USE = 50  # years: longer than any right lives
#: Of the net income, to all completers together.
LEAST_INCOME_BP = WHOLE_BP // 2
#: What can be granted (objects of the plan); a title in these changes hands on registration only.
REGISTERED_KINDS = frozenset(
    {"patent_invention", "utility_model", "design", "software", "ic_layout", "plant_variety"}
)
PATENTS = frozenset({"patent_invention", "utility_model", "design"})
