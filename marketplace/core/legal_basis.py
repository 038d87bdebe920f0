"""Where a rule comes from, and how sure we are of it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum, unique

from marketplace.core.phrases import Locale, Phrase


@unique
class SourceStatus(StrEnum):
    """How a rule was verified."""

    VERIFIED = "V"  # the primary text was read
    SECONDARY = "V2"  # read in a secondary source; wording reliable, article number perhaps not
    KNOWLEDGE = "K"  # general practice, not verified in a text
    DESIGN = "D"  # a default of this platform, without legal source


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """One article of one law: `text` says in a sentence what it rules. English columns are optional.

    `effective_from` is None where no date is known: a practice, or a default of this platform.
    """

    law: str
    article: str
    text: str
    effective_from: date | None
    status: SourceStatus
    law_en: str = ""
    text_en: str = ""

    def in_force(self, on: date) -> bool:
        return self.effective_from is None or on >= self.effective_from

    def cited(self, locale: Locale) -> str:
        """《民法典》第201条 / Civil Code, art. 201; the law's Chinese name stands where no English one is known."""
        law = (self.law_en or self.law) if locale == "en" else self.law
        phrase = _CITED if self.article else _CITED_WHOLE
        return phrase.text(locale, law=law, article=self.article)

    def said(self, locale: Locale) -> str:
        """What the article rules, in a sentence."""
        return (self.text_en or self.text) if locale == "en" else self.text


_CITED = Phrase("《{law}》第{article}条", "{law}, art. {article}")
_CITED_WHOLE = Phrase("{law}", "{law}")


def _civil_code(article: str, text: str, text_en: str) -> LegalBasis:
    return LegalBasis("民法典", article, text, date(2021, 1, 1), SourceStatus.VERIFIED, "Civil Code", text_en)


START_NOT_COUNTED = _civil_code(
    "201", "按年、月、日计算的，开始当日不计，从次日起算", "the day a period starts on is not counted"
)
HOURS_AT_ONCE = _civil_code("201", "按小时计算的，从起点时刻起算", "a period of hours starts at once")
CORRESPONDING_DAY = _civil_code(
    "202",
    "按年、月计算的，到期月的对应日为最后一日；没有对应日的，为月末日",
    "a period of months or years ends on the corresponding day, or on the month's last day if there is none",
)
ENDS_AFTER_REST = _civil_code(
    "203",
    "最后一日是法定休假日的，顺延至休假日结束的次日；截止于当日 24:00",
    "if the last day is a day off, the period ends on the day after the days off, at 24:00",
)
ANNOUNCED_OTHERWISE = _civil_code(
    "204",
    "法律另有规定或者另有约定的，从其规定或者约定",
    "another way of counting applies where a law or an agreement says so",
)
WORKING_DAYS = LegalBasis(
    "全国年节及纪念日放假办法",
    "2",
    "周末和放假日不是工作日，调休上班日是工作日；每年以国务院办公厅通知为准",
    date(2025, 1, 1),
    SourceStatus.KNOWLEDGE,
    "Regulations on Public Holidays",
    "weekends and days off are no working days, make-up days are; the State Council's yearly notice decides",
)
