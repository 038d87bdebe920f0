"""Texts of letters from templates, in whatever language they are read in."""

from typing import Any

from flask import current_app

from marketplace.core.i18n import LazyString


def written(template: str, **facts: Any) -> LazyString:
    """The text of `templates/mail/<template>`, made when it is read. A letter is plain text: nothing is escaped."""
    return LazyString(_render, template, facts)


def _render(template: str, facts: dict[str, Any]) -> str:
    return current_app.jinja_env.get_template(f"mail/{template}").render(facts).strip()
