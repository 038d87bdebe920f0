"""The door for uploaded files. Nothing from outside is stored, opened or shown before it has been through here."""

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from marketplace.core.errors import DomainError
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.core.uploads.kinds import IMAGES, Kind, kind_of
from marketplace.core.uploads.limits import Limits
from marketplace.core.uploads.refusal import Reason, Refusal
from marketplace.core.uploads.sandbox import run_inspection
from marketplace.core.uploads.signatures import check_signature

LONGEST_NAME = 255
DEFAULT_LIMITS = Limits()
_SEPARATOR = re.compile(r"[/\\]")

MESSAGES = {
    Reason.NAME: _l("文件名过长或含有不允许的字符，请改名后重新上传"),
    Reason.KIND: _l("不接受这类文件，请上传 PDF、PNG、JPG、WebP、DOCX、XLSX 或 CSV"),
    Reason.EMPTY: _l("文件是空的"),
    Reason.SIZE: _l("文件过大，请压缩或拆分后重新上传"),
    Reason.MISMATCH: _l("文件内容与扩展名不符，请用原来的软件另存后重新上传"),
    Reason.POLYGLOT: _l("文件中夹带了另一种格式的内容，请用原来的软件另存后重新上传"),
    Reason.UNREADABLE: _l("文件已损坏，无法读取，请重新导出"),
    Reason.TOO_COMPLEX: _l("文件过于复杂，无法在限定的时间和内存内检查"),
    Reason.ENCRYPTED: _l("文件设有密码或权限限制，或为旧版 Office 格式，请另存为不加密的新版格式"),
    Reason.ARCHIVE_BOMB: _l("文件解压后过大"),
    Reason.ARCHIVE_PATH: _l("文件内部的路径不正确"),
    Reason.ARCHIVE_LINK: _l("文件内部含有链接，无法接受"),
    Reason.MACRO: _l("文件含有宏，请另存为不含宏的格式"),
    Reason.EMBEDDED: _l("文件中嵌入了其他文件，请删除后单独上传"),
    Reason.EXTERNAL: _l("文件引用了外部内容，请断开外部链接后重新上传"),
    Reason.ACTIVE: _l("文件含有脚本或自动执行的动作，请用打印方式重新生成"),
    Reason.XML_ENTITIES: _l("文件内部的 XML 含有不允许的声明"),
    Reason.XML_DEPTH: _l("文件内部的 XML 嵌套过深"),
    Reason.PIXELS: _l("图片尺寸过大，请缩小后重新上传"),
    Reason.PAGES: _l("PDF 页数过多，请拆分后重新上传"),
}


class UploadRefused(DomainError):
    """The file is not taken. `code` is a value of `Reason`, `message` says what the user can do."""

    status = 422

    def __init__(self, reason: Reason) -> None:
        super().__init__(MESSAGES[reason], code=reason.value)


@dataclass(frozen=True)
class Picture:
    """An image written anew, and its thumbnail, which is always WebP. Width and height are the image's, in pixels."""

    kind: Kind
    width: int
    height: int
    image: Path
    thumbnail: Path


def check(name: str, path: Path, limits: Limits = DEFAULT_LIMITS) -> Kind:
    """The kind of the file at `path`, uploaded under `name`. Raises UploadRefused."""
    kind = _kind(name)
    check_content(kind, path, limits)
    return kind


def check_content(kind: Kind, path: Path, limits: Limits = DEFAULT_LIMITS) -> None:
    """Raise UploadRefused unless the file at `path` is a harmless one of this kind, whatever it is called."""
    _inspect(kind, path, limits, None)


def picture(name: str, path: Path, into: Path, limits: Limits = DEFAULT_LIMITS) -> Picture:
    """Write the uploaded image anew into the directory `into`, without metadata, upright. Raises UploadRefused."""
    kind = _kind(name)
    if kind not in IMAGES:
        raise UploadRefused(Reason.KIND)
    found = _inspect(kind, path, limits, into)
    return Picture(
        kind=kind,
        width=int(found["width"]),
        height=int(found["height"]),
        image=into / str(found["image"]),
        thumbnail=into / str(found["thumbnail"]),
    )


def _kind(name: str) -> Kind:
    # Categories C: control characters, and the marks that turn `exe.fdp` around on the screen.
    if (
        len(name) > LONGEST_NAME
        or _SEPARATOR.search(name)
        or any(unicodedata.category(c)[0] == "C" for c in name)
    ):
        raise UploadRefused(Reason.NAME)
    kind = kind_of(name)
    if kind is None:
        raise UploadRefused(Reason.KIND)
    return kind


def _inspect(kind: Kind, path: Path, limits: Limits, into: Path | None) -> dict[str, int | str]:
    size = path.stat().st_size
    if size == 0:
        raise UploadRefused(Reason.EMPTY)
    if size > (limits.max_image_bytes if kind in IMAGES else limits.max_bytes):
        raise UploadRefused(Reason.SIZE)
    try:
        check_signature(path, kind)
        return run_inspection(path, kind, limits, into)
    except Refusal as refusal:
        raise UploadRefused(refusal.reason) from None
