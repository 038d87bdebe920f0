"""How long a public notice lasts, by kind, and the periods around objections, each with its legal basis."""

from datetime import date

from marketplace.core.terms import Bound, LegalBasis, SourceStatus, Term, Unit

AGREEMENT_PRICE, GRANT, REWARD = "agreement_price", "grant", "reward"
TENDER_CANDIDATES, RESULT, EVALUATION = "tender_candidates", "result", "evaluation"

_PLATFORM = ("平台规则", "", "Rules of this platform")


def _design(text: str, text_en: str) -> LegalBasis:
    law, article, law_en = _PLATFORM
    return LegalBasis(law, article, text, None, SourceStatus.DESIGN, law_en, text_en)


#: The least length of a notice of each kind. A unit may choose more, never less.
NOTICE_TERMS = {
    AGREEMENT_PRICE: Term(
        "notice.agreement.days",
        15,
        Unit.DAY,
        Bound.FLOOR,
        LegalBasis(
            "浙江省促进科技成果转化条例",
            "17",
            "协议定价的，在本单位和技术市场公示成果名称、简介、转化方式和拟交易价格，不少于十五日",
            date(2017, 5, 1),
            SourceStatus.VERIFIED,
            "Zhejiang Regulations on Promoting the Transformation of Achievements",
            "a price agreed by negotiation is shown in the unit and on the technology market for at least 15 days",
        ),
    ),
    GRANT: Term(
        "notice.grant.days",
        15,
        Unit.DAY,
        Bound.FLOOR,
        LegalBasis(
            "赋予科研人员职务科技成果所有权或长期使用权试点实施方案",
            "",
            "赋权前在单位内公示，不少于十五日",
            date(2020, 5, 9),
            SourceStatus.KNOWLEDGE,
            "Pilot plan on granting ownership or long-term use",
            "a grant is shown in the unit for at least 15 days before it is made",
        ),
    ),
    REWARD: Term(
        "notice.reward.wd",
        15,
        Unit.WORKDAY,
        Bound.FLOOR,
        LegalBasis(
            "关于科技人员取得职务科技成果转化现金奖励信息公示办法的通知",
            "",
            "现金奖励信息公示不少于十五个工作日",
            date(2018, 7, 26),
            SourceStatus.KNOWLEDGE,
            "Measures on showing cash rewards for transformation",
            "cash rewards are shown for at least 15 working days",
        ),
    ),
    TENDER_CANDIDATES: Term(
        "notice.tender_candidates.days",
        3,
        Unit.DAY,
        Bound.FLOOR,
        LegalBasis(
            "招标投标法实施条例",
            "54",
            "中标候选人公示期不得少于三日",
            date(2012, 2, 1),
            SourceStatus.VERIFIED,
            "Implementing Regulations of the Tendering and Bidding Law",
            "the candidates are shown for at least three days",
        ),
    ),
    RESULT: Term(
        "notice.result.wd",
        5,
        Unit.WORKDAY,
        Bound.FLOOR,
        LegalBasis(
            "企业国有资产交易监督管理办法",
            "",
            "交易结果公示不少于五个工作日",
            date(2016, 6, 24),
            SourceStatus.SECONDARY,
            "Measures on Supervising Trades of State-owned Assets of Enterprises",
            "the result of a trade is shown for at least five working days",
        ),
    ),
    EVALUATION: Term(
        "notice.evaluation.wd",
        5,
        Unit.WORKDAY,
        Bound.FLOOR,
        _design(
            "评价结果公示不少于五个工作日",
            "the result of an evaluation is shown for at least five working days",
        ),
    ),
}

MOST_UNITS = 90  # days or working days: a notice that never ends helps nobody

CONFIRM_TERM = Term(
    "notice.objection.confirm",
    72,
    Unit.HOUR,
    Bound.EXACT,
    _design("提出异议后七十二小时内确认联系方式", "whoever objects confirms the contact within 72 hours"),
)
ADMIT_TERM = Term(
    "notice.objection.admit_wd",
    3,
    Unit.WORKDAY,
    Bound.CEILING,
    _design(
        "三个工作日内决定是否受理，逾期视为受理",
        "it is decided within three working days whether an objection is admitted; silence admits it",
    ),
)
DECIDE_TERM = Term(
    "notice.objection.decide_wd",
    15,
    Unit.WORKDAY,
    Bound.CEILING,
    _design("受理后十五个工作日内作出决定", "an admitted objection is decided within 15 working days"),
)
EXTENDED_TERM = Term(
    "notice.objection.extended_wd",
    30,
    Unit.WORKDAY,
    Bound.CEILING,
    _design(
        "经说明理由可以延长一次，再加十五个工作日",
        "once, with reasons, the time to decide may be extended by another 15 working days",
    ),
)
APPEAL_TERM = Term(
    "notice.objection.appeal_wd",
    5,
    Unit.WORKDAY,
    Bound.FLOOR,
    _design(
        "对决定不服的，五个工作日内可向示范区申请复核",
        "an appeal to the zone may be made within five working days after the decision",
    ),
)
REVIEW_TERM = Term(
    "notice.objection.review_wd",
    15,
    Unit.WORKDAY,
    Bound.CEILING,
    _design("示范区十五个工作日内作出复核决定", "the zone decides an appeal within 15 working days"),
)
#: The file of a notice has to prove diligence for as long as somebody may ask; operators keep it longer than this floor.
RETENTION = Term(
    "retention.objector_years",
    3,
    Unit.YEAR,
    Bound.FLOOR,
    LegalBasis(
        "电子商务法",
        "31",
        "商品和服务信息、交易信息自交易完成之日起保存不少于三年",
        date(2019, 1, 1),
        SourceStatus.VERIFIED,
        "E-Commerce Law",
        "information on offers and trades is kept for at least three years after the trade",
    ),
)
MIN_REST = Term(
    "notice.objection.min_rest_d",
    3,
    Unit.DAY,
    Bound.FLOOR,
    _design("恢复后至少再公示三日", "after a suspension the notice runs for at least three more days"),
)
