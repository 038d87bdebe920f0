"""Forms about one's own account."""

from wtforms import SelectField, StringField

from marketplace.accounts.profile.services import LANGUAGES
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.web.fields import Asked, PasswordField, options
from marketplace.web.forms import Form


class PersonalDataForm(Form):
    name = StringField(_l("姓名"), [Asked()])
    language = SelectField(
        _l("信件语言"),
        [Asked()],
        choices=options(LANGUAGES.items()),
        description=_l("信件中英文都有，先后由此决定"),
    )


class ChangePasswordForm(Form):
    current = PasswordField(_l("现在的密码"), [Asked()])
    password = PasswordField(
        _l("新密码"), [Asked()], description=_l("至少 10 个字符，可以用几个不相关的词组成，可以有空格")
    )
