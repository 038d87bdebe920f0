"""What to tell the user about each problem: what is wrong, and how to change it."""

from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.tabular.records import Fault, Problem

PROBLEMS = {
    Problem.FORMULA: _l("单元格是公式，请复制后用“选择性粘贴 - 数值”改为固定内容"),
    Problem.ERROR_VALUE: _l("单元格是错误值，请改为实际内容"),
    Problem.PRECISION: _l("数字超过 15 位，表格软件已丢失末尾数字，请将该列设为文本格式后重新填写"),
    Problem.TOO_MANY_CELLS: _l("本行内容多于表头的列数，请检查是否有多余的分隔符"),
    Problem.QUOTES: _l("引号不配对，本行及以后的内容无法读取"),
    Problem.CELL_TOO_LONG: _l("单元格内容过长，请缩短；CSV 文件也可能是引号不配对"),
    Problem.ENCODING: _l("本行含有无法识别的字符，请以 UTF-8 编码保存"),
    Problem.LINE_TOO_LONG: _l("本行过长，请拆分"),
    Problem.NOT_JSON: _l("本行不是正确的 JSON"),
    Problem.NOT_AN_OBJECT: _l('本行不是 JSON 对象，应为 {"字段": 值} 的形式'),
    Problem.REPEATED_KEY: _l("本行中同一字段出现多次"),
    Problem.NESTED: _l("字段的值应为文字、数字或其列表，不能再嵌套对象"),
}

FAULTS = {
    Fault.ENCODING: _l("无法识别文件的编码，请以 UTF-8 或 GB18030 编码保存"),
    Fault.EMPTY: _l("表格是空的，第一行应为表头"),
    Fault.HEADER_EMPTY: _l("表头中有空白的列，请填写列名或删除该列"),
    Fault.HEADER_REPEATED: _l("表头中有重复的列名"),
    Fault.TOO_MANY_ROWS: _l("行数过多，请拆分为几个文件"),
    Fault.TOO_MANY_COLUMNS: _l("列数过多，请使用下载的模板"),
    Fault.UNREADABLE: _l("表格无法读取，请重新导出"),
}
