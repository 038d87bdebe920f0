"""Forms of the way in."""

from wtforms import EmailField, StringField

from marketplace.core.i18n import lazy_gettext as _l
from marketplace.web.fields import Asked, PasswordField
from marketplace.web.forms import Form


class RegisterForm(Form):
    name = StringField(_l("姓名"), [Asked()], description=_l("请用真实姓名，单位管理员和审核人员会看到"))
    email = EmailField(_l("邮箱"), [Asked()], description=_l("用于登录和接收通知，建议使用单位邮箱"))
    password = PasswordField(
        _l("密码"), [Asked()], description=_l("至少 10 个字符，可以用几个不相关的词组成，可以有空格")
    )


class LogInForm(Form):
    email = EmailField(_l("邮箱"), [Asked()])
    password = PasswordField(_l("密码"), [Asked()])


class ConfirmForm(Form):
    password = PasswordField(_l("密码"), [Asked()], description=_l("注册时设置的密码"))


class RecoverForm(Form):
    email = EmailField(_l("邮箱"), [Asked()], description=_l("注册时使用的邮箱"))


class NewPasswordForm(Form):
    password = PasswordField(
        _l("新密码"), [Asked()], description=_l("至少 10 个字符，可以用几个不相关的词组成，可以有空格")
    )
