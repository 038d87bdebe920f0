"""Every page a person can reach, as people see it: accessible, in its window, without a complaint, in its language.

The list comes from the url_map. Each page is seen in Chinese and English, at 1280 and 390 px, in light and dark, and
at 320 px. What is loaded once is judged twice: dark differs from light by its colours, so only rules about colours
are asked again.
"""

import time
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page

from tests.browser.accessibility import assert_accessible, assert_fits
from tests.browser.chinese import assert_english, typed
from tests.browser.conftest import become, browsing, overhear
from tests.browser.looks import HEIGHT, Look
from tests.browser.market import Market
from tests.browser.visits import FILES, Visit, by_person, visits

@pytest.mark.parametrize("look", [Look("zh",1280,"light"), Look("en",390,"dark")], ids=str)
def test_probe(market, market_address, browser, look):
    pages, _ = visits(market)
    lines = typed(market.app)
    T = dict(load=0, axe=0, fits=0, en=0, dark=0)
    faults = []
    def run(name, f, *a):
        t=time.time()
        try: return f(*a)
        except AssertionError as e: faults.append(f"{v}: {e}")
        finally: T[name]+=time.time()-t
    complaints=[]
    with browsing(browser, market_address, look) as context:
        page = context.new_page(); overhear(page, complaints)
        for who, vs in by_person(pages).items():
            become(context, market.app, market_address, market.people.get(who))
            for v in vs:
                a = run("load", page.goto, look.path(v.path))
                if a.status!=v.status: faults.append(f"{v}: {a.status}")
                run("axe", assert_accessible, page)
                run("fits", assert_fits, page)
                if look.language=="en": run("en", assert_english, page, lines, v.query.values())
                if complaints: faults.append(f"{v}: {complaints}"); complaints.clear()
    print(len(pages), T)
    assert not faults, "\n".join(faults)
