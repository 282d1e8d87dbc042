"""The report in a real browser: right numbers, no error, no request to anywhere, readable on a phone and by key."""

import json
import os
import shutil
import tempfile
from collections.abc import Iterator

import pytest
from conftest import SAMPLE, House
from selenium.webdriver import ActionChains, Chrome, ChromeOptions, Keys
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from upstream_server import paper

FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


@pytest.fixture(scope="module")
def browser() -> Iterator[Chrome]:
    chromium, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if not (chromium and driver):
        assert not os.environ.get("CI"), "CI installs Debian's packages chromium and chromium-driver (.ci/run)"
        pytest.skip("needs Debian's packages chromium and chromium-driver")
    options = ChromeOptions()
    options.binary_location = chromium
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        for flag in (*FLAGS, f"--user-data-dir={profile}"):
            options.add_argument(flag)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        browser = Chrome(options=options, service=Service(driver))
        yield browser
        browser.quit()


@pytest.fixture(scope="module")
def page(house: House, browser: Chrome) -> House:
    house.land(SAMPLE, "hf_papers_page", "2025-09-04")
    body = house.raw / "hf_daily_papers" / "2025-09-05" / "body.json"
    body.parent.mkdir(parents=True)
    items = [paper(n, 10 * n) for n in (1, 2, 3)]
    items[2]["title"] = items[2]["paper"]["title"] = "<img src=x onerror=alert(1)> & <script>alert(2)</script>"
    body.write_text(json.dumps(items))
    assert house.run() == []
    browser.get((house.data / "report" / "index.html").as_uri())
    return house


def _texts(browser: Chrome, css: str) -> list[str]:
    return [found.text for found in browser.find_elements(By.CSS_SELECTOR, css)]


def test_its_numbers_are_those_of_the_marts(page: House, browser: Chrome) -> None:
    shown = dict(zip(_texts(browser, ".totals dt"), _texts(browser, ".totals dd"), strict=True))
    ((papers, numbers, repos),) = page.rows(
        "select (select count(*) from marts.papers), (select count(*) from marts.metrics), (select count(*) from marts.repos)"
    )
    assert (shown["papers"], shown["claimed numbers"], shown["repositories"]) == (str(papers), str(numbers), str(repos))
    assert _texts(browser, "h1") == ["Trending on 5 September 2025"]
    trending = "select upvotes_gained from marts.trending_papers where period = 'day' order by rank"
    counts = [text.split(" votes")[0] for text in _texts(browser, ".cards .counts")]
    assert counts == [f"+{gained}" for (gained,) in page.rows(trending)] == ["+30", "+20", "+10"]
    quality = _texts(browser, "#quality tbody tr")
    assert len(quality) == len(page.rows("from marts.data_quality"))
    assert quality[0].startswith("2025-09-05 hf_daily_papers 3 0 100 %")


def test_it_makes_no_request_and_no_error_and_runs_no_text_of_a_feed(page: House, browser: Chrome) -> None:
    browser.get_log("performance")
    browser.refresh()
    assert browser.get_log("browser") == []
    messages = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    asked = [m["params"]["request"]["url"] for m in messages if m["method"] == "Network.requestWillBeSent"]
    assert asked
    assert [url for url in asked if not url.startswith(("file://", "data:"))] == []
    assert browser.find_elements(By.CSS_SELECTOR, "main img, main script") == []
    assert "<img src=x onerror=alert(1)>" in browser.find_element(By.TAG_NAME, "main").text


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone_nothing_is_wider_than_the_screen_and_the_scheme_is_followed(
    page: House, browser: Chrome, scheme: str
) -> None:
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride", {"width": 360, "height": 740, "deviceScaleFactor": 2, "mobile": True}
    )
    browser.execute_cdp_cmd(
        "Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    )
    assert browser.execute_script("return document.documentElement.scrollWidth") <= 360
    red = int(
        browser.execute_script("return getComputedStyle(document.body).backgroundColor").split("(")[1].split(",")[0]
    )
    assert (red > 200) is (scheme == "light")
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_the_first_key_offers_to_skip_to_the_papers(page: House, browser: Chrome) -> None:
    browser.refresh()
    ActionChains(browser).send_keys(Keys.TAB).perform()
    focused = browser.switch_to.active_element
    assert focused.text == "Skip to the papers"
    assert focused.rect["x"] >= 0, "it is seen once it has the focus"
    ActionChains(browser).send_keys(Keys.ENTER).perform()
    assert browser.switch_to.active_element.get_attribute("id") == "main"
