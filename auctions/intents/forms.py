"""Forms of intents: the statement, what is supplemented, the host's and the seller's answers."""

from typing import Any

from wtforms import BooleanField, HiddenField, RadioField
from wtforms.fields import SelectChoice

from auctions.intents.grounds import CONDITION, GROUNDS
from auctions.intents.labels import FOREIGN_WORDS, ground_words
from auctions.intents.review import Rejection
from auctions.intents.statement import (
    ALONE,
    CONSORTIUM,
    LONGEST,
    MOST_MEMBERS,
    TICKS,
    Partner,
    Statement,
)
from auctions.intents.supplements import LONGEST_ANSWER
from listings.achievements.forms.acts import ActForm
from listings.achievements.forms.fields import CodeField, YesNoField, line, text
from listings.achievements.forms.parts import PartsField
from listings.content_form import WholePart
from listings.remarks import LONGEST_NOTE
from marketplace.accounts.roles import AGENCY
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.web.forms import FileField

_JOINT = ("joint", "members", "agreement")
_AGENCY = ("behalf", "principal_name", "principal_code", "serves_seller")
_YES_NO = (_l("有"), _l("没有"))


class PartnerPart(WholePart):
    name = line(_l("成员名称"))
    credit_code = line(_l("统一社会信用代码"))


class StatementForm(ActForm):
    """The controls of a `Statement`, as far as they apply to the trade and the kind of organisation."""

    optional = frozenset(
        {
            *("related_kind", "related_who", "related_how", "no_influence", "members", "agreement"),
            *("principal_name", "principal_code", "paper", "kept_paper"),
        }
    )

    conditions = text(_l("怎样符合公告的条件"), LONGEST["conditions"], _l("逐项说明，并写明证明文件"), 5)
    contact = line(_l("联系人和联系方式"), _l("只有示范区和出让方能看到"))
    foreign = RadioField(_l("是否为境外机构或受境外控制"), choices=[], validate_choice=False)
    joint = RadioField(_l("参与方式"), choices=[], validate_choice=False, default=ALONE)
    members = PartsField(
        PartnerPart,
        _l("联合体其他成员"),
        MOST_MEMBERS,
        description=_l("成员不能再单独登记，也不能加入别的联合体"),
    )
    agreement = line(_l("联合体协议"), _l("协议的名称或编号；载明分工和连带责任，随文件上传"))
    related = YesNoField(
        _l("与出让方、完成人、中介机构或其他意向方有没有关联关系"),
        _YES_NO,
        description=_l("有关系不影响登记，会公开标明“有关联方参与”，不写名称；隐瞒的登记无效"),
    )
    related_kind = CodeField(_l("关系的类型"), "relation_kinds")
    related_who = line(_l("与谁有关系"))
    related_how = text(_l("是什么关系"), LONGEST["related_how"], rows=3)
    no_influence = BooleanField(_l("声明：没有利用这种关系影响定价和决策"))
    serves_seller = YesNoField(_l("在这项交易中是否为出让方提供服务"))
    behalf = YesNoField(_l("是否受他人委托登记"))
    principal_name = line(_l("委托方名称"))
    principal_code = line(_l("委托方统一社会信用代码"))
    paper = FileField(_l("证明文件"), description=_l("授权书、资格证明或联合体协议，合并为一个文件"))
    kept_paper = HiddenField()
    truthful = BooleanField(TICKS["truthful"])
    no_dishonesty = BooleanField(TICKS["no_dishonesty"])
    no_collusion = BooleanField(TICKS["no_collusion"])
    owner_disclosed = BooleanField(TICKS["owner_disclosed"])

    def __init__(self, kind: str, conditions: tuple[str, ...], *, consortium: bool) -> None:
        super().__init__()
        self.foreign.choices = [SelectChoice(code, words) for code, words in FOREIGN_WORDS.items()]
        self.joint.choices = [SelectChoice(ALONE, _l("单独参与")), SelectChoice(CONSORTIUM, _l("联合体"))]
        left_out: tuple[str, ...] = () if consortium else _JOINT
        left_out += () if kind == AGENCY else _AGENCY
        left_out += () if conditions else ("conditions",)
        for name in left_out:
            del self[name]

    def to_input(self) -> Statement:
        values: dict[str, Any] = {
            field.short_name: field.data
            for field in self
            if field.short_name in Statement.__dataclass_fields__ and field.short_name != "members"
        }
        given: dict[str, Any] = {name: "" if value is None else value for name, value in values.items()}
        rows: Any = self.members.kept if "members" in self else []
        return Statement(**given, members=tuple(Partner(**row) for row in rows))


class SupplementForm(ActForm):
    optional = frozenset({"paper", "kept_paper"})

    answer = text(_l("补充的内容"), LONGEST_ANSWER, rows=5)
    paper = FileField(_l("补充的文件"))
    kept_paper = HiddenField()


class OpinionForm(ActForm):
    optional = frozenset({"note"})

    note = text(_l("审查说明"), LONGEST_NOTE, _l("出让方和意向方能看到"), 3)


class RejectForm(ActForm):
    """The reasons offered are those that were published, and those of the law."""

    reason = RadioField(_l("驳回的理由"), choices=[], validate_choice=False)
    note = text(_l("事实和依据"), LONGEST_NOTE, _l("意向方和出让方会看到"), 4)

    def __init__(self, conditions: tuple[str, ...], **settings: Any) -> None:
        super().__init__(**settings)
        published = [
            SelectChoice(f"{CONDITION}-{number}", _l("公告的条件 %(n)s：%(text)s", n=number, text=words))
            for number, words in enumerate(conditions, 1)
        ]
        self.reason.choices = [
            *published,
            *(SelectChoice(code, ground_words(code)) for code in GROUNDS),
        ]

    def to_input(self) -> Rejection:
        ground, _dash, number = str(self.reason.data or "").partition("-")
        condition = int(number) if number.isascii() and number.isdigit() and len(number) < 4 else None
        return Rejection(ground, condition, self.note.data or "")

    def _find(self, name: str) -> Any:
        return super()._find("reason" if name in {"ground", "condition"} else name)
