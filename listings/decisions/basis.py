"""Why a decision is recorded, and by what counts it stands."""

from datetime import date

from marketplace.core.legal_basis import LegalBasis, SourceStatus

COLLECTIVE = LegalBasis(
    law="国务院《实施〈促进科技成果转化法〉若干规定》（国发〔2016〕16号）",
    article="",
    text="科技成果转化的重大事项由领导班子集体决策",
    effective_from=date(2016, 2, 26),
    status=SourceStatus.KNOWLEDGE,
    law_en="State Council rules implementing the Law on Promoting the Transformation of Achievements (2016)",
    text_en="important matters of transformation are decided collectively by the leadership",
)
#: No law counts the votes of a unit's meeting: these are defaults of the platform.
MAJORITY = LegalBasis(
    law="平台规则",
    article="",
    text="法定人数须超过成员半数；赞成票超过到会人数的半数方为通过，弃权和回避的不计入赞成",
    effective_from=None,
    status=SourceStatus.DESIGN,
    law_en="Rules of this platform",
    text_en="a quorum is more than half of the members; more than half of those present must be in favour,"
    " so that abstentions and recusals count as not in favour",
)
