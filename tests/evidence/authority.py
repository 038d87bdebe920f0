"""A time-stamping authority made of OpenSSL: a root, a signing certificate, and answers over HTTP."""

import subprocess
import tempfile
from http.server import BaseHTTPRequestHandler
from pathlib import Path

CONFIG = """
[req]
distinguished_name = name
[name]
[root]
basicConstraints = critical,CA:true
keyUsage = critical,keyCertSign
subjectKeyIdentifier = hash
[signer]
basicConstraints = critical,CA:false
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
[tsa]
default_tsa = desk
[desk]
serial = serial
crypto_device = builtin
signer_cert = signer.pem
signer_key = signer.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
ess_cert_id_alg = sha256
"""


def openssl(folder: Path, *arguments: str) -> None:
    subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True)


class Authority:
    """Its root certificate lies at `root`. `answer` signs a query as of now."""

    def __init__(self, folder: Path, name: str = "Stamps") -> None:
        self.folder, self.root = folder, folder / "root.pem"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "openssl.cnf").write_text(CONFIG)
        (folder / "serial").write_text("01")
        new = (
            "req",
            "-config",
            "openssl.cnf",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
            "-nodes",
        )
        subject = ("-subj", f"/CN={name} root")
        openssl(
            folder, *new, "-x509", "-extensions", "root", *subject, "-keyout", "root.key", "-out", "root.pem"
        )
        openssl(folder, *new, "-subj", f"/CN={name}", "-keyout", "signer.key", "-out", "signer.csr")
        issue = ("x509", "-req", "-CA", "root.pem", "-CAkey", "root.key", "-CAcreateserial", "-days", "30")
        extensions = ("-extfile", "openssl.cnf", "-extensions", "signer")
        openssl(folder, *issue, *extensions, "-in", "signer.csr", "-out", "signer.pem")

    def answer(self, query: bytes) -> bytes:
        with tempfile.TemporaryDirectory() as folder:
            asked, said = Path(folder) / "query", Path(folder) / "answer"
            asked.write_bytes(query)
            config = ("-config", "openssl.cnf", "-section", "desk")
            openssl(self.folder, "ts", "-reply", *config, "-queryfile", str(asked), "-out", str(said))
            return said.read_bytes()

    @property
    def door(self) -> type[BaseHTTPRequestHandler]:
        """What serves it over HTTP."""
        authority = self

        class Door(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                query = self.rfile.read(int(self.headers["Content-Length"]))
                assert self.headers["Content-Type"] == "application/timestamp-query"
                self.send_response(200)
                self.send_header("Content-Type", "application/timestamp-reply")
                self.end_headers()
                self.wfile.write(authority.answer(query))

        return Door
