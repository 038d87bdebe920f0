"""Periods of a disclosure as data: the unit's answer, those who have left, novelty."""

from datetime import date

from marketplace.core.terms import Bound, LegalBasis, SourceStatus, Term, Unit

#: No law sets a time; this one is the platform's own, so a zone or unit may only be quicker.
REPLY = Term(
    name="disclosure.reply_days",
    amount=30,
    unit=Unit.DAY,
    bound=Bound.CEILING,
    basis=LegalBasis(
        law="平台规则",
        article="",
        text="单位自收到职务科技成果披露之日起三十日内作出分类处置决定，逾期提请单位负责人督促",
        effective_from=None,
        status=SourceStatus.DESIGN,
        law_en="Rules of this platform",
        text_en="a unit decides on a disclosure within thirty days after it was received; lateness goes to its head",
    ),
)
POST_DEPARTURE = Term(
    name="disclosure.post_departure_months",
    amount=12,
    unit=Unit.MONTH,
    bound=Bound.EXACT,
    basis=LegalBasis(
        law="专利法实施细则",
        article="13",
        text="退休、调离原单位后或者劳动、人事关系终止后一年内作出的，与其在原单位承担的本职工作或者分配的任务有关的发明创造，属于职务发明创造",
        effective_from=date(2024, 1, 20),
        status=SourceStatus.VERIFIED,
        law_en="Implementing Regulations of the Patent Law",
        text_en=(
            "what somebody makes within a year after leaving a unit, related to the work or tasks they had there, "
            "is a service invention of that unit"
        ),
    ),
)
NOVELTY_GRACE = Term(
    name="disclosure.novelty_grace_months",
    amount=6,
    unit=Unit.MONTH,
    bound=Bound.EXACT,
    basis=LegalBasis(
        law="专利法",
        article="24",
        text="申请日以前六个月内，仅在该条列明的情形下公开的，不丧失新颖性",
        effective_from=date(2021, 6, 1),
        status=SourceStatus.VERIFIED,
        law_en="Patent Law",
        text_en="publication within six months before filing does not destroy novelty in the listed cases only",
    ),
)
