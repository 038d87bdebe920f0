"""Start to first answer, and memory of everything `make run` starts. Warm start at most 2 s, memory at most 300 MiB.

Warm: the commands before have left compiled modules, whatever this environment says about keeping them.
"""

import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from benchmarks.ratios import keep

PORT = 8765
PATIENCE = 60.0


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **os.environ,
            "MARKETPLACE_DATA": f"{folder}/data",
            "MARKETPLACE_DEMO": "1",
            "PYTHONDONTWRITEBYTECODE": "",
            "PYTHONPYCACHEPREFIX": f"{folder}/compiled",
        }
        command = [sys.executable, "-m", "marketplace"]
        subprocess.run([*command, "db", "upgrade"], env=environment, check=True, capture_output=True)
        subprocess.run([*command, "demo", "load"], env=environment, check=True, capture_output=True)
        measured = [_start([*command, "serve", "--port", str(PORT)], environment) for _ in range(3)]
    seconds = sorted(each[0] for each in measured)[1]
    memory = sorted(each[1] for each in measured)[1]
    print(
        f"start to first answer {seconds:.2f} s (target <= 2 warm), memory {memory:.0f} MiB PSS (target <= 300)"
    )
    keep("start", [], seconds=round(seconds, 2), memory_mib=round(memory))


def _start(command: list[str], environment: dict[str, str]) -> tuple[float, float]:
    """(seconds to the first answer, proportional memory of all processes in MiB after a few pages)."""
    began = time.perf_counter()
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        answered(f"http://127.0.0.1:{PORT}/health")
        seconds = time.perf_counter() - began
        for path in ("/", "/search?q=%E4%BC%A0%E6%84%9F%E5%99%A8", "/achievements"):
            answered(f"http://127.0.0.1:{PORT}{path}")
        time.sleep(2)
        return seconds, sum(_memory(pid) for pid in _family(server.pid))
    finally:
        server.terminate()
        server.wait(timeout=30)


def answered(address: str) -> None:
    """Wait until the address answers. Raises TimeoutError after a minute."""
    end = time.perf_counter() + PATIENCE
    while time.perf_counter() < end:
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                answer.read()
                return
        except OSError:
            time.sleep(0.02)
    raise TimeoutError(address)


def _family(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(descendant for child in children for descendant in _family(int(child)))]


def _memory(pid: int) -> float:
    """Proportional set size in MiB."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    return 0.0


if __name__ == "__main__":
    main()
