"""Forms of an import: the file with its statement, and what the columns mean."""

from collections.abc import Sequence
from typing import Any

from wtforms import BooleanField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice

from listings.classification import codes
from listings.imports.columns import BY_NAME, COLUMNS, COMPLETER_UNIT, Column, never_read
from listings.imports.mapping import match_columns
from listings.imports.models import ImportJob
from listings.imports.notes import shortened
from listings.imports.services import Arrangement
from listings.imports.statement import Statement
from marketplace.core.errors import FieldError, Invalid
from marketplace.core.i18n import current_language
from marketplace.core.i18n import gettext as _
from marketplace.core.i18n import lazy_gettext as _l
from marketplace.web.forms import FileField, Form

SKIP, UPDATE = "skip", "update"
#: Columns for which a value may stand in where the file says nothing.
DEFAULTS = (
    "field", "trl", "trl_evidence", "category", "attribute", "region", "modes", "price_mode", "keywords",
    COMPLETER_UNIT,
)  # fmt: skip


class UploadForm(Form):
    """No file is kept without the statement."""

    file = FileField(_l("选择文件"), description=_l("xlsx、csv 或 jsonl，第一行为列名"))
    review_document = StringField(
        _l("保密审查文号"), description=_l("本单位对这份文件的保密审查意见文号（保守国家秘密法第三十五条）")
    )
    confirmed = BooleanField(
        _l("本文件内容已经本单位保密审查，不涉及国家秘密、未解密的国防专利和受管制的技术")
    )

    def to_statement(self) -> Statement:
        return Statement(self.review_document.data or "", bool(self.confirmed.data))


class _Columns(Form):
    """The parts that do not depend on the file."""

    duplicates = RadioField(
        _l("已有的成果"),
        choices=[
            SelectChoice(SKIP, _l("跳过，不改动已有成果")),
            SelectChoice(UPDATE, _l("用文件中的内容更新已有成果")),
        ],
        default=SKIP,
        description=_l("单位内部编号相同，或名称相同，视为同一成果"),
    )
    submit = BooleanField(_l("导入后直接提交审核（只提交内容完整的成果，其余存为草稿）"))
    all_or_nothing = BooleanField(_l("有一行不能导入时，全部不导入"))


def columns_form(job: ImportJob, holder_name: str) -> Any:
    """A choice for each header, a default for what files often lack, and the options; filled as the job says."""
    language = current_language()
    controls: dict[str, Any] = {}
    for place, header in enumerate(job.header):
        controls[_control(place)] = SelectField(
            header,
            choices=_column_choices(),
            default=str(job.mapping.get(header, "")),
            description=_samples(job, place),
            validate_choice=False,
        )
    for name in DEFAULTS:
        default = str(job.defaults.get(name, ""))
        controls[f"default_{name}"] = _default_control(BY_NAME[name], default, language, holder_name)
    form = type("ColumnsForm", (_Columns,), controls)(
        duplicates=UPDATE if job.update else SKIP, submit=job.submit, all_or_nothing=job.all_or_nothing
    )
    matches = match_columns(job.header, job.sample, {})
    form.certain = [
        form[_control(place)]
        for place, match in enumerate(matches)
        if _certain(job, match.column, match.sure, place)
    ]
    form.doubtful = [
        form[_control(place)] for place in range(len(job.header)) if form[_control(place)] not in form.certain
    ]
    form.defaults = [form[f"default_{name}"] for name in DEFAULTS]
    return form


def arrangement_of(form: Any, job: ImportJob) -> Arrangement:
    """What the form says."""
    return Arrangement(
        mapping={header: form[_control(place)].data or "" for place, header in enumerate(job.header)},
        defaults={name: str(form[f"default_{name}"].data or "") for name in DEFAULTS},
        update=form.duplicates.data == UPDATE,
        submit=bool(form.submit.data),
        all_or_nothing=bool(form.all_or_nothing.data),
    )


def complain(form: Any, invalid: Invalid) -> None:
    """Put the command's complaints beside the form's own controls."""
    form.complain(
        Invalid(
            FieldError(error.field.replace(".", "_", 1), error.code, error.message)
            for error in invalid.errors
        )
    )


def _control(place: int) -> str:
    return f"column_{place}"


def _certain(job: ImportJob, column: Column | None, sure: bool, place: int) -> bool:
    """Is the header's own meaning what is chosen? Then there is nothing to look at twice."""
    chosen = str(job.mapping.get(job.header[place], ""))
    return never_read(job.header[place]) or (sure and column is not None and chosen == column.name)


def _column_choices() -> list[SelectChoice]:
    return [
        SelectChoice("", _("不导入")),
        *(SelectChoice(column.name, str(column.label)) for column in COLUMNS),
    ]


def _samples(job: ImportJob, place: int) -> str:
    """The first values of a column, shortened."""
    values = [shortened(row[place])[:40] for row in job.sample if row[place].strip()][:3]
    return _("例：%(values)s", values=" | ".join(values)) if values else _("前几行没有内容")


def _default_control(column: Column, default: str, language: str, holder_name: str) -> Any:
    label = str(column.label)
    if column.name == COMPLETER_UNIT:
        choices = [SelectChoice("", _("不填")), SelectChoice(holder_name, holder_name)]
        return SelectField(label, choices=choices, default=default, validate_choice=False)
    if column.name == "trl":
        choices = [SelectChoice(code, f"{code} · {name}") for code, name in codes("trl").choices(language)]
        return SelectField(
            label, choices=[SelectChoice("", _("不填")), *choices], default=default, validate_choice=False
        )
    if column.listed:
        return SelectField(
            label, choices=_code_choices(column.listed, language), default=default, validate_choice=False
        )
    return StringField(label, default=default)


def _code_choices(listed: str, language: str) -> Sequence[SelectChoice]:
    known = codes(listed)
    return [
        SelectChoice("", _("不填")),
        *(
            SelectChoice(item.code, "　" * (len(known.path(item.code)) - 1) + item.label(language))
            for item in known
        ),
    ]
