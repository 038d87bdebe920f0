"""All benchmarks, one after the other, each in a process of its own so that none warms up another."""

import subprocess
import sys

ALL = ("evidence", "imports", "journal", "offers", "pages", "search", "start")

if __name__ == "__main__":
    failed = [
        name
        for name in sys.argv[1:] or ALL
        if subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], check=False).returncode
    ]
    if failed:
        sys.exit(f"did not finish: {', '.join(failed)}")
