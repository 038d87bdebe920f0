"""Forms of single acts on a trade: begin it, assess a gate, suspend, supplement, deal with holders, ask and answer."""

from auctions.gates.models import EXPORT, RELATIONS, SECRECY, TITLE
from auctions.gates.services import LONGEST_NOTE, Assessment
from auctions.priority.services import Answer, NewHolder, Notice
from auctions.procedure import EXERCISED, WAIVED
from auctions.questions.services import LONGEST_ANSWER, LONGEST_QUESTION
from auctions.trades.forms.controls import LIKE_A_DATE, ChoiceField, words_of
from auctions.trades.labels import ANSWERS, HOLDER_KINDS, RESULTS
from auctions.trades.services import Suspension
from listings.achievements.forms.acts import ActForm
from listings.achievements.forms.fields import DayField, line, text
from listings.remarks import LONGEST_NOTE as LONGEST_REMARK
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.web.fields import options

_DOCUMENTS = {
    SECRECY: _l("保密审查意见的名称或文号"),
    TITLE: _l("权利登记簿副本或查询结果的编号"),
    EXPORT: _l("出口限制核查意见、许可意向书或许可证的编号"),
    RELATIONS: _l("关联关系声明或核查意见的编号"),
}


class NewTradeForm(ActForm):
    kind = ChoiceField(_l("交易方式"), choices=[])


class GateForm(ActForm):
    optional = frozenset({"expires_on", "note", "checked_on"})

    result = ChoiceField(
        _l("核查结果"), choices=options(words_of({code: said[0] for code, said in RESULTS.items()}))
    )
    document = line(_l("依据的文件"), _l("只填写名称或文号，不要写出文件内容"))
    checked_on = DayField(_l("核查日期"), description=LIKE_A_DATE)
    expires_on = DayField(_l("有效期至"), description=_l("不填的，直到交易内容改变为止；权属为核查后三十日"))
    note = text(_l("说明"), LONGEST_NOTE, _l("供办理人员查阅，不公开"), 3)

    def about(self, gate: str) -> "GateForm":
        """Say what this gate rests on."""
        self.document.description = _DOCUMENTS[gate]
        self.checked_on.flags.required = gate == TITLE
        return self

    def to_input(self, gate: str) -> Assessment:
        return Assessment(
            gate=gate,
            result=str(self.result.data or ""),
            document=self.document.data or "",
            checked_on=self.checked_on.data,
            expires_on=self.expires_on.data,
            note=self.note.data or "",
        )


class SuspendForm(ActForm):
    optional = frozenset({"document"})

    note = text(_l("中止原因"), LONGEST_REMARK, _l("公开显示，不要写出个人信息"), 3)
    document = line(_l("依据的文件"), _l("名称或文号，可以不填"))

    def to_input(self) -> Suspension:
        return Suspension(self.note.data or "", self.document.data or "")


class SupplementForm(ActForm):
    note = text(_l("补充公告"), LONGEST_REMARK, _l("公开显示，写明情况的变化和对交易的影响"), 5)


class HolderForm(ActForm):
    kind = ChoiceField(_l("权利的来源"), choices=options(words_of(HOLDER_KINDS)))
    name = line(_l("姓名或单位名称"))

    def to_input(self) -> NewHolder:
        return NewHolder(str(self.kind.data or ""), self.name.data or "")


class NoticeForm(ActForm):
    way = line(_l("通知方式"), _l("如书面送达、邮寄"))
    document = line(_l("通知或回执的编号"))

    def to_input(self) -> Notice:
        return Notice(self.way.data or "", self.document.data or "")


class AnswerForm(ActForm):
    answer = ChoiceField(
        _l("答复"), choices=options(words_of({code: ANSWERS[code][0] for code in (WAIVED, EXERCISED)}))
    )
    document = line(_l("答复文件的编号"), _l("优先购买权人签署的文件"))

    def to_input(self) -> Answer:
        return Answer(str(self.answer.data or ""), self.document.data or "")


class QuestionForm(ActForm):
    text = text(_l("问题"), LONGEST_QUESTION, _l("答复后公开，不显示提问单位"), 4)


class QuestionAnswerForm(ActForm):
    answer = text(_l("答复"), LONGEST_ANSWER, _l("公开显示，答复后不能修改"), 4)
