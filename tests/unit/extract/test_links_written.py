"""URLs as authors, type-setting and line wraps leave them in an abstract, and what the words around say of them."""

from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperhouse.extract.links import extract_links
from paperhouse.vocabulary import Vocabulary

VOCABULARY = Vocabulary.read(Path(__file__).parents[3] / "dbt_project" / "seeds")


def read(*abstracts, title=None):
    texts = pl.DataFrame(
        {"text_id": [str(i) for i in range(len(abstracts))], "title": [title] * len(abstracts), "abstract": abstracts},
        schema={"text_id": pl.String, "title": pl.String, "abstract": pl.String},
    )
    return extract_links(texts, VOCABULARY)


def links(abstract):
    return read(abstract).to_dicts()


def urls(abstract):
    return [link["url"] for link in links(abstract)]


def only(abstract):
    (link,) = links(abstract)
    return link


@pytest.mark.parametrize(
    ("written", "url"),
    [
        # a line wrap in the host, after its hyphen or dot
        ("https://4d- visual.github.io/.", "https://4d-visual.github.io"),
        ("https://lab- one. github.io/page/", "https://lab-one.github.io/page"),
        ("https://someone14. github.io/Dual-Eval/.", "https://someone14.github.io/Dual-Eval"),
        ("https://www.idiap. ch/paper/edge/", "https://idiap.ch/paper/edge"),
        ("https:// github. com/ ya-ben/ mplug2-vp .", "https://github.com/ya-ben/mplug2-vp"),
        # a line wrap in the path, also inside a word
        ("https://github.com/CyberAgentA ILab/YokaiEval.", "https://github.com/cyberagentailab/yokaieval"),
        ("https://github.com/zhang-cyber/dynamic_ ETF2. Keywords: x", "https://github.com/zhang-cyber/dynamic_etf2"),
        ("https://github.com/CAIR- LAB- WFUSM/NSVQ.git", "https://github.com/cair-lab-wfusm/nsvq"),
        ("https://hkust.github.io/ sail-recon/.", "https://hkust.github.io/sail-recon"),
        ("https://doi.org/10. 57745/DYIVVU, and", "https://doi.org/10.57745/DYIVVU"),
        # what type-setting left
        (r"https://zheny\allowbreak-dot.github.io/\allowbreak Math.github.io/.", "https://zheny-dot.github.io/Math.github.io"),
        ("https://github$.$com/Org/Name", "https://github.com/org/name"),
        ("https://someone.github$.io/lcv/", "https://someone.github.io/lcv"),
        (r"$\href{https://github.com/Org/Name}{\text{this https URL}}$.", "https://github.com/org/name"),
        (r"{\href{https://github.com/Org/Name}{\textcolor{red}{https://github.com/Org/Name.}}}", "https://github.com/org/name"),
        (r"\href{https://github.com/Org/Name\_x}{github.com/Org/Name\_x}", "https://github.com/org/name_x"),
        ('<a href="https://lab.github.io/DiT/">this https URL.</a>', "https://lab.github.io/DiT"),
        # slips of the pen
        ("https:/github.com/Org/Name.", "https://github.com/org/name"),
        ("http://http://site.org/Page/", "https://site.org/Page"),
        ("https://githubhttps://github.com/Org/Name", "https://github.com/org/name"),
    ],
)  # fmt: skip
def test_what_wraps_type_setting_and_slips_did_to_a_url_is_undone(written, url):
    text = f"Our code is at {written}"
    link = only(text)
    assert link["url"] == url
    assert text[link["evidence_start"] : link["evidence_end"]] == link["evidence"]


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("The benchmark is publicly available at webgames.convergence.ai, and more", "https://webgames.convergence.ai"),
        ("More details can be found at: dexwrist.csail.mit.edu.", "https://dexwrist.csail.mit.edu"),
        ("Code will be available at mias.group/DiMoDE upon publication.", "https://mias.group/DiMoDE"),
        ("Project page: research.nvidia.com/labs/capa.", "https://research.nvidia.com/labs/capa"),
        ("The code is available atgithub.com/lab/TAM.", "https://github.com/lab/tam"),
        ("See athletes.github.io/x", "https://athletes.github.io/x"),
    ],
)
def test_an_address_without_scheme_counts_where_words_announce_it(text, url):
    assert urls(text) == [url]


@pytest.mark.parametrize(
    "text",
    [
        "Results are available at ClinicalTrials.gov and on Amazon.com.",
        "Code is available at github.com and will be on GitHub.com",
        "We compare perplexity.ai and draw.io with FLUX.1.dev and either/or, e.g./i.e.",
    ],
)
def test_a_site_that_is_only_named_is_no_link(text):
    assert urls(text) == []


def test_the_text_shown_for_a_link_is_no_second_link():
    text = r"Code: \href{https://anonymous.4open.science/r/CHESS-9958/}{https://anonymous.4open.science/r/CHESS/}."
    assert urls(text) == ["https://anonymous.4open.science/r/CHESS-9958"]
    assert urls("\\href{https://arxiv.org/abs/1}{https://github.com/a/b}") == ["https://github.com/a/b"]
    assert urls("Code https://github.com/a/b (https://x.org/p)") == ["https://github.com/a/b", "https://x.org/p"]


@pytest.mark.parametrize(
    ("text", "availability"),
    [
        ("We will release the code and we provide music samples on {}", "released"),
        ("The data will be released after being accepted, and the code is publicly released at {}.", "released"),
        ("Code will be released upon acceptance, while the demo video can be found here: {}.", "released"),
        ("Code will be released, project home page: {}", "released"),
        ("We expect that many will benefit from this dataset, which is publicly available at {}", "released"),
        ("A live demo is available at {} upon request.", "released"),
        ("The samples are at {} , and the code will be available at https://github.com/c/d.", "released"),
        ("The model is shown to be effective and its code is at {}.", "released"),
        ("Our code and data will be publicly released, and both can be accessed on the {}.", "promised"),
        (r"Code and data \textit{{will}} be available at {}", "promised"),
        ("Our dataset and model wil be released at {}.", "promised"),
        ("Code to be released at {} .", "promised"),
        ("Data and code available upon publication: {}", "promised"),
        ("The code will be made available at {} after a possible publication.", "promised"),
        ("We plan to release our models, code and dataset at {}", "promised"),
        (r"\href{{{}}}{{Our code will be available here.}}", "promised"),
    ],
)
def test_the_nearest_words_say_whether_it_is_there(text, availability):
    assert links(text.format("https://x.org/p"))[0]["availability"] == availability


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Our code is available at https://doi.org/10.5281/zenodo.15539879.", "code"),
        ("Code and data: https://doi.org/10.5281/zenodo.15539879.", "dataset"),
        ("Weights are on https://drive.google.com/drive/folders/1-u4?usp=drive_link", "model"),
        ("A demonstration video: https://www.dropbox.com/scl/fi/hv/a.mp4", "demo"),
        ("Results are in the https://lab.github.io/unimumo_demo/{project page}.", "project_page"),
        ("A competition\\footnote{https://www.kaggle.com/competitions/predict-place} of", "project_page"),
        ("Code: https://github.cs.huji.ac.il/lab/NAME", "code"),
    ],
)
def test_words_before_a_link_tell_its_kind_where_the_host_does_not(text, kind):
    assert only(text)["kind"] == kind


def test_a_competition_keeps_its_address():
    link = only("https://www.kaggle.com/competitions/predict-place")
    assert (link["url"], link["repo_id"]) == ("https://kaggle.com/competitions/predict-place", None)


SENTENCES = st.sampled_from(
    [
        "We propose a method.",
        "Code will be released at https://github.com/a/b.",
        "Its gain is 3.5 %, e.g. on 😀 and 模型.",
        "Ünïcödé: project page: https://lab.github.io/p/ .",
        "Code: \\href{https://github.com/C/D}{https://github.com/C/D} and https://hf.co/e/f",
        "It is at https: //x.org/q_ (see www.site.org)",
        "available at vcbench.com, soon",
        "github.com/g/ h-i is it",
        "http://",
    ]
)
TEXTS = st.lists(st.lists(SENTENCES, max_size=3).map(" ".join), min_size=1, max_size=3)


@settings(max_examples=100)
@given(TEXTS)
def test_texts_read_together_give_what_each_gives_alone(abstracts):
    together = read(*abstracts)
    alone = pl.concat(read(a).with_columns(text_id=pl.lit(str(i))) for i, a in enumerate(abstracts))
    assert together.equals(alone)


# A reading costs much the same for one text as for many, so an example is many.
@settings(max_examples=25)
@given(st.lists(st.tuples(TEXTS, st.text(max_size=400)), min_size=1, max_size=20))
def test_two_texts_in_a_row_give_the_links_of_both(examples):
    second = "We thank all. Code is at https://github.com/y/z."
    firsts = [" ".join(abstracts) for abstracts, _ in examples]
    texts = [f"{before.replace('http', '')}. {second}" for _, before in examples]
    rows = read(*firsts, *(f"{first} {second}" for first in firsts), *texts).to_dicts()
    of = [[row for row in rows if row["text_id"] == str(i)] for i in range(3 * len(examples))]
    for first, both, text, link in zip(of, of[len(firsts) :], texts, of[2 * len(firsts) :], strict=False):
        assert {row["url"] for row in both} == {"https://github.com/y/z", *(row["url"] for row in first)}
        assert link[-1]["url"] == "https://github.com/y/z"
        assert text[link[-1]["evidence_start"] : link[-1]["evidence_end"]] == link[-1]["evidence"]


@settings(max_examples=25)
@given(st.sampled_from("\u00a0\u2009\u3000\t"), st.lists(SENTENCES, max_size=4).map(" ".join))
def test_other_blanks_give_the_same_urls(blank, abstract):
    abstract = abstract.replace("available at vcbench.com", "")  # announced by words, which stand with plain blanks
    assert urls(abstract.replace(" ", blank)) == urls(abstract)
