"""Takes the pictures of the README from a fresh demonstration market: `make screenshots`."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page

from benchmarks.start import answered
from marketplace.demo.market import PASSWORD
from tests.browser.chromium import launched

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "screenshots"
SIZE = {"width": 1280, "height": 860}
OFFICER = "wen.ruyu@yunling-office.example"


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as data:
        environment = {**os.environ, "MARKETPLACE_DATA": data, "MARKETPLACE_DEMO": "yes"}
        command = [sys.executable, "-m", "marketplace"]
        for words in (["db", "upgrade"], ["demo", "load"], ["search", "rebuild"]):
            subprocess.run([*command, *words], env=environment, check=True, stdout=subprocess.DEVNULL)
        port = 8766
        server = subprocess.Popen([*command, "serve", "--port", str(port)], env=environment)
        try:
            answered(f"http://127.0.0.1:{port}/health")
            with launched() as browser:
                _take(browser.new_page(viewport=SIZE, locale="zh-CN"), f"http://127.0.0.1:{port}")
        finally:
            server.terminate()
            server.wait(timeout=30)


def _take(page: Page, site: str) -> None:
    page.goto(f"{site}/")
    page.screenshot(path=FOLDER / "home.png")
    page.goto(f"{site}/search?q=传感器")
    page.screenshot(path=FOLDER / "search.png")
    page.locator(".c-result__title a").first.click()
    page.wait_for_load_state()
    page.screenshot(path=FOLDER / "achievement.png")
    page.goto(f"{site}/login")
    page.fill("[name=email]", OFFICER)
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: "/login" not in address)
    page.goto(f"{site}/moderation")
    page.locator("main table a").first.click()
    page.wait_for_load_state()
    page.screenshot(path=FOLDER / "review.png")


if __name__ == "__main__":
    main()
