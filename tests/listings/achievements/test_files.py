"""Pictures and documents: what is let in, what is refused in words, and how files are given out."""

import io

import pytest

from tests.listings.achievements.pages import words
from tests.listings.achievements.pictures import add_picture, png

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"


def send(browser, made, name, content, level="public"):
    data = {"file": (io.BytesIO(content), name), "level": level}
    return browser.submit(f"/achievements/{made}/files", data, content_type="multipart/form-data")


def test_a_picture_is_written_anew_and_listed(officer, desk):
    made = desk.cleared()
    assert send(officer, made, "阵列实物.png", png()).status_code == 303
    (file,) = desk.working(made).content["files"]
    assert (file["role"], file["level"], file["name"]) == ("image", "public", "阵列实物.png")
    page = officer.get(f"/achievements/{made}/edit/materials")
    assert "“阵列实物.png”已上传" in words(page)
    assert f"/files/{file['thumbnail']}/" in page.text
    picture = officer.get(f"/achievements/{made}/files/{file['digest']}/x.png", buffered=True)
    assert picture.headers["Content-Type"] == "image/png"
    assert picture.headers["Content-Disposition"].startswith("inline")
    assert "sandbox" in picture.headers["Content-Security-Policy"]
    small = officer.get(f"/achievements/{made}/files/{file['thumbnail']}/x.png", buffered=True)
    assert small.headers["Content-Type"] == "image/webp"


def test_a_document_is_given_out_to_be_saved(officer, desk):
    made = desk.cleared()
    assert send(officer, made, "指标.csv", "指标,值\n检出限,50\n".encode()).status_code == 303
    (file,) = desk.working(made).content["files"]
    answer = officer.get(f"/achievements/{made}/files/{file['digest']}/x", buffered=True)
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("page.html", b"<script>alert(1)</script>", "不接受这类文件"),
        ("logo.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>", "不接受这类文件"),
        ("page.png", b"<script>alert(1)</script>", "文件内容与扩展名不符"),
        ("empty.png", b"", "文件是空的"),
        ("half.png", png()[:200], "文件已损坏"),
        ("act.pdf", PDF, "文件"),
        ("exe.png.exe", b"MZ", "不接受这类文件"),
        ("名\u202egnp.exe", b"MZ", "文件名过长或含有不允许的字符"),
        ("n" * 300 + ".png", png(), "文件名过长或含有不允许的字符"),
    ],
)
def test_what_may_harm_is_refused_in_words(officer, desk, name, content, sentence):
    made = desk.cleared()
    answer = send(officer, made, name, content)
    assert answer.status_code == 422
    assert words(answer).count(f"未保存：{sentence}") == 2  # in the summary and at the control
    assert desk.working(made).content["files"] == []
    assert send(officer, made, "好的.png", png()).status_code == 303


def test_no_file_and_no_level_are_said(officer, desk):
    made = desk.cleared()
    nothing = officer.submit(f"/achievements/{made}/files", {"level": "public"})
    assert (nothing.status_code, words(nothing).count("选择要上传的文件")) == (422, 2)
    wrong = send(officer, made, "x.png", png(), level="secret")
    assert (wrong.status_code, words(wrong).count("选择查看范围")) == (422, 2)


def test_the_same_file_again_takes_the_new_level(officer, desk):
    made = desk.cleared()
    send(officer, made, "x.png", png())
    send(officer, made, "y.png", png(), level="nda")
    (file,) = desk.working(made).content["files"]
    assert (file["name"], file["level"]) == ("y.png", "nda")


def test_there_is_an_end_to_files(officer, desk):
    made = desk.cleared()
    entry = {"name": "x.csv", "media": "text/csv", "size": 1, "role": "attachment", "level": "public"}
    desk.save(made, files=[{**entry, "digest": f"{n:064d}"} for n in range(30)])
    answer = send(officer, made, "x.png", png())
    assert (answer.status_code, words(answer).count("最多 30 项")) == (422, 2)


def test_in_review_nothing_is_added_or_removed(app, officer, desk, cast):
    made = desk.complete()
    file = add_picture(app, cast.tto_officer, made, "x.png")
    desk.submit(made)
    assert send(officer, made, "y.png", png("y")).status_code == 409
    assert officer.submit(f"/achievements/{made}/files/{file.digest}/remove").status_code == 409
    assert len(desk.working(made).content["files"]) == 1


def test_others_put_nothing_in(app, desk, cast):
    made = desk.cleared()
    for member, status in ((cast.other_tto_officer, 404), (cast.broker, 403)):
        stranger = app.test_client().sign_in(member)
        assert send(stranger, made, "x.png", png()).status_code == status


def test_removing_twice_says_that_it_is_gone(officer, desk):
    made = desk.cleared()
    send(officer, made, "x.png", png())
    digest = desk.working(made).content["files"][0]["digest"]
    remove = f"/achievements/{made}/files/{digest}/remove"
    assert officer.submit(remove).status_code == 303
    assert officer.submit(remove).status_code == 404


def test_a_kept_picture_is_asked_for_once(client, app, desk, cast):
    made = desk.complete()
    file = add_picture(app, cast.tto_officer, made, "x.png")
    desk.submit(made)
    desk.publish(made)
    path = f"/achievements/{made}/files/{file.digest}/x.png"
    tag = client.get(path, buffered=True).headers["ETag"]
    assert client.get(path, headers={"If-None-Match": tag}, buffered=True).status_code == 304
