"""Whatever is typed anywhere: it is stored as it was tidied, or complained about at its field. Never an error page."""

from hypothesis import given, settings
from hypothesis import strategies as st

from listings.achievements.content import RESTRICTABLE, from_json, to_json
from listings.achievements.rules import LONGEST
from listings.achievements.texts import tidy
from tests.listings.achievements.pages import controls

SECTIONS = ("basics", "maturity", "technology", "rights", "transfer", "people", "disclosure")
TEXTS = {
    "basics": ("title", "title_en", "abstract", "abstract_en"),
    "maturity": ("trl_evidence", "trl_assessor_name"),
    "technology": ("pain_point", "principle", "cases", "market", "conditions", "risks"),
    "transfer": ("payment_terms", "cooperation"),
    "people": ("project",),
}
#: Everything a browser can send: no halves of surrogate pairs, but every other character.
anything = st.text(st.characters(exclude_categories=["Cs"]), max_size=60) | st.sampled_from(
    ["\0", "\r\n", "１２．５", "24-06-01", "’; DROP TABLE", "<script>", "{{ 7*7 }}", "\u202e\ufeff", "🧪" * 30, "%s%(x)s", "٣", "１" * 40]
)  # fmt: skip


@settings(max_examples=60)
@given(section=st.sampled_from(sorted(TEXTS)), data=st.data())
def test_a_text_is_stored_as_tidied_or_complained_about(desk, officer, section, data):
    made = desk.cleared()
    path = f"/achievements/{made}/edit/{section}"
    form = controls(officer.get(path), path)
    name = data.draw(st.sampled_from(TEXTS[section]))
    text = data.draw(anything | st.text("字", min_size=LONGEST[name] - 1, max_size=LONGEST[name] + 1))
    answer = officer.post(path, data={**form, name: text})
    stored = getattr(from_json(desk.working(made).content), name)
    if answer.status_code == 303:
        assert stored == tidy(text)
    else:
        assert answer.status_code == 422
        assert stored == ""
        assert f'id="{name}-error"' in answer.text
        assert tidy(controls(answer, path)[name][0]) == tidy(text)


@settings(max_examples=60)
@given(section=st.sampled_from(SECTIONS), data=st.data())
def test_no_form_ends_in_an_error_page(desk, officer, section, data):
    """Every control filled with anything at all, as a program may do; what is stored can be read again."""
    made = desk.cleared()
    path = f"/achievements/{made}/edit/{section}"
    form = controls(officer.get(path), path)
    names = [name for name in form if name not in ("csrf_token", "request_key", "version")]
    typed = {name: data.draw(anything) for name in data.draw(st.lists(st.sampled_from(names), unique=True))}
    answer = officer.post(path, data={**form, **typed})
    assert answer.status_code in (303, 422)
    revision = desk.working(made)
    assert to_json(from_json(revision.content)) == revision.content
    assert (answer.status_code == 422) == bool(revision.typed) or section == "disclosure"
    assert officer.get(path).status_code == 200
    assert officer.get(f"/achievements/{made}/check").status_code == 200
    assert officer.get(f"/achievements/{made}/preview").status_code == 200


@given(levels=st.dictionaries(st.sampled_from(RESTRICTABLE), st.sampled_from(["public", "verified", "nda"])))
def test_levels_are_kept_as_chosen(desk, officer, levels):
    made = desk.cleared()
    path = f"/achievements/{made}/edit/disclosure"
    officer.post(path, data={**controls(officer.get(path), path), **levels})
    kept = dict(from_json(desk.working(made).content).restricted)
    assert kept == {block: level for block, level in levels.items() if level != "public"}


@given(st.text())
def test_tidying_twice_changes_nothing(text):
    assert tidy(tidy(text)) == tidy(text)
