"""The columns of an import: what each is called in Chinese and English, what else people call it, how it is read."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from listings.achievements.labels import CODED, FIELDS
from listings.imports import cells, entries
from listings.imports.cells import Parser
from marketplace.core.errors import Words
from marketplace.core.i18n import lazy_gettext as _l

EXTERNAL_ID, TITLE, COMPLETER_UNIT = "external_id", "title", "completer_unit"
#: The column that a table of failed rows ends with; it is never read.
PROBLEMS_ZH, PROBLEMS_EN = "问题说明", "problems"


@dataclass(frozen=True)
class Column:
    """`name` is the English header and the API's name; `zh` the Chinese header; `also` are other people's headers.

    `field` is the content field it fills, empty for the holder's own number. `listed` names the code list of its
    values. `offered` columns are in the template; the others are understood when they come.
    """

    name: str
    zh: str
    field: str
    read: Parser
    also: tuple[str, ...] = ()
    listed: str = ""
    several: bool = False
    offered: bool = True

    @property
    def label(self) -> Words:
        """The name on the page."""
        return _OWN_LABELS.get(self.name) or FIELDS[self.field]

    @property
    def english(self) -> bool:
        """Is it the English text beside a Chinese one?"""
        return self.name.endswith("_en")


def _text(name: str, zh: str, *also: str, long: bool = False) -> Column:
    return Column(name, zh, name, cells.block if long else cells.line, also)


def _coded(name: str, zh: str, *also: str) -> Column:
    return Column(name, zh, name, cells.code_in(CODED[name]), also, CODED[name])


def _several(name: str, zh: str, *also: str) -> Column:
    return Column(name, zh, name, cells.codes_in(CODED[name]), also, CODED[name], several=True)


COLUMNS: tuple[Column, ...] = (
    Column(
        EXTERNAL_ID, "单位内部编号", "", cells.key,
        ("内部编号", "成果编号", "项目编号", "编号", "登记号", "case number", "reference", "ref", "code", "id"),
    ),
    _text(TITLE, "成果名称", "名称", "标题", "题目", "题名", "项目名称", "技术名称", "专利名称", "论文题目", "name", "technology"),
    _text("title_en", "英文名称", "英文标题", "英文题目", "english title"),
    _text("abstract", "成果简介", "简介", "摘要", "成果概述", "内容简介", "成果介绍", "技术简介", "description", "summary", long=True),
    _text("abstract_en", "英文简介", "英文摘要", "english abstract", long=True),
    Column("keywords", "关键词", "keywords", cells.words, ("关键字", "主题词", "标签", "keyword", "tags")),
    _coded("field", "技术领域", "领域", "所属领域", "学科", "学科分类", "discipline", "subject", "technology field"),
    _several("industries", "应用行业", "行业", "所属行业", "国民经济行业", "industry"),
    Column("ipc", "国际专利分类号", "ipc", cells.words, ("ipc分类号", "分类号")),
    _coded("category", "成果类别", "类别", "类型", "成果类型", "type"),
    _several("forms", "成果体现形式", "体现形式", "成果形式", "form"),
    _coded("attribute", "成果属性", "属性"),
    _coded("level", "成果水平", "水平", "评价水平"),
    _coded("region", "所在地区", "地区", "所在地", "省份", "城市"),
    Column("trl", "技术成熟度", "trl", cells.level, ("成熟度", "技术成熟度等级", "成熟度等级", "readiness level")),
    _text("trl_evidence", "判断依据", "成熟度依据", "成熟度说明", long=True),
    _coded("trl_assessor", "由谁判断", "评价方式"),
    _text("trl_assessor_name", "评价机构", "评价单位"),
    Column("trl_assessed_on", "评价日期", "trl_assessed_on", cells.day, ("评价时间",)),
    _text("pain_point", "解决的问题", "痛点", "技术背景", "problem", long=True),
    _text("principle", "技术原理", "原理", "技术方案", "技术内容", long=True),
    Column("indicators", "技术指标", "indicators", entries.indicators, ("主要指标", "性能指标")),
    _text("cases", "应用案例", "案例", "应用情况", "推广应用情况", long=True),
    _text("market", "市场与效益", "市场前景", "经济效益", "应用前景", long=True),
    _text("conditions", "实施条件", "转化条件", long=True),
    _text("risks", "风险提示", "风险", long=True),
    Column("rights", "知识产权", "rights", entries.rights, ("专利号", "专利", "知识产权清单", "权利清单", "patent", "patents", "patent number")),
    Column("rights_checked_on", "法律状态核查日期", "rights_checked_on", cells.day, ("核查日期",)),
    _several("modes", "转化方式", "交易方式", "合作方式", "转让方式", "拟转化方式", "mode"),
    _coded("price_mode", "定价方式", "报价方式"),
    Column("price_wan", "价格（万元）", "price_fen", cells.wan, ("价格", "转让价格（万元）", "报价（万元）", "转让价格", "意向价格（万元）", "price")),
    Column("price_yuan", "价格（元）", "price_fen", cells.yuan, ("转让价格（元）", "报价（元）"), offered=False),
    Column("price_fen", "价格（分）", "price_fen", cells.fen, offered=False),
    _text("payment_terms", "付款方式", "支付方式", long=True),
    _text("cooperation", "合作要求", long=True),
    Column("completers", "完成人", "completers", entries.people, ("发明人", "作者", "主要完成人", "完成人姓名", "inventor", "inventors", "authors", "author")),
    Column(COMPLETER_UNIT, "完成单位", "completers", entries.unit, ("单位", "持有单位", "机构", "center", "centre", "organisation", "organization", "institution")),
    Column("fiscal_funded", "财政资金支持", "fiscal_funded", cells.yes_or_no, ("是否财政资金支持", "财政资助")),
    _text("project", "项目来源", "课题来源", "资助项目", "funding"),
    Column("started", "研究起始年月", "started", cells.month, ("起始年月", "开始时间", "研究起始时间", "start")),
    Column("finished", "研究终止年月", "finished", cells.month, ("终止年月", "完成时间", "研究终止时间", "end")),
)  # fmt: skip

_OWN_LABELS: Mapping[str, Words] = {
    EXTERNAL_ID: _l("单位内部编号"),
    COMPLETER_UNIT: _l("完成单位"),
    "price_wan": _l("价格（万元）"),
    "price_yuan": _l("价格（元）"),
    "price_fen": _l("价格（分）"),
}
BY_NAME: Mapping[str, Column] = MappingProxyType({column.name: column for column in COLUMNS})
_BRACKETS = re.compile(r"[(（\[【][^)）\]】]*[)）\]】]")
_SIGNS = re.compile(r"[\s_*＊:：\-]+")
_NEVER_READ = frozenset({PROBLEMS_ZH, PROBLEMS_EN})


@dataclass(frozen=True)
class Named:
    """A column that a header may mean. `rank` 0: its own name; more: the place among its other names."""

    column: Column
    rank: int


def header_key(header: str) -> str:
    """A header without width, case and signs, to compare it."""
    return _SIGNS.sub("", unicodedata.normalize("NFKC", header).casefold())


def named(header: str) -> Named | None:
    """The column that a header names. A unit in brackets counts where a column has one, else brackets are a remark."""
    return _NAMES.get(header_key(header)) or _NAMES.get(header_key(_BRACKETS.sub("", header)))


def never_read(header: str) -> bool:
    """Is it the column of complaints that our own table of failed rows ends with?"""
    return header_key(header) in _NEVER_READ


def _all_names() -> Mapping[str, Named]:
    names: dict[str, Named] = {}
    for column in COLUMNS:
        for name in (column.name, column.zh):
            names[header_key(name)] = Named(column, 0)
    for column in COLUMNS:
        for rank, name in enumerate(column.also, start=1):
            names.setdefault(header_key(name), Named(column, rank))
    return MappingProxyType(names)


_NAMES = _all_names()
