"""The form that makes a token."""

from wtforms import IntegerField, SelectField, StringField

from marketplace.accounts.tokens.services import SCOPES, USUAL_DAYS, NewToken
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.web.fields import Asked, CheckboxesField, options
from marketplace.web.forms import Form


class TokenForm(Form):
    label = StringField(_l("用途"), [Asked()], description=_l("例如：成果管理系统每日同步"))
    org_id = SelectField(_l("代表的单位"), validate_choice=False)
    scopes = CheckboxesField(_l("范围"), [Asked()], choices=options(SCOPES.items()), validate_choice=False)
    days = IntegerField(_l("有效期"), [Asked()], default=USUAL_DAYS, description=_l("1 到 365 天"))

    def offer(self, organisations: tuple[tuple[str, str], ...]) -> None:
        """Fill in the person's organisations."""
        self.org_id.choices = options(organisations, _l("仅以个人身份"))

    def token(self) -> NewToken:
        return NewToken(
            label=self.label.data or "",
            scopes=tuple(self.scopes.data or ()),
            org_id=self.org_id.data or None,
            days=self.days.data or 0,
        )
