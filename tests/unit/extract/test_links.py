"""Links of a text and URLs of a feed's fields: what they are, where they stand, in which role."""

from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperhouse.extract.links import LINK_SCHEMA, canonical_links, extract_links
from paperhouse.extract.urls import URL_SCHEMA
from paperhouse.vocabulary import Vocabulary

VOCABULARY = Vocabulary.read(Path(__file__).parents[3] / "dbt_project" / "seeds")


def links(abstract, title=None):
    texts = pl.DataFrame(
        {"text_id": ["t"], "title": [title], "abstract": [abstract]},
        schema={"text_id": pl.String, "title": pl.String, "abstract": pl.String},
    )
    return extract_links(texts, VOCABULARY).to_dicts()


def urls(abstract):
    return [link["url"] for link in links(abstract)]


def only(abstract):
    (link,) = links(abstract)
    return link


def field(raw):
    frame = canonical_links(pl.DataFrame({"raw_url": [raw]}, schema={"raw_url": pl.String}), VOCABULARY)
    return frame.to_dicts()[0]


@pytest.mark.parametrize(
    "written",
    [
        "https://github.com/Org/Some-Repo",
        "https://github.com/Org/Some-Repo.",
        "https://github.com/Org/Some-Repo.git.",
        "http://www.github.com/Org/Some-Repo/",
        "github.com/Org/Some-Repo",
        "(https://github.com/Org/Some-Repo)",
        "[code](https://github.com/Org/Some-Repo).",
        "<https://github.com/Org/Some-Repo>",
        '"https://github.com/Org/Some-Repo"',
        "“https://github.com/Org/Some-Repo”,",
        "https://github.com/Org/Some-Repo；",
        r"\url{https://github.com/Org/Some-Repo}",
        "URL{https://github.com/Org/Some-Repo}",
        r"\href{https://github.com/Org/Some-Repo}{here}",
        "https://github.com/Org/Some-Repo{https://github.com/Org/Some-Repo}.",
        "https: //github.com/Org/Some-Repo",
        "https:// github.com/Org/Some-Repo",
        "https://github. com/Org/Some-Repo",
        "https://github.com/ Org/Some-Repo",
        "https://github.com/Org/ Some-Repo",
        "https://github.com/Org/Some- Repo",
        "https://github.com/Org/Some-Repo/tree/main/src",
        "https://github.com/Org/Some-Repo/blob/main/README.md#usage",
        "https://github.com/Org/Some-Repo?tab=readme-ov-file",
        "https://github.com/Org/Some%2DRepo",
        "https://raw.githubusercontent.com/Org/Some-Repo/main/run.py",
    ],
)
def test_every_way_of_writing_a_repository_is_one_canonical_url(written):
    link = only(f"Our code is available at {written}")
    assert link["url"] == link["repo_id"] == "https://github.com/org/some-repo"
    assert (link["host"], link["owner"], link["name"], link["kind"]) == ("github.com", "org", "some-repo", "code")


@pytest.mark.parametrize(
    ("written", "url", "kind"),
    [
        ("https://huggingface.co/Org/Model-7B", "https://huggingface.co/org/model-7b", "model"),
        ("https://hf.co/Org/Model-7B", "https://huggingface.co/org/model-7b", "model"),
        ("https://huggingface.co/datasets/Org/Set", "https://huggingface.co/datasets/org/set", "dataset"),
        ("https://huggingface.co/spaces/Org/Demo", "https://huggingface.co/spaces/org/demo", "demo"),
        ("https://huggingface.co/Org", "https://huggingface.co/org", "organization"),
        ("https://huggingface.co/collections/O/set-1a", "https://huggingface.co/collections/o/set-1a", "collection"),
        (r"https://huggingface.co/Org/A\_B", "https://huggingface.co/org/a_b", "model"),
        ("https://github.com/Org", "https://github.com/org", "organization"),
        ("https://gist.github.com/Me/1a2b", "https://gist.github.com/me/1a2b", "code"),
        ("https://gitlab.com/Group/Sub/Name/-/tree/main/d", "https://gitlab.com/group/sub/name", "code"),
        ("https://gitlab.inria.fr/Team/Name", "https://gitlab.inria.fr/team/name", "code"),
        (
            "https://anonymous.4open.science/r/Name-1A2B/README.md",
            "https://anonymous.4open.science/r/Name-1A2B",
            "code",
        ),
        ("https://anonymous.4open.science/w/Page-1A2B/", "https://anonymous.4open.science/w/Page-1A2B", "project_page"),
        ("https://www.kaggle.com/datasets/Me/Set", "https://kaggle.com/datasets/Me/Set", "dataset"),
        ("https://aka.ms/Short", "https://aka.ms/Short", "short_link"),
        ("https://Lab.github.io/Some-Page/", "https://lab.github.io/Some-Page", "project_page"),
        ("lab.github.io/Some-Page", "https://lab.github.io/Some-Page", "project_page"),
        ("https://10.1.2.3:8080/Page", "https://10.1.2.3:8080/Page", "project_page"),
        ("https://site.org/a?utm_source=x&id=3", "https://site.org/a?id=3", "project_page"),
        ("https://site.org/page#part", "https://site.org/page#part", "project_page"),
        ("https://site.org/~group/Page", "https://site.org/~group/Page", "project_page"),
        ("https://site.org/wiki/Name_(thing)", "https://site.org/wiki/Name_(thing)", "project_page"),
    ],
)
def test_hosts_are_read_by_their_shape(written, url, kind):
    link = only(f"See {written}.")
    assert (link["url"], link["kind"]) == (url, kind)


@pytest.mark.parametrize(
    "text",
    [
        "Write to user@github.com/now or git@github.com:a/b.git",
        "Prior work (https://arxiv.org/abs/2401.00001, https://huggingface.co/papers/2401.00001) and Llama 3.1/8B",
        "Hosted on www.github.com. and https://localhost:80/x, http:// and https://github.com/ --.",
        "e.g. this, i.e. that; v1.0/v2.0",
    ],
)
def test_what_names_no_resource_is_no_link(text):
    assert urls(text) == []


def test_the_path_inside_a_repository_is_kept():
    assert only("https://github.com/a/b/blob/main/src/run.py")["path"] == "src/run.py"
    assert only("https://huggingface.co/a/b/resolve/main/w.bin")["path"] == "w.bin"
    assert only("https://github.com/a/b/issues/3")["path"] is None


def test_a_line_wrap_before_an_ordinary_word_ends_the_url():
    assert urls("Code: https://github.com/org/ soon. Data: https://github.com/org/repo and more") == [
        "https://github.com/org",
        "https://github.com/org/repo",
    ]


def test_two_links_in_a_sentence_have_their_own_roles():
    first, second = links("The code is at https://github.com/a/b and the data will be released at https://x.org/d.")
    assert (first["availability"], second["availability"]) == ("released", "promised")


def test_a_second_link_without_a_verb_has_the_role_of_the_first():
    text = "We will release everything at https://github.com/a/b and https://huggingface.co/a/b. Page: https://x.org/p"
    assert [link["availability"] for link in links(text)] == ["promised", "promised", "released"]


@pytest.mark.parametrize(
    ("text", "availability"),
    [
        ("Code: https://github.com/a/b", "released"),
        ("We release our code at https://github.com/a/b.", "released"),
        ("Code will be made publicly available at https://github.com/a/b.", "promised"),
        ("Code is coming soon at https://github.com/a/b.", "promised"),
        ("The code (https://github.com/a/b) will be made public.", "promised"),
        ("The data would be made available at https://github.com/a/b.", "promised"),
        ("We'll open-source it at https://github.com/a/b.", "promised"),
        ("Code: https://github.com/a/b (to be released).", "promised"),
        ("Code: https://github.com/a/b; models will be released later.", "released"),
        ("See https://github.com/a/b, which will be updated as models are released.", "released"),
        ("Zed will be presented at ICML; code: https://github.com/a/b.", "released"),
        ("Hoping that it will be useful, we publish our code at https://github.com/a/b.", "released"),
        ("The benchmark will be updated and is available at https://github.com/a/b.", "released"),
        ("A list of upcoming features is at https://github.com/a/b.", "released"),
        ("It will help others. Code is at https://github.com/a/b. We will add more.", "released"),
    ],
)
def test_availability_is_as_the_clause_words_it(text, availability):
    assert only(text)["availability"] == availability


def test_a_page_of_samples_is_a_demo_and_a_page_of_the_project_is_not():
    assert only("Audio samples are available at https://lab.github.io/tts")["kind"] == "demo"
    assert only("Video results are available at https://lab.github.io/zed")["kind"] == "demo"
    assert only("See visualizations at https://lab.github.io/zed")["kind"] == "demo"
    assert only("Our project page with samples and code: https://lab.github.io/tts")["kind"] == "project_page"


def test_a_link_counts_once_at_its_first_place():
    title = "Tool: https://github.com/a/b"
    (link,) = links("Again https://www.github.com/A/B/.", title=title)
    assert (link["evidence_in"], link["evidence"]) == ("title", "https://github.com/a/b")


def test_evidence_is_verbatim_at_its_characters_after_other_scripts():
    text = "Ünïcödé 😀 模型 — code：https://github.com/a/b。"
    link = only(text)
    assert text[link["evidence_start"] : link["evidence_end"]] == link["evidence"] == "https://github.com/a/b"


@pytest.mark.parametrize(
    ("raw", "url"),
    [
        ("https://github.com/a/b/", "https://github.com/a/b"),
        ("https://github.com/a/\nB.git", "https://github.com/a/b"),
        (" https://github.com/a/b/tree/main ", "https://github.com/a/b"),
        ("https://github.com/a", "https://github.com/a"),
        ("https://huggingface.co/datasets/A/B", "https://huggingface.co/datasets/a/b"),
        ("github.com/a/b", "https://github.com/a/b"),
        *((raw, None) for raw in (None, "", "N/A", "coming soon", "me@x.org", "http://", "https://x", "src/a.py")),
    ],
)
def test_a_feeds_field_is_read_like_a_link_of_the_text(raw, url):
    found = field(raw)
    assert found["url"] == url
    assert found["raw_url"] == raw
    assert url is not None or all(found[name] is None for name in URL_SCHEMA)


def test_no_texts_give_no_rows_with_all_columns():
    texts = pl.DataFrame(schema={"text_id": pl.String, "title": pl.String, "abstract": pl.String})
    assert extract_links(texts, VOCABULARY).schema == {"text_id": pl.String, **LINK_SCHEMA}
    nothing = pl.DataFrame(schema={"raw_url": pl.String})
    assert canonical_links(nothing, VOCABULARY).schema == {"raw_url": pl.String, **URL_SCHEMA}


ANY = st.one_of(st.text(), st.text("htps:/.wgiubcomaefk -_%{}()\\~#?&=é😀\u00a0\n"), st.none())
PIECES = st.sampled_from(
    [
        "https://",
        "http:/ /",
        "github.com/",
        "a/b",
        ".git",
        " ",
        "é",
        "😀",
        "\ufdd0",
        "\\_",
        "{",
        "}",
        "www.",
        "- ",
        "x.io",
        "@",
    ]
)


@settings(max_examples=150)
@given(st.one_of(ANY, st.lists(PIECES, max_size=12).map("".join)), ANY)
def test_any_text_gives_no_error_and_verbatim_evidence(abstract, title):
    found = links(abstract, title)
    for link in found:
        text = title if link["evidence_in"] == "title" else abstract
        assert text[link["evidence_start"] : link["evidence_end"]] == link["evidence"]
        assert link["url"].startswith("https://")
        assert field(link["url"])["url"] == link["url"], "a canonical url is its own canonical form"
    assert len({link["url"] for link in found}) == len(found)


@settings(max_examples=100)
@given(ANY)
def test_any_field_gives_one_row_and_no_error(raw):
    assert field(raw)["raw_url"] == raw


def test_a_megabyte_on_one_line_is_read_in_time():
    assert urls("https://github.com/a/b " + "https://x." * 50_000 + "word " * 100_000)[0] == "https://github.com/a/b"
