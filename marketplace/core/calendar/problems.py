"""What can be wrong with a calendar file, in both languages."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum, unique

from marketplace.core.phrases import Locale, Phrase


@unique
class ProblemCode(StrEnum):
    TOO_LARGE = "too_large"
    NOT_JSON = "not_json"
    NOT_AN_OBJECT = "not_an_object"
    UNKNOWN_KEY = "unknown_key"
    BAD_YEAR = "bad_year"
    NO_SOURCE = "no_source"
    BAD_PAPER = "bad_paper"
    BAD_DOCUMENT_NUMBER = "bad_document_number"
    NO_DAYS = "no_days"
    BAD_DAY = "bad_day"
    BAD_DATE = "bad_date"
    BAD_FLAG = "bad_flag"
    BAD_NAME = "bad_name"
    REPEATED_DATE = "repeated_date"
    OUTSIDE_YEAR = "outside_year"
    MISSING_HOLIDAY = "missing_holiday"
    MISSING_FESTIVAL = "missing_festival"
    REPEATED_YEAR = "repeated_year"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to correct: `where` is a path such as ``days[3].date`` or a file name, `value` what was found."""

    code: ProblemCode
    where: str
    value: str = ""

    def text(self, locale: Locale) -> str:
        return _SENTENCES[self.code].text(locale, where=self.where, value=self.value)


class CalendarInvalid(ValueError):
    """A calendar file cannot be used; lists every problem found, not only the first."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(problem.text("en") for problem in self.problems))

    def text(self, locale: Locale) -> str:
        """One line a problem."""
        return "\n".join(problem.text(locale) for problem in self.problems)


_SENTENCES = {
    ProblemCode.TOO_LARGE: Phrase(
        "{where}：文件过大（{value} 字节），放假安排不会超过 256 KiB",
        "{where}: the file is too large ({value} bytes); a calendar is never over 256 KiB",
    ),
    ProblemCode.NOT_JSON: Phrase(
        "{where}：不是 UTF-8 编码的 JSON 文件（{value}）", "{where}: not a JSON file in UTF-8 ({value})"
    ),
    ProblemCode.NOT_AN_OBJECT: Phrase(
        "{where}：应为含 year、papers、days 的对象", "{where}: must be an object with year, papers and days"
    ),
    ProblemCode.UNKNOWN_KEY: Phrase("{where}：不认识的字段 {value}", "{where}: unknown field {value}"),
    ProblemCode.BAD_YEAR: Phrase(
        "{where}：年份须为 2008 至 2100 的整数，现为 {value}",
        "{where}: the year must be a whole number from 2008 to 2100, not {value}",
    ),
    ProblemCode.NO_SOURCE: Phrase(
        "{where}：须写明依据——papers 填通知网址，或 document_number 填文号",
        "{where}: name the source: papers with the notice's address, or document_number",
    ),
    ProblemCode.BAD_PAPER: Phrase(
        "{where}：不是以 http:// 或 https:// 开头的网址：{value}",
        "{where}: not an address starting with http:// or https://: {value}",
    ),
    ProblemCode.BAD_DOCUMENT_NUMBER: Phrase(
        "{where}：文号应形如“国办发明电〔2025〕7号”，现为 {value}",
        "{where}: a document number looks like 国办发明电〔2025〕7号, not {value}",
    ),
    ProblemCode.NO_DAYS: Phrase(
        "{where}：没有任何放假或上班日期，该年安排可能尚未公布",
        "{where}: no days off or make-up days; the year's notice is probably not published yet",
    ),
    ProblemCode.BAD_DAY: Phrase(
        "{where}：应为只含 name、date、isOffDay 的对象",
        "{where}: must be an object with name, date and isOffDay and nothing else",
    ),
    ProblemCode.BAD_DATE: Phrase(
        "{where}：日期须写作 YYYY-MM-DD，现为 {value}", "{where}: the date must be YYYY-MM-DD, not {value}"
    ),
    ProblemCode.BAD_FLAG: Phrase(
        "{where}：须为 true（放假）或 false（上班），现为 {value}",
        "{where}: must be true (day off) or false (working day), not {value}",
    ),
    ProblemCode.BAD_NAME: Phrase("{where}：节日名称不能为空", "{where}: the name of the holiday is missing"),
    ProblemCode.REPEATED_DATE: Phrase(
        "{where}：日期 {value} 重复", "{where}: the date {value} appears twice"
    ),
    ProblemCode.OUTSIDE_YEAR: Phrase(
        "{where}：{value} 不属于该年（上年 12 月 25 日起可以）",
        "{where}: {value} is outside the year (from 25 December of the year before is allowed)",
    ),
    ProblemCode.MISSING_HOLIDAY: Phrase(
        "{where}：缺少法定假日 {value}，文件不完整",
        "{where}: the statutory holiday {value} is missing, so the file is incomplete",
    ),
    ProblemCode.MISSING_FESTIVAL: Phrase(
        "{where}：缺少{value}，文件不完整", "{where}: {value} is missing, so the file is incomplete"
    ),
    ProblemCode.REPEATED_YEAR: Phrase(
        "{where}：{value} 年已由另一文件给出", "{where}: the year {value} is given by another file already"
    ),
    ProblemCode.UNREADABLE: Phrase("{where}：无法读取（{value}）", "{where}: cannot be read ({value})"),
}
