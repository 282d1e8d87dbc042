r"""Links that a title or abstract names, with their role in the sentence; and URLs that a feed gives as a field.

The text is split before each place where a URL may begin, so that a piece holds at most one URL, at its start. The rest
of the piece before is the left context, the rest of its own piece the right one. What a URL *is* stands in `urls`.
"""

import polars as pl

from paperhouse.extract.urls import TRAILING, URL_SCHEMA, read_urls
from paperhouse.vocabulary import Vocabulary

LINK_SCHEMA = pl.Schema(
    {
        "url": pl.String,
        "host": pl.String,
        "owner": pl.String,
        "name": pl.String,
        "kind": pl.String,
        "availability": pl.String,
        "repo_id": pl.String,
        "path": pl.String,
        "evidence": pl.String,
        "evidence_in": pl.String,
        "evidence_start": pl.Int32,
        "evidence_end": pl.Int32,
        "rule": pl.String,
    }
)

# No text of a feed holds it; where one does, it is read as a blank.
_MARK = "\ufdd0"

# The host belongs to it, also where a line wrap parts them: "https:// user.github.io", "https://4d- visual.github.io".
_SCHEME = r"https?\s?:\s?/\s?/(?:\s?[a-z0-9.-]+(?:-\s[a-z0-9-]+\.github\.io)?)?"
# "www.site.org" and "user.github.io" need no scheme to be a URL; known hosts do with a path ("github.com/owner").
_BARE_PAGE = r"www\.[a-z0-9-]+\.|[a-z0-9-]+\.(?:github|gitlab)\.io"

_CODE_HOST = r"(?i:github\.\s?com|gitlab\.com|huggingface\.co|hf\.co)"
_BODY = r"(?:_\([A-Za-z0-9_-]+\)|[A-Za-z0-9_.~:/?#@!$&*+,;=%'-]|\\[_~#&%-])"
_NAME = r"[A-Za-z0-9_.-]"
# A name that is no word of the sentence: "eka-eval", "MoBind", "TC2".
_ODD_NAME = rf"(?:[A-Za-z]*[-_0-9]{_NAME}+|[A-Za-z]*[a-z][A-Z]{_NAME}*)"
# Line wraps, which flattening made blanks, broken at a slash or a hyphen; first match wins.
_WRITTEN = (
    rf"^((?i:https?\s?:\s?/\s?/\s?)?(?i:www\.)?(?:"
    rf"{_CODE_HOST}\s?/\s{_NAME}+/\s?{_BODY}+"  # "github.com/ owner/name"
    rf"|{_CODE_HOST}/{_NAME}+/\s{_ODD_NAME}"  # "github.com/owner/ eka-eval"
    rf"|{_CODE_HOST}/(?:{_BODY}*?-\s)+{_NAME}*[A-Z0-9]{_BODY}*"  # "github.com/owner/KD- OCT"
    rf"|[a-z0-9]+-\s[a-z0-9-]+\.github\.io{_BODY}*"  # "4d- visual.github.io"
    rf"|github\.\scom/{_BODY}+"  # "github. com/owner/name"
    rf"|{_BODY}+))"
)

_SENTENCE_END = r"(?s)^.*[.!?][\"')\]]*\s"
_PROMISE = (
    r"(?i)\b(?:will|shall)\b(?:\s+\w+){0,6}?\s+(?:be|release|open|publish|share|make|provide|appear)"
    r"|\b(?:to be|going to|plan to|planned|intend to|soon|forthcoming|upcoming)\b"
    r"|\bwill\s+(?:soon\s+)?(?:available|open|release)|\b(?:upon|after)\s+(?:\w+\s+)?(?:accept|publication|review)"
)
_RELEASE = (
    r"(?i)\b(?:is|are|was|were|has|have|we|available|avaliable|released?|open-?sourced?|found|accessible|hosted"
    r"|provided?)\b"
)
# Words that name a page are enough where no verb says otherwise: "Project page: URL".
_PRESENT = (
    r"(?i)\b(?:see|visit|codes?|page|webpage|website|homepage|demo|samples|project|data|datasets?|models?|link)\b"
)
# Right of the link: "at URL soon", "(URL) upon acceptance".
_RIGHT_SOON = r"(?i)^[^.!?a-z]{0,4}(?:very\s+)?\b(?:soon|upon|once|after)\b"
# Right of the link: "The code (URL) will be made public".
_RIGHT_PROMISE = (
    r"(?i)^[^.!?]{0,60}\b(?:will|shall)\b[^.!?]{0,30}\b(?:available|released?|public|publicly|open|published|shared)\b"
)
# A page of samples: "Audio samples: URL", "Demo page: URL"; not one of code, data or the project as a whole.
_SAMPLES = r"(?i)\b(?:demos?|demonstrations?|samples?|audio examples|sound examples)\b"
_NOT_SAMPLES = r"(?i)\b(?:codes?|codebase|datasets?|data|checkpoints?|weights|project|models?|benchmark)\b"
_DEMO_ADDRESS = r"(?i)[/._-]demos?(?:[/._-]|$)"

_CONTEXT = 240  # characters of context; more belongs to other sentences


def extract_links(texts: pl.DataFrame, vocabulary: Vocabulary) -> pl.DataFrame:
    """One row per text and canonical url, at its first occurrence.

    `texts`: text_id, title, abstract (String, NULL allowed). Returns text_id and the columns of `LINK_SCHEMA`.
    """
    pieces = _pieces(_fields(texts, vocabulary.hosts), vocabulary.hosts)
    found = read_urls(_with_context(pieces), "evidence", vocabulary.hosts).filter(pl.col("url").is_not_null())
    first = found.unique([pl.col("text_id"), pl.col("url").str.to_lowercase()], keep="first", maintain_order=True)
    return first.with_columns(_kind_in_context(), _rule()).select("text_id", *LINK_SCHEMA).cast(LINK_SCHEMA)


def canonical_links(urls: pl.DataFrame, vocabulary: Vocabulary) -> pl.DataFrame:
    """What the URLs in `raw_url` are: raw_url and the columns of `URL_SCHEMA`; what is no URL has NULLs.

    The same reading as for a text's links, save that the whole cell is the URL: blanks and line breaks inside go.
    """
    clean = pl.col("raw_url").str.strip_chars(" \t\r\n<>()[]{}\"'`\u200b\ufeff")
    usable = clean.str.contains(r"(?i)^https?://\S|^www\.[a-z0-9]|^[a-z0-9.-]+\.[a-z]{2,}/\S|^[a-z0-9-]+\.github\.io")
    frame = urls.select("raw_url", _clean=pl.when(usable).then(clean))
    return read_urls(frame, "_clean", vocabulary.hosts).select("raw_url", *URL_SCHEMA)


def _fields(texts: pl.DataFrame, hosts: pl.DataFrame) -> pl.DataFrame:
    """Titles and abstracts that may hold a URL, title first: text_id, evidence_in, text."""
    anchors = ["://", ": //", ":/ /", "www.", ".io", *_bare_hosts(hosts)]
    rows = texts.select("text_id", "title", "abstract").with_row_index("_row")
    fields = [
        rows.select("_row", "text_id", evidence_in=pl.lit(field), text=pl.col(field)).filter(
            pl.col("text").str.contains_any(anchors, ascii_case_insensitive=True)
        )
        for field in ("title", "abstract")
    ]
    return pl.concat(fields).sort("_row", maintain_order=True)


def _bare_hosts(hosts: pl.DataFrame) -> list[str]:
    return [f"{h}/" for h in hosts["host"].to_list() if "*" not in h]


def _pieces(fields: pl.DataFrame, hosts: pl.DataFrame) -> pl.DataFrame:
    """Each text split where a URL may begin: text_id, evidence_in, piece, start (characters), written."""
    bare = "|".join(h.replace(".", r"\.") for h in _bare_hosts(hosts))
    begin = rf"(?i)({_SCHEME})|(^|[^a-z0-9@/._-])({_BARE_PAGE}|{bare})"
    marked = (
        pl.col("text").str.replace_all(_MARK, " ", literal=True).str.replace_all(begin, f"${{2}}{_MARK}${{1}}${{3}}")
    )
    split = fields.select(
        "text_id", "evidence_in", "text", _n=pl.int_range(pl.len()), piece=marked.str.split(_MARK)
    ).explode("piece", empty_as_null=True)
    length = pl.col("piece").str.len_chars().cast(pl.Int32)
    return split.with_columns(
        start=(length.cum_sum() - length).over("_n"),
        first=pl.int_range(pl.len()).over("_n") == 0,
        written=pl.col("piece").str.extract(_WRITTEN).str.strip_chars_end(TRAILING),
    ).with_columns(written=pl.when(~pl.col("first")).then(pl.col("written")))


def _with_context(pieces: pl.DataFrame) -> pl.DataFrame:
    """The pieces that hold a URL, with evidence, the text left and right of it and its availability."""
    width = pl.col("written").str.len_chars().cast(pl.Int32)
    rest = pl.col("piece").str.slice(width.fill_null(0))
    around = pieces.with_columns(_width=width, _rest=rest).with_columns(
        left=pl.col("_rest").shift(1).str.tail(_CONTEXT), right=pl.col("_rest").str.head(_CONTEXT)
    )
    left, right = pl.col("left"), pl.col("right")
    clause = left.str.replace(_SENTENCE_END, "")
    told = (
        pl.when(clause.str.contains(_PROMISE) | right.str.contains(_RIGHT_SOON)).then(pl.lit("promised"))
        .when(clause.str.contains(_RELEASE)).then(pl.lit("released"))
        .when(right.str.contains(_RIGHT_PROMISE)).then(pl.lit("promised"))
        .when(clause.str.contains(_PRESENT) | left.str.contains(_SENTENCE_END)).then(pl.lit("released"))
    )  # fmt: skip
    # "will be released at URL and URL": the second has the role of the first
    return (
        around.filter(pl.col("written").is_not_null() & (pl.col("_width") > 0))
        .with_columns(clause=clause, availability=told)
        .with_columns(pl.col("availability").forward_fill().over("_n").fill_null("released"))
        .with_columns(
            evidence_start="start",
            evidence_end=pl.col("start") + pl.col("_width"),
            evidence=pl.col("text").str.slice(pl.col("start"), pl.col("_width")),
        )
    )


def _kind_in_context() -> pl.Expr:
    page = pl.col("kind") == "project_page"
    samples = pl.col("clause").str.contains(_SAMPLES) | pl.col("url").str.contains(_DEMO_ADDRESS)
    demo = page & samples & ~pl.col("clause").str.contains(_NOT_SAMPLES)
    return pl.when(demo).then(pl.lit("demo")).otherwise("kind").alias("kind")


def _rule() -> pl.Expr:
    written = pl.col("evidence")
    return (
        pl.when(written.str.contains(r"\s")).then(pl.lit("wrapped_url"))
        .when(written.str.contains(r"(?i)^http")).then(pl.lit("url"))
        .otherwise(pl.lit("bare_host"))
        .alias("rule")
    )  # fmt: skip
