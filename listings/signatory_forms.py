"""Forms around a signature: not agreeing, and registering what was signed on paper."""

from listings.achievements.forms.acts import ActForm
from listings.achievements.forms.fields import line, text
from listings.signatories import LONGEST_REASON
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.web.forms import FileField


class DeclineForm(ActForm):
    reason = text(_l("不同意的理由"), LONGEST_REASON, _l("起草人能看到"), 3)


class PaperForm(ActForm):
    document = line(_l("签字文件编号"))
    file = FileField(_l("签字文件扫描件"), description=_l("PDF 或图片，须载明内容摘要并有本人签名"))
