"""Forms of verification: a certificate by its code, an evidence bundle by its file."""

from wtforms import StringField

from marketplace.core.i18n import lazy_gettext as _l
from marketplace.web.fields import Asked
from marketplace.web.forms import FileField, Form


class CodeForm(Form):
    class Meta(Form.Meta):
        csrf = False  # a question, asked by address

    request_key = None
    code = StringField(
        _l("验证码"), [Asked()], description=_l("证明或确认书右上角的十六位字母和数字，横线可以不填")
    )


class BundleForm(Form):
    file = FileField(
        _l("公示存证包"), [Asked()], description=_l("从公示页下载的 ZIP 文件，在本平台核对后即删除")
    )
