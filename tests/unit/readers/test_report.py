"""The report's page."""

import itertools
import re
from pathlib import Path

from conftest import ROOT
from lxml import html
from marts_file import make_marts, paper

from paperhouse.readers.report import day_in_words, readable, report_version, write_report


def _page(marts: Path) -> html.HtmlElement:
    return html.fromstring(write_report(marts, marts.with_name("report") / "index.html").read_text(encoding="utf-8"))


def _text(page: html.HtmlElement, path: str) -> list[str]:
    return [" ".join(found.text_content().split()) for found in page.xpath(path)]


def test_the_page_tells_the_numbers_of_the_marts(marts: Path) -> None:
    page = _page(marts)
    assert _text(page, "//h1") == ["Trending on 5 September 2025"]
    assert dict(zip(_text(page, "//dt"), _text(page, "//dd"), strict=True)) == {
        "papers": "3", "claimed numbers": "2", "repositories": "1", "papers with code": "0", "code still promised": "1",
    }  # fmt: skip
    assert _text(page, "//ol[@class='cards']/li/h2") == ["Sourdough"]
    assert _text(page, "//section[@id='week']//tbody/tr") == ["Fast weights12–released"]
    assert _text(page, "//section[@id='topics']//h3") == ["Baking & bread"]
    assert "4 papers, 40 % · 1.5 times the usual" in _text(page, "//section[@id='topics']//li/p")
    assert _text(page, "//section[@id='repos']//tbody/tr") == ["a/bcode7–Fast weights"]
    assert _text(page, "//section[@id='speed']//mark") == ["3.2times"]
    assert _text(page, "//section[@id='quality']//tbody/tr") == [
        "2025-09-05hf_daily_papers30 100 %––no_unknown_keys (<i>)"
    ]


def test_the_same_marts_give_the_same_page_and_it_names_their_version(marts: Path) -> None:
    target = marts.with_name("index.html")
    assert report_version(target) is None
    first = write_report(marts, target).read_bytes()
    assert report_version(target) == "v1"
    assert write_report(marts, target).read_bytes() == first


def test_nothing_of_a_feed_is_markup_and_nothing_comes_from_outside(marts: Path) -> None:
    page = _page(marts)
    assert page.xpath("//script | //i | //b | //iframe | //link[not(starts-with(@href, 'data:'))]") == []
    assert page.xpath("//@src | //@srcset | //style[contains(., 'url(')] | //style[contains(., '@import')]") == []
    assert page.xpath("//*[@*[starts-with(name(), 'on')]]") == []
    assert "default-src 'none'" in page.xpath("//meta[@http-equiv]/@content")[0]


def test_the_page_can_be_read_by_ear_and_by_key(marts: Path) -> None:
    page = _page(marts)
    assert page.get("lang") == "en"
    assert page.xpath("//a[@class='skip']/@href") == ["#main"]
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    for target in page.xpath("//a/@href[starts-with(., '#')]"):
        assert target[1:] in ids
    for drawing in page.xpath("//svg/.."):
        assert drawing.get("role") == "img"
        assert drawing.get("aria-label")
    for table in page.xpath("//table"):
        assert table.xpath("./thead/tr/th[@scope='col']")
        assert all(row.xpath("./th[@scope='row']") for row in table.xpath("./tbody/tr"))
        assert table.getparent().get("tabindex") == "0", "a table that scrolls is reached by key"
    levels = [int(tag.tag[1]) for tag in page.xpath("//h1 | //h2 | //h3")]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_before_anything_trends_the_newest_papers_are_there(tmp_path: Path) -> None:
    marts = make_marts(
        tmp_path / "marts.duckdb",
        papers=[paper("p1", "First"), paper("p2", "Second")],
        paper_observations=[
            {"paper_id": "p2", "snapshot_id": "s", "feed": "hf_papers_page", "feed_day": "2025-09-05", "rank": 2},
            {"paper_id": "p1", "snapshot_id": "s", "feed": "hf_papers_page", "feed_day": "2025-09-05", "rank": 1},
        ],
        topics=[{"topic_id": "t", "label": "Topic <t>", "paper_count": 2}],
        # a feed that lists no papers has a newer day
        publish_info=[{"newest_feed_day": "2025-09-09"}],
    )
    page = _page(marts)
    assert _text(page, "//h1") == ["Papers of 5 September 2025"]
    assert _text(page, "//ol[@class='cards']/li/h2") == ["First", "Second"]
    assert "No feed has told yet" in page.text_content()
    assert "Topic <t>" in page.text_content()


def test_control_characters_of_a_title_are_blanks(tmp_path: Path) -> None:
    marts = make_marts(
        tmp_path / "marts.duckdb",
        papers=[paper("p1", "Bell\x07 and \x1b[31mred\x9b")],
        paper_observations=[{"paper_id": "p1", "snapshot_id": "s", "feed": "hf_papers_page", "feed_day": "2025-09-05"}],
    )
    assert _text(_page(marts), "//ol[@class='cards']/li/h2") == ["Bell and [31mred"]


def test_empty_marts_make_a_page_too(tmp_path: Path) -> None:
    page = _page(make_marts(tmp_path / "marts.duckdb"))
    assert _text(page, "//h2") == ["Data quality"]


def test_signs_of_latex_are_shown_as_what_they_stand_for() -> None:
    assert readable(r"70.9\% at $2\times$ & 1 $\sim$ 2") == "70.9% at 2× & 1 ~ 2"
    assert readable(r"\pm 5\% of $\mathcal{O}(n)$, $k$") == r"± 5% of \mathcal{O}(n), k"
    for text in (r"a \timestep", r"x \simeq y", "from $2,100 to $600", "only $25", "a_b"):
        assert readable(text) == text


def test_a_day_is_written_without_a_leading_zero() -> None:
    from datetime import date

    assert day_in_words(date(2025, 9, 4)) == "4 September 2025"


def test_every_text_can_be_told_from_its_ground_in_light_and_dark() -> None:
    css = (ROOT / "paperhouse" / "readers" / "templates" / "report.css").read_text()
    light, dark = [
        dict(re.findall(r"--(\w+): (#[0-9a-f]{6});", block)) for block in re.findall(r":root \{(.*?)\}", css, re.S)
    ]
    for colours in (light, light | dark):
        for text in ("ink", "quiet", "accent", "good", "bad"):
            for ground in ("paper", "card"):
                assert _contrast(colours[text], colours[ground]) >= 4.5, (text, ground)
        assert _contrast(colours["ink"], colours["mark"]) >= 4.5


def _contrast(one: str, other: str) -> float:
    """As WCAG 2.2 defines it."""

    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)
