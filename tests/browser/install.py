"""Makes sure that there is a Chromium for the tests: the distribution's where we may install, else Playwright's own."""

import os
import shutil
import subprocess
import sys

import click

from tests.browser.chromium import installed

WAIT = ["-o", "DPkg::Lock::Timeout=500"]
PACKAGES = ["chromium", "fonts-noto-cjk"]


def main() -> int:
    if installed():
        return 0
    powers = _powers()
    if powers is not None:
        click.echo("Installing Chromium for the browser tests …")
        apt = [*powers, "apt-get", *WAIT]
        subprocess.run([*apt, "update", "-q"], check=False)
        done = subprocess.run([*apt, "install", "-qy", "--no-install-recommends", *PACKAGES], check=False)
        if done.returncode == 0:
            return 0
    return subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False).returncode


def _powers() -> list[str] | None:
    """What to put before apt-get; None where we may not use it."""
    if shutil.which("apt-get") is None:
        return None
    if os.geteuid() == 0:
        return []
    asked = shutil.which("sudo") and subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
    return ["sudo", "-n"] if asked and asked.returncode == 0 else None


if __name__ == "__main__":
    sys.exit(main())
