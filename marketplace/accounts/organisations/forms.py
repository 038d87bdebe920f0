"""Forms about organisations. Choices depend on the language and the database, so the pages fill them in."""

from wtforms import SelectField, StringField, TextAreaField

from marketplace.accounts import vocabularies
from marketplace.accounts.organisations.input import ABOUT, NewOrganisation, Profile
from marketplace.accounts.roles import KINDS, ZONE_AUTHORITY
from marketplace.accounts.zones.queries import zone_choices
from marketplace.core.context import Context
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.web.fields import Asked, CheckboxesField, Limit, options
from marketplace.web.forms import Form

TEXTS = ("name", "credit_code", "name_en", "region", "about", "about_en", "contact")


class ProfileForm(Form):
    name = StringField(_l("单位全称"), [Asked()], description=_l("与营业执照或法人证书一致"))
    credit_code = StringField(_l("统一社会信用代码"), [Asked()], description=_l("18 位，可以带空格粘贴"))
    name_en = StringField(_l("英文名称"))
    region = SelectField(_l("所在地区"), validate_choice=False)
    about = TextAreaField(_l("单位简介"), [Limit(ABOUT)])
    about_en = TextAreaField(_l("英文简介"), [Limit(ABOUT)])
    contact = StringField(_l("公开联系方式"), description=_l("单位座机、邮箱或办公地址，会公开显示"))
    services = CheckboxesField(_l("服务类型"), validate_choice=False)

    def offer(self) -> None:
        """Fill in the choices."""
        self.region.choices = options(vocabularies.choices(vocabularies.REGIONS), _l("请选择"))
        self.services.choices = options(vocabularies.choices(vocabularies.SERVICES))

    def profile(self) -> Profile:
        """What was typed, as the command takes it."""
        return Profile(services=tuple(self.services.data or ()), **self._texts())

    def _texts(self) -> dict[str, str]:
        return {name: self[name].data or "" for name in TEXTS}


class NewOrganisationForm(ProfileForm):
    kind = SelectField(_l("机构类型"), [Asked()], validate_choice=False)
    zone_id = SelectField(
        _l("所在示范区"), [Asked()], validate_choice=False, description=_l("由该示范区的管理机构核验")
    )

    def offer_all(self, ctx: Context) -> None:
        """Fill in the choices, those from the database as well."""
        self.offer()
        kinds = {kind: name for kind, name in KINDS.items() if kind != ZONE_AUTHORITY}
        self.kind.choices = options(kinds.items(), _l("请选择"))
        zones = zone_choices(ctx)
        self.zone_id.choices = options(zones, None if len(zones) == 1 else _l("请选择"))

    def organisation(self) -> NewOrganisation:
        """What was typed, as the command takes it."""
        return NewOrganisation(
            services=tuple(self.services.data or ()),
            kind=self.kind.data or "",
            zone_id=self.zone_id.data or "",
            **self._texts(),
        )
