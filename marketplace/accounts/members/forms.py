"""Forms about members."""

from wtforms import EmailField, StringField

from marketplace.accounts.models import Organisation
from marketplace.accounts.roles import ROLES
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.web.fields import Asked, CheckboxesField, PasswordField, options
from marketplace.web.forms import Form


class RolesForm(Form):
    roles = CheckboxesField(_l("角色"), [Asked()], validate_choice=False)

    def offer(self, org: Organisation) -> None:
        """Fill in the roles of this kind of organisation."""
        self.roles.choices = options(ROLES[org.kind].items())


class InviteForm(RolesForm):
    email = EmailField(_l("邮箱"), [Asked()], description=_l("邀请会发到这个邮箱，7 天内有效"))


class JoinForm(Form):
    """For somebody who is invited and has no account yet: the address is the invitation's."""

    name = StringField(_l("姓名"), [Asked()], description=_l("请用真实姓名，单位管理员和审核人员会看到"))
    password = PasswordField(
        _l("密码"), [Asked()], description=_l("至少 10 个字符，可以用几个不相关的词组成，可以有空格")
    )
