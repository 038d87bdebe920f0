"""The reasons for which an intent may be rejected: a published condition, or one of these and nothing else."""

from dataclasses import dataclass

from marketplace.core.phrases import Phrase

CONDITION = "condition"


@dataclass(frozen=True)
class Ground:
    """A statutory ground for rejecting an intent."""

    words: Phrase
    basis: Phrase


GROUNDS = {
    "identity": Ground(
        Phrase("身份或授权不能证明", "Identity or authority is not proven"),
        Phrase("电子商务法第二十七条", "E-Commerce Law, art. 27"),
    ),
    "forbidden_bidder": Ground(
        Phrase("属于不得参与的主体", "The party may not take part"),
        Phrase(
            "平台规则：出让方及其中介机构不得受让",
            "Rules of this platform: neither the seller nor its broker",
        ),
    ),
    "false_statement": Ground(
        Phrase("登记或声明不实", "The registration or a statement is false"),
        Phrase("平台规则：声明不实的登记无效", "Rules of this platform: a false statement is void"),
    ),
    "export_gate": Ground(
        Phrase("未通过技术出口核查", "The export gate is not passed"),
        Phrase("技术进出口管理条例", "Regulations on Import and Export of Technologies"),
    ),
    "deposit_rules": Ground(
        Phrase("违反保证金规则", "The rules on deposits are broken"),
        Phrase("公告的保证金条款", "The terms on deposits that were announced"),
    ),
}
