"""Tables as people send them: the same rows in every format and encoding."""

import csv
import io
import json
from collections.abc import Iterable, Sequence

from openpyxl import Workbook, load_workbook

HEADER = (
    "单位内部编号",
    "成果名称",
    "成果简介",
    "关键词",
    "技术领域",
    "技术成熟度",
    "判断依据",
    "转化方式",
    "定价方式",
    "完成人",
)
ABSTRACT = (
    "针对高温烟气余热难以回收的问题，采用陶瓷蓄热体与旋转换向阀组合，回收效率达到百分之九十二，"
    "已在三条窑炉生产线连续运行十八个月，单线年节约标准煤四百吨。"
)


def complete(number: int, **changes: str) -> list[str]:
    """A row that may be submitted at once; `changes` are by Chinese header."""
    row = dict(
        zip(
            HEADER,
            (
                f"YX-{number:05d}",
                f"旋转换向蓄热燃烧装置第 {number} 型",
                ABSTRACT,
                "蓄热；余热回收",
                "工业与建筑节能",
                "8",
                "三条生产线运行记录",
                "普通许可",
                "面议",
                "沈禾|教授|云岫大学",
            ),
            strict=True,
        )
    )
    return list({**row, **changes}.values())


def rows(*numbers: int) -> list[Sequence[str]]:
    return [HEADER, *(complete(number) for number in numbers)]


def as_csv(table: Iterable[Sequence[str]], *, encoding: str = "utf-8", separator: str = ",") -> bytes:
    target = io.StringIO(newline="")
    csv.writer(target, delimiter=separator).writerows(table)
    return target.getvalue().encode(encoding)


def as_xlsx(table: Iterable[Sequence[object]]) -> bytes:
    workbook = Workbook()
    sheet = workbook.active
    for row in table:
        sheet.append(list(row))
    target = io.BytesIO()
    workbook.save(target)
    return target.getvalue()


def as_jsonl(table: Iterable[Sequence[str]]) -> bytes:
    header, *others = table
    lines = [json.dumps(dict(zip(header, row, strict=True)), ensure_ascii=False) for row in others]
    return "\n".join(lines).encode()


def csv_table(content: bytes) -> list[list[str]]:
    """What a downloaded CSV holds."""
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def xlsx_table(content: bytes) -> list[list[object]]:
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    return [list(row) for row in sheet.iter_rows(values_only=True)]
