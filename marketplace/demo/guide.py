"""Whom a visitor of the demonstration can be."""

from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.registry import SampleLogIn
from marketplace.demo.market import PASSWORD

_PARTS = (
    ("he.zhiwei@minling.example", _l("高校技术转移中心：登记、导入、提交成果")),
    ("shen.molan@minling.example", _l("高校完成人：起草成果")),
    ("ye.zhaolin@minling.example", _l("高校校长办公室：登记集体决策")),
    ("xie.chiheng@minling.example", _l("高校审计处：承办公示异议")),
    ("fu.tingsong@lilan.example", _l("企业：登记受让意向、交纳保证金、报价")),
    ("wen.ruyu@yunling-office.example", _l("示范区审核员：审核成果、组织交易")),
    ("jing.anlan@yunling-office.example", _l("示范区第二审核员：复核下架")),
    ("bao.suxin@yunling-office.example", _l("示范区结算经办：登记到账和退还")),
    ("geng.qiushi@yunling-office.example", _l("示范区结算复核：复核保证金记录")),
    ("che.jingming@yunling-office.example", _l("示范区监督员：复核异议")),
    ("pu.shouzheng@yunling-office.example", _l("示范区管理员：机构核验、成员与角色、公示证明")),
)


def log_ins() -> list[SampleLogIn]:
    """The log-ins offered on the log-in page and printed at start."""
    return [SampleLogIn(email, PASSWORD, part) for email, part in _PARTS]
