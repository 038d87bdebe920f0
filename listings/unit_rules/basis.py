"""Where the duty to have internal rules comes from, and what they must hold."""

from datetime import date

from marketplace.core.legal_basis import LegalBasis, SourceStatus

#: What exempts deciders is having rules, made with the staff, and following them.
OBJECTION_PROCEDURE = LegalBasis(
    law="国务院《实施〈促进科技成果转化法〉若干规定》（国发〔2016〕16号）",
    article="",
    text="协议定价的，单位应当公示拟交易价格，并明确和公开异议处理程序和办法",
    effective_from=date(2016, 2, 26),
    status=SourceStatus.KNOWLEDGE,
    law_en="State Council rules implementing the Law on Promoting the Transformation of Achievements (2016)",
    text_en="whoever prices by agreement publicises the proposed price, and defines and publishes an objection procedure",
)
STAFF_CONSULTED = LegalBasis(
    law="促进科技成果转化法",
    article="44",
    text="制定转化奖励的规定，应当充分听取科技人员意见，并在本单位公开",
    effective_from=date(2015, 10, 1),
    status=SourceStatus.VERIFIED,
    law_en="Law on Promoting the Transformation of Achievements",
    text_en="rules are made after hearing the staff and are public inside the unit",
)
