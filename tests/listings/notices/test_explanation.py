"""The explanation in a bundle: a paper for a judge, in which everybody's words are words, and nobody objects by name."""

import io
import zipfile
from datetime import timedelta

import pikepdf
import pytest

from listings.notices.channels import Outage, record_outage
from listings.notices.services import Amendment, End, amend, withdraw_notice
from listings.notices.watching import take_observation
from marketplace.core.runtime import runtime
from marketplace.core.uploads.keeping import Kept
from marketplace.evidence.bundle import with_papers
from marketplace.evidence.cli import evidence
from marketplace.evidence.stamping import Stamping, authorities_path
from marketplace.evidence.verifier import EXPLANATION, READABLE, verify_files
from tests.browser.pdf_text import pages_of, plain
from tests.evidence.authority import Authority
from tests.evidence.servers import serving
from tests.listings.notices.desk import FACTS, GENUINE, REASONS


@pytest.fixture
def bundle(app, drain):
    """The bundle's files, as the public gets them."""

    def read(made: str) -> dict[str, bytes]:
        drain()
        with zipfile.ZipFile(io.BytesIO(app.test_client().get(f"/notices/{made}/bundle.zip").data)) as packed:
            return {name: packed.read(name) for name in packed.namelist()}

    return read


def paper(files: dict[str, bytes]) -> str:
    return "".join(pages_of(files[EXPLANATION]))


def lacking(said: str, *words: str) -> list[str]:
    return [word for word in words if plain(word) not in said]


def test_a_finished_notice_is_explained_from_its_number_to_its_certificate(desk, bundle):
    made = desk.running()
    desk.rule(desk.admitted(made))
    desk.run_out(made)
    code = desk.certify(made)
    files = bundle(made)
    said, notice, last = paper(files), desk.look(made), desk.entries(made)[-1]
    number = notice.certificate.number
    assert not lacking(
        said, notice.number, "云岫大学", notice.title, "¥1,200,000", number, f"{code[:4]}-{code[4:8]}"
    )
    assert not lacking(said, "异议不成立，公示继续", last.commitment, f"第{last.n}条", notice.edition.text)
    assert not lacking(
        said, "不对价格作出判断", "由有权机关依法认定", "没有外部见证方的签名", "没有独立观察方的记录"
    )
    assert not lacking(
        said, "与管理机构用信笺书面告知的指纹逐字对照", "Summary in English", "公示已于 2026-03-17 24:00 期满"
    )
    report = verify_files(files, files["policy.txt"].decode())
    assert report.holds, "\n".join(report.lines())
    assert not lacking(
        said, report.facts[0].partition(": ")[2], *(claim.name.partition("·")[0] for claim in report.claims)
    )


def test_it_tells_of_a_time_stamp_and_how_to_check_it(app, desk, drain, bundle, tmp_path):
    made = desk.running()
    drain()
    authority = Authority(tmp_path)
    with app.app_context(), serving(authority.door) as url:
        data = runtime().settings.data
        authorities_path(data).write_bytes(authority.root.read_bytes())
        assert Stamping((url,), data).round()
    files = bundle(made)
    assert not lacking(paper(files), "时间戳所指即所列检查点", "timestamps/*.tsr", "（RFC 3161）对检查点签发")
    report = verify_files(files, files["policy.txt"].decode())
    assert "时间戳" in [claim.name for claim in report.claims if claim.holds]


def test_it_never_tells_who_objected_or_what_they_wrote(desk, bundle):
    made = desk.running()
    objection = desk.admitted(made)
    desk.rule(objection)
    said = paper(bundle(made))
    assert not lacking(said, desk.objection(objection).number)
    assert not [word for word in (GENUINE.name, GENUINE.email, FACTS, REASONS) if plain(word) in said]


def test_a_notice_that_runs_stops_and_was_interrupted_says_so(cast, desk, clock, bundle):
    made = desk.running()
    clock.move_to(clock.now() + timedelta(days=2))
    note = desk.sight(made)
    with desk.as_public() as ctx:
        take_observation(ctx, made, note)
    desk.capture(made, "absent")
    clock.move_to(clock.now() + timedelta(days=1))
    desk.capture(made)
    with desk.as_(cast.zone_admin) as ctx:
        since = ctx.now - timedelta(hours=20)
        record_outage(ctx, Outage(since, since + timedelta(hours=1), "maintenance", "数据库升级"))
    desk.object(made)
    said = paper(bundle(made))
    assert not lacking(
        said, "没有看到", "数据库升级", "watch.audit.example", "观察记录1条", "顺延", "尚无决定"
    )
    assert not lacking(said, "收到异议，期限中止", "恢复后重新计算截止时间", "本公示没有公示完成证明")


def test_a_notice_that_is_corrected_or_ended_says_so(cast, desk, bundle):
    made = desk.running()
    with desk.as_(cast.tto_officer) as ctx:
        amend(ctx, made, Amendment("受让方名称有误"))
    assert not lacking(paper(bundle(made)), "正在更正；更正后从头公示")
    desk.clock.move_to(desk.clock.now() + timedelta(days=1))
    desk.hand_in(made)
    desk.verify(made)
    desk.start(made)
    with desk.as_(cast.tto_officer) as ctx:
        withdraw_notice(ctx, made, End("withdrawn", "受让方退出"))
    assert not lacking(paper(bundle(made)), "受让方名称有误", "第2版", "公示没有届满，已于")


def test_what_people_typed_is_neither_run_nor_lost(desk, bundle):
    typed = '#panic("x") $a_1$ \\u{41} *粗* @甲 <乙> ]] \U00020bb7'
    made = desk.running(abstract=typed)
    files = bundle(made)
    assert not lacking(paper(files), typed.replace("\U00020bb7", "〔U+20BB7〕"))
    assert typed in files[READABLE].decode()


def test_it_is_the_same_document_each_time_and_dated_by_the_last_record(app, desk, clock, bundle):
    made = desk.running()
    first = bundle(made)
    clock.move_to(clock.now() + timedelta(hours=5))
    assert bundle(made) == first
    assert app.test_client().get(f"/en/notices/{made}.pdf").data == first[EXPLANATION]
    with pikepdf.open(io.BytesIO(first[EXPLANATION])) as document:
        told = document.open_metadata()["xmp:CreateDate"]
    assert told.startswith(f"{desk.entries(made)[-1].at:%Y-%m-%dT%H:%M:%S}")


def test_it_is_read_in_place_and_only_by_those_who_may_read_the_notice(app, desk, drain):
    made = desk.scheduled()
    drain()
    assert app.test_client().get(f"/notices/{made}.pdf").status_code == 404
    desk.start(made)
    waiting = app.test_client().get(f"/notices/{made}.pdf")
    assert waiting.status_code == 409
    drain()
    answer = app.test_client().get(f"/notices/{made}.pdf")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert answer.headers["Content-Disposition"] == f"inline; filename={desk.look(made).number}.pdf"


def test_a_capture_in_the_bundle_is_named_with_its_suffix(app, desk, bundle):
    with app.app_context():
        digest = runtime().files.put(b"%PDF-1.7 a page of the unit").digest
    desk.kept = Kept(digest, "公示页截图.PDF", "application/pdf", 27, False)
    made = desk.running()
    files = bundle(made)
    assert files[f"files/{digest}"].startswith(b"%PDF")
    assert not lacking(paper(files), digest, "取证：本单位，开始", ".PDF", "公示页截图.PDF")


@pytest.mark.parametrize("option", ["--files", "--no-files"])
def test_the_operator_writes_the_same_bundle_with_it(app, desk, drain, bundle, tmp_path, option):
    made = desk.running()
    drain()
    target = tmp_path / "bundle.zip"
    done = app.test_cli_runner().invoke(evidence, ["bundle", made, "-o", str(target), option])
    assert done.exit_code == 0, done.output
    with zipfile.ZipFile(target) as packed:
        written = {name: packed.read(name) for name in packed.namelist()}
    if option == "--files":
        assert written == bundle(made)
    else:
        assert READABLE not in written
        assert not lacking(paper(written), "本包没有附文件", desk.look(made).edition.text)


def test_another_explanation_or_text_than_the_manifest_lists_fails(desk, bundle):
    made = desk.running()
    desk.run_out(made)
    files = bundle(made)
    policy = files["policy.txt"].decode()
    assert verify_files(files, policy).holds
    changed = verify_files({**files, EXPLANATION: b"%PDF another"}, policy)
    assert "清单" in [claim.name for claim in changed.claims if not claim.holds]
    listed = verify_files(with_papers(files, {READABLE: "公示编号：另一个\n".encode()}), policy)
    assert [claim.name for claim in listed.claims if not claim.holds] == ["内容"]


def test_a_bundle_made_before_there_were_explanations_is_verified_still(desk, bundle):
    made = desk.running()
    desk.run_out(made)
    files = bundle(made)
    old = {name: data for name, data in files.items() if name not in (EXPLANATION, READABLE)}
    assert verify_files(with_papers(old, {}), files["policy.txt"].decode()).holds
