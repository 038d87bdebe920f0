"""PDF files and images built for the tests, honest and otherwise."""

import io
import struct
import zlib
from collections.abc import Callable

import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import Image

Change = Callable[[pikepdf.Pdf], None]


def pdf(
    change: Change | None = None, *, pages: int = 1, encryption: pikepdf.Encryption | None = None
) -> bytes:
    target = io.BytesIO()
    with pikepdf.new() as document:
        for _ in range(pages):
            document.add_blank_page()
        if change is not None:
            change(document)
        document.save(target, encryption=encryption or False)
    return target.getvalue()


def script_in_catalog(document: pikepdf.Pdf) -> None:
    document.Root.OpenAction = Dictionary(S=Name.JavaScript, JS="app.alert(1)")


def script_in_names(document: pikepdf.Pdf) -> None:
    action = document.make_indirect(Dictionary(S=Name.JavaScript, JS="app.alert(1)"))
    document.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array(["a", action])))


def script_far_inside(document: pikepdf.Pdf) -> None:
    document.Root.PieceInfo = Dictionary(A=Array([Array([Dictionary(B=Dictionary(S=Name.JavaScript))])]))


def script_as_stream(document: pikepdf.Pdf) -> None:
    stream = document.make_stream(b"app.alert(1)")
    stream.S = Name.JavaScript
    document.Root.Extra = stream


def launch(document: pikepdf.Pdf) -> None:
    action = Dictionary(S=Name.Launch, F="calc.exe")
    document.pages[0].Annots = Array([Dictionary(Type=Name.Annot, Subtype=Name.Link, A=action)])


def calls_home(document: pikepdf.Pdf) -> None:
    document.Root.OpenAction = Dictionary(S=Name.URI, URI="https://evil.example")


def on_page_open(document: pikepdf.Pdf) -> None:
    document.pages[0].AA = Dictionary(O=Dictionary(S=Name.Named, N=Name.Print))


def form_of_the_other_kind(document: pikepdf.Pdf) -> None:
    document.Root.AcroForm = Dictionary(XFA=document.make_stream(b"<xdp/>"), Fields=Array())


def film(document: pikepdf.Pdf) -> None:
    document.pages[0].Annots = Array([Dictionary(Type=Name.Annot, Subtype=Name.Movie)])


def attachment(document: pikepdf.Pdf) -> None:
    document.attachments["a.exe"] = b"MZ"


def nested(document: pikepdf.Pdf) -> None:
    inner = Array()
    for _ in range(100):
        inner = Array([inner])
    document.Root.Deep = inner


def harmless(document: pikepdf.Pdf) -> None:
    """What reports have: an opening page, a link to a web page, an outline, a description."""
    page = document.pages[0].obj
    document.Root.OpenAction = Dictionary(S=Name.GoTo, D=Array([page, Name.Fit]))
    action = Dictionary(S=Name.URI, URI="https://example.org")
    document.pages[0].Annots = Array([Dictionary(Type=Name.Annot, Subtype=Name.Link, A=action)])
    document.docinfo["/Title"] = "研究报告 /JavaScript"


def png_chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png_header(width: int, height: int) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", header)


def png_bomb(width: int, height: int) -> bytes:
    return png_header(width, height) + png_chunk(b"IDAT", zlib.compress(b"")) + png_chunk(b"IEND", b"")


def image(form: str, mode: str = "RGB", size: tuple[int, int] = (60, 40), **options: object) -> bytes:
    target = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert(mode).save(target, form, **options)
    return target.getvalue()


def jpeg_bomb() -> bytes:
    """A small picture that says it is 65,500 pixels wide and high."""
    whole = bytearray(image("JPEG"))
    frame = whole.index(b"\xff\xc0")
    whole[frame + 5 : frame + 9] = struct.pack(">HH", 65_500, 65_500)
    return bytes(whole)


def webp_bomb() -> bytes:
    """The extended header alone, for a canvas of 16,384 pixels square."""
    canvas = b"VP8X" + struct.pack("<I", 10) + bytes(4) + (16_383).to_bytes(3, "little") * 2
    return b"RIFF" + struct.pack("<I", 4 + len(canvas)) + b"WEBP" + canvas


def jpeg_of_many_scans() -> bytes:
    """A progressive picture whose last scan is repeated 200 times."""
    whole = image("JPEG", progressive=True, size=(2000, 2000))
    last = whole.rindex(b"\xff\xda")
    return whole[:last] + whole[last:-2] * 200 + b"\xff\xd9"


def pdf_by_hand(objects: dict[int, bytes], hidden: bytes, *, padding: int = 0) -> bytes:
    """The numbered objects as they are, then object 9 inside a compressed object stream, 8, padded to this length."""
    packer = zlib.compressobj(1)
    packed = packer.compress(b"9 0 " + hidden + b" ")
    packed += b"".join(
        packer.compress(bytes(1_000_000).replace(b"\x00", b" ")) for _ in range(padding // 1_000_000)
    )
    packed += packer.flush()
    bodies = objects | {8: pdf_stream(b"/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode", packed)}
    whole = b"%PDF-1.7\n"
    rows = [(0, 0, 0)] * 11
    for number, body in bodies.items():
        rows[number] = (1, len(whole), 0)
        whole += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    rows[9], rows[10] = (2, 8, 0), (1, len(whole), 0)
    table = b"".join(struct.pack(">BIH", *row) for row in rows)
    directory = pdf_stream(b"/Type /XRef /Size 11 /Root 1 0 R /W [1 4 2]", table)
    return whole + b"10 0 obj\n%b\nendobj\nstartxref\n%d\n%%%%EOF\n" % (directory, rows[10][1])


def pdf_stream(dictionary: bytes, content: bytes) -> bytes:
    return b"<< %b /Length %d >>\nstream\n%b\nendstream" % (dictionary, len(content), content)


CATALOG = {
    1: b"<< /Type /Catalog /Pages 2 0 R /OpenAction 9 0 R >>",
    2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] /Resources << >> >>",
}
