"""Rules every template keeps, whoever writes it: the strict policy, escaping, CSRF, and names that exist."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from marketplace.paths import resource
from marketplace.web.icons import Icons

TEMPLATES = sorted(resource("templates").rglob("*.html"))
STATIC = resource("static")
# Templates that may use |safe, with the number of times. Each use needs a reason beside it.
SAFE_ALLOWED: dict[str, int] = {}

_COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
_JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_EVENTS = r"on(?:click|change|submit|input|load|error|focus|blur|key\w+|mouse\w+|pointer\w+|toggle)"
_FORM = re.compile(r"<form\b(?P<tag>(?:\{\{.*?\}\}|\{%.*?%\}|[^>])*)>(?P<body>.*?)</form>", re.DOTALL)
_CLASS = re.compile(r"\b[clu]-[a-z]+(?:-[a-z]+)*(?:__[a-z]+(?:-[a-z]+)*)?(?:--[a-z]+(?:-[a-z]+)*)?")

RULES: dict[str, re.Pattern[str]] = {
    "an inline style": re.compile(r"<[^>]*\sstyle\s*=", re.DOTALL),
    "an inline event handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.DOTALL),
    "an inline script": re.compile(r"<script(?![^>]*\bsrc=)[^>]*>|<script[^>]*>\s*[^<\s]"),
    "a style element": re.compile(r"<style\b"),
    "a data: address": re.compile(r"""(?:["'(]|=)\s*data:[a-z]+/""", re.IGNORECASE),
}
RAW_RULES: dict[str, re.Pattern[str]] = {
    "a style or an event handler given to a macro": re.compile(rf"\b(?:style|{_EVENTS})_?\s*=\s*[\"'~(a-z]"),
    "htmx that needs eval": re.compile(r"hx-on|hx-live|[\"']js:|hx-trigger=\"[^\"]*\["),
    "escaping switched off": re.compile(r"\{%-?\s*autoescape\s+false"),
}


def text_of(path: Path) -> str:
    return _COMMENT.sub("", path.read_text(encoding="utf-8"))


def complaints(source: str) -> Iterator[str]:
    """What is wrong with the source of a template, without its comments."""
    html = _JINJA.sub("x", source)
    yield from (f"holds {what}" for what, pattern in RULES.items() if pattern.search(html))
    yield from (f"holds {what}" for what, pattern in RAW_RULES.items() if pattern.search(source))
    for form in _FORM.finditer(source):
        if (
            re.search(r"""method\s*=\s*["']?post""", form["tag"], re.IGNORECASE)
            and "csrf" not in form["body"]
        ):
            yield "holds a post form without its CSRF field"


def names(source: str, function: str) -> set[str]:
    """The literal first arguments of calls of `function`."""
    return set(re.findall(rf"""\b{function}\(\s*["']([^"']+)["']\s*[,)]""", source))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(resource("templates"))))
def test_a_template_keeps_the_rules(path):
    source = text_of(path)
    assert list(complaints(source)) == []
    allowed = SAFE_ALLOWED.get(str(path.relative_to(resource("templates"))), 0)
    assert len(re.findall(r"\|\s*safe\b", source)) <= allowed
    assert {name for name in names(source, "asset") if not (STATIC / name).is_file()} == set()


@pytest.mark.parametrize(
    "bad",
    [
        '<p style="color: red">',
        '<p class="{{ a > b }}" style=x>',
        "<button onclick=go()>",
        "{{ field(form.x, onchange='go()') }}",
        "<script>go()</script>",
        '<script src="/x.js">go()</script>',
        "<style>p {}</style>",
        '<img src="data:image/png;base64,AAAA">',
        '<a hx-on:click="go()">',
        "<input hx-trigger=\"keyup[key=='Enter']\">",
        '<form method="post" action="/x"><button>x</button></form>',
        "<form class=\"{{ 'a' if b > c }}\" method=post></form>",
        "{% autoescape false %}{{ x }}{% endautoescape %}",
    ],
)
def test_each_offence_is_seen(bad):
    assert list(complaints(bad))


@pytest.mark.parametrize(
    "good",
    [
        '<form method="post" action="/x">{{ csrf() }}<button>x</button></form>',
        '<form method="get"><input name="q"></form>',
        '<script src="{{ asset("js/page.js") }}" type="module"></script>',
        "<p data-saved='{{ _('已保存') }}'>{% if once %}x{% endif %}</p>",
    ],
)
def test_what_is_allowed_raises_no_complaint(good):
    assert list(complaints(good)) == []


def test_every_icon_named_in_a_template_is_vendored():
    known = Icons(STATIC / "vendor" / "tabler-icons").names
    sources = [text_of(path) for path in TEMPLATES]
    asked = {name for source in sources for name in names(source, "icon")}
    asked |= {name for source in sources for name in re.findall(r"""icon_name=["']([^"']+)["']""", source)}
    assert asked
    assert asked <= known


def test_every_class_in_a_template_has_its_block_in_a_style_sheet():
    styles = "".join(path.read_text(encoding="utf-8") for path in (STATIC / "css").glob("*.css"))
    styled = set(_CLASS.findall(styles))
    blocks = {re.split("__|--", name)[0] for name in styled}
    unknown = {}
    for path in TEMPLATES:
        for attribute in re.findall(r"""class_?=(["'])(.*?)\1""", _JINJA.sub(" ", text_of(path))):
            for name in _CLASS.findall(attribute[1]):
                if name not in styled and re.split("__|--", name)[0] not in blocks:
                    unknown[name] = path.name
    assert unknown == {}


def test_every_template_compiles(app):
    for path in TEMPLATES:
        app.jinja_env.get_template(str(path.relative_to(resource("templates"))))
