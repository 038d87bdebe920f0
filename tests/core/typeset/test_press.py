"""Papers: what people typed comes out as they typed it, in the same bytes everywhere, in a form that can be kept."""

import hashlib
import re
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.core.typeset import drawable, pdf
from marketplace.core.typeset.letters import FONTS
from tests.browser.pdf_text import pages_of, plain

AT = datetime(2026, 3, 1, 1, 2, 3, tzinfo=UTC)
TEMPLATE = """
#show: paper.with("题目", "记号")
正文从此开始 #said(facts.words) 正文到此结束
#pairs("甲", facts.words)
"""
#: Two letters that share one drawing in the font: a reader of the PDF gets the other one.
TWINS = set("•➊➋➌➎ㅎㅜ")


def words_in(made: bytes) -> str:
    return "".join(pages_of(made))


@given(st.text(st.one_of(st.sampled_from("#$\\*@_`~<>[]{}\"'/=-+"), st.characters(exclude_characters=TWINS))))
def test_whatever_people_typed_comes_out_as_text(words):
    found = words_in(pdf(TEMPLATE, {"words": words}, AT))
    assert f"正文从此开始{plain(drawable(words))}正文到此结束" in found


@pytest.mark.parametrize(
    "code",
    [
        '#panic("caught")',
        '#read("/README.md")',
        '#import "@preview/cetz:0.3.0"',
        "$ sum $",
        "]] #sys.inputs [[",
        "\\u{41}",
        "= 标题",
        "https://x.example//注释 /* 注释 */",
    ],
)
def test_code_of_the_typesetter_is_text_too(code):
    assert plain(code) in words_in(pdf(TEMPLATE, {"words": code}, AT))


def test_a_letter_that_the_fonts_lack_is_named():
    found = words_in(pdf(TEMPLATE, {"words": "\U00020bb7野家 骉 \u36c3"}, AT))
    assert plain("〔U+20BB7〕野家 骉 〔U+36C3〕").replace("骉", plain(drawable("骉"))) in found


def test_what_turns_the_direction_of_text_is_named_and_breaks_of_lines_stay():
    assert drawable("甲\u202e乙\r\n丙\t丁\x00\udc80") == "甲〔U+202E〕乙\n丙 丁〔U+0000〕〔U+DC80〕"


def test_equal_facts_give_equal_bytes_and_another_date_another_document():
    first, second = (pdf(TEMPLATE, {"words": "同样"}, AT) for _ in range(2))
    assert first == second
    assert pdf(TEMPLATE, {"words": "同样"}, AT + timedelta(seconds=1)) != first


def test_a_paper_is_made_for_keeping_and_for_all_readers():
    with pikepdf.open(BytesIO(pdf(TEMPLATE, {"words": "内容"}, AT))) as document:
        about = document.open_metadata()
        assert (about["pdfaid:part"], about["pdfaid:conformance"], about["pdfuaid:part"]) == ("2", "A", "1")
        assert about["dc:title"] == "题目"
        assert document.Root.Lang == "zh-CN"
        assert about["xmp:CreateDate"].startswith("2026-03-01T01:02:03")
        fonts = {str(font.BaseFont)[8:] for page in document.pages for font in page.Resources.Font.values()}
    assert fonts == {"NotoSansSC-Regular"}


def test_a_very_long_word_is_broken_over_lines_and_copied_as_one():
    narrow = '#set document(title: "窄")\n#set page(width: 60mm, height: auto)\n#said(facts.words)'
    word, heights = "W4" * 120, []
    for words in ("W4", word):
        made = pdf(narrow, {"words": words}, AT)
        assert words in words_in(made)
        assert "\u200b" not in words_in(made)
        with pikepdf.open(BytesIO(made)) as document:
            heights.append(float(document.pages[0].MediaBox[3]))
    assert heights[1] > heights[0] * 2


def test_the_fonts_are_those_that_are_recorded():
    told = dict(
        re.findall(r"^\| (\S+\.ttf) \| ([0-9a-f]{64}) \|$", (FONTS / "README.md").read_text(), re.MULTILINE)
    )
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in FONTS.glob("*.ttf")}
    assert told == found
    assert len(found) == 2
