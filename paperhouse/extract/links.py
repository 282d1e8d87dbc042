r"""Links that a title or abstract names, with their role in the sentence; and URLs that a feed gives as a field.

The text is split before each place where a URL may begin, so that a piece holds at most one URL, at its start. The rest
of the piece before is the left context, the rest of its own piece the right one. What a URL *is* stands in `urls`. Few
texts hold a URL: all but the first, cheap look is for those alone.
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

# Line wraps became blanks. A host may be broken after a hyphen or a dot: "4d- visual.github.io", "www.idiap. ch/paper".
_BROKEN_HOST = (
    r"(?:[a-z0-9.-]*-\s[a-z0-9-]+\.\s?github\.io"
    r"|[a-z0-9.-]*[a-z0-9]\.\s(?:github\.io|(?:com|org|net|edu|ai|io|co|ch|de|cn|fr|eu)/))"
)
# The host belongs to it, so that no second URL begins inside: "https:// user.github.io", "http://http://site.org",
# "https://githubhttps://github.com", "https://github$.$com", "https://user\allowbreak-name.github.io".
_SCHEME = (
    r"https?\s?:\s?/\s?/?(?:[a-z0-9.]*https?:/{1,2})?"
    rf"(?:\s?(?:{_BROKEN_HOST}|[a-z0-9.$-]+))?(?:\\allowbreak\s?[a-z0-9._/-]*)*"
)
# "www.site.org" and "user.github.io" need no scheme to be a URL; known hosts do with a path ("github.com/owner").
_BARE_PAGE = r"www\.[a-z0-9-]+\.|[a-z0-9-]+\.(?:github|gitlab)\.io"
# Any other host needs words that announce it, and a path or a common top level: "available at vcbench.com",
# "Project page: lab.group/name".
_ANNOUNCED = r"(?:[Aa]vailable|accessible|accessed|found|hosted)(?: online| publicly)? (?:at|via|from):? |(?:[Pp]age|[Ww]ebsite|[Dd]ownload): "
_LABELS = r"[a-z0-9-]+(?:\.[a-z0-9-]+)*"
_SITE = (
    rf"(?:{_LABELS}\.[a-z]{{2,10}}/[A-Za-z0-9~]"
    rf"|{_LABELS}\.(?:com|org|net|edu|gov|info|app|dev|site|xyz|science|ai|io|co|cn|de|uk|ch|fr|eu|jp|kr|ca|au|nl|pl|se)"
    r"(?:[/\s),;]|\.(?:\s|$)|$))"
)
_ANNOUNCED_SITE = rf"(?:{_ANNOUNCED}){_SITE}"
_PLAIN_URL = r"https?://[A-Za-z0-9./_-]*"

_CODE_HOST = r"(?i:github\.\s?com|gitlab\.com|huggingface\.co|hf\.co)"
_BODY = r"(?:_\([A-Za-z0-9_-]+\)|[A-Za-z0-9_.~:/?#@!$&*+,;=%'-]|\\[_~#&%-]|\\allowbreak\s?)"
_NAME = r"[A-Za-z0-9_.-]"
# A name that is no word of the sentence: "eka-eval", "MoBind", "TC2".
_ODD_NAME = rf"(?:[A-Za-z]*[-_0-9]{_NAME}+|[A-Za-z]*[a-z][A-Z]{_NAME}*)"
# Line wraps, broken at a slash, a hyphen or inside a name; the first that matches wins.
_WRITTEN = (
    rf"^((?i:https?\s?:\s?/\s?/?\s?)?(?i:www\.)?(?:"
    rf"{_CODE_HOST}\s?/\s{_NAME}+/\s?{_BODY}+"  # "github.com/ owner/name"
    rf"|{_CODE_HOST}/{_NAME}+/\s{_ODD_NAME}"  # "github.com/owner/ eka-eval"
    rf"|{_CODE_HOST}/{_NAME}+\s[A-Z][A-Za-z]*/{_ODD_NAME}"  # "github.com/CyberAgentA ILab/YokaiEval"
    rf"|{_CODE_HOST}/(?:{_BODY}*?-\s)+{_NAME}*[A-Z0-9]{_BODY}*"  # "github.com/owner/KD- OCT"
    rf"|{_CODE_HOST}/{_NAME}+/{_NAME}*_\s{_ODD_NAME}"  # "github.com/owner/dynamic_ ETF2"
    rf"|[a-z0-9-]+\.github\.io/\s[a-z0-9]+(?:[-_][a-z0-9]+)+/"  # "lab.github.io/ sail-recon/"
    rf"|doi\.org/10\.\s[0-9]+/{_BODY}+"  # "doi.org/10. 57745/DYIVVU"
    rf"|{_BROKEN_HOST}{_BODY}*"
    rf"|{_BODY}+))"
)

_SENTENCE_END = r"(?s)^.*[.!?][\"')\]]*\s"
# What is done with a resource so that others have it, and how a passive of it goes on: "be made publicly available", "be at"
_GIVE = (
    "(?:releas|open-?source|open source|open (?:up|the|our) |publish|shar|mak|provid|host|upload|distribut|post|put)"
)
_GIVEN = r"(?:\w+ly\s+|made\s+|soon\s+|also\s+|freely\s+){0,3}(?:releas|open|publi|shar|avail|provid|host|upload|access|distribut|announc|found|post|put|push|maintain|download|here\b|(?:\w+\s+)?(?:at|on|in|via|into)\b)"
_PROMISE = (
    rf"(?i-u:(?:\bwill?\b\}}?|'ll\b|\bshall\b|\bgoing to\b)(?:\s+\w+){{0,6}}?\s+(?:be\s+{_GIVEN}|{_GIVE}|appear (?:at|on|in)\b|follow\b|go live\b)|\bwill available"
    rf"|\b(?:to|would) be\s+(?:\w+\s+){{0,2}}(?:releas|open|publi|made|shar|avail|provid|upload|host)"
    rf"|\b(?:plan|planned|intend|pledge|commit)(?:s|ted|ing)? (?:to|on)\s+(?:\w+\s+){{0,4}}?{_GIVE}|\b(?:aim|hope|expect) to (?:releas|open|publish|shar)"
    r"|\bsoon\b(?:(?u:[^ ])| (?u:[^a])| a(?u:[^s])|$)|\b(?:code|codes|data|datasets?|models?|weights)\s+(?:is |are |\(?)?(?:forthcoming|upcoming|planned|to appear|to follow)"
    r"|\b(?:upon|after)\s+(?:\w+\s+){0,3}?(?:acceptance|accepted|review|publication(?:(?u:[^ ])| (?u:[^o])|$)))"
)
# After the promise another clause says what is there: "Code will follow, and the demo is at", "…, project page:".
_TOLD_AFTER = (
    r"(?i-u:[,;:}]\s+(?:\w+\s+){0,6}?(?:is|are|was|were|has been|have been)\b|\band\s+(?:the\s+|our\s+)?(?:\w+\s+){0,3}?(?:is|are)\b"
    r"|(?:\b(?:and|while)|,)\s+we\s+(?:\w+\s+)?(?:releas|provid|open|shar|mak)|\bwhile\b|\bwhich (?:is|are)\b"
    r"|[,;.]\s*(?:our )?(?:project )?(?:home ?page|page|website|demo)\s*:?\s*$"
    r"|[,;.]\s*(?:(?:the|our) )?(?:source )?(?:codes?|data|datasets?|models?|weights|github)(?: at|:)\s*$)"
)
_RELEASE = (
    r"(?i-u:\b(?:is|are|was|were|has|have|we|available|avaliable|released?|open-?sourced?|found|accessible|hosted"
    r"|provided?)\b)"
)
# Words that name a page are enough where no verb says otherwise: "Project page: URL".
_PRESENT = (
    r"(?i-u:\b(?:see|visit|codes?|page|webpage|website|homepage|demo|samples|project|data|datasets?|models?|link)\b)"
)
# Right of the link: "at URL soon", "(URL) upon acceptance"; "upon request" is no promise.
_RIGHT_SOON = r"(?i)^[^.!?a-z]{0,4}(?:very\s+)?\b(?:soon\b|coming soon\b|to be (?:released|published)\b|to appear\s*(?:[).;]|soon\b|here\b|$)|(?:upon|once|after)\b[^.!?]{0,40}?(?:accept|publi|review|releas|camera))"
# Right of the link: "The code (URL) will be made public".
_RIGHT_PROMISE = (
    r"(?i)^(?:\}?\{[^{}.]{1,40}\s)?[\s)}\]>\"']*(?:,\s*)?(?:(?:which|and|that|they|it|both|all|page|repository|repo|link)\s+){0,2}"
    r"(?:will|shall)\s+(?:be\s+|soon\s+|also\s+|made\s+|become\s+|\w+ly\s+){0,4}(?:available|released?|public|open|published|shared)\b"
)
# A page of samples: "Audio samples: URL", "Demo page: URL", "Video results are at URL"; not one of code, data or the project as a whole.
_SAMPLES = r"(?i-u:\b(?:demos?|demonstrations?|samples?|videos|video results|visualizations|(?:audio|sound|video|more) examples|viewer)\b)"
_NOT_SAMPLES = r"(?i-u:\b(?:codes?|codebase|datasets?|data|checkpoints?|weights|project|models?|benchmark)\b)"
_DEMO_ADDRESS = r"(?i)[/._-]demos?(?:[/._-]|$)"
# What an archive's record is where it is no data: "Code: https://zenodo.org/…", "Weights are on drive.google.com/…".
_CODE_WORDS = r"(?i-u:\b(?:codes?|codebase|software|implementations?|scripts?|toolkit|package)\b)"
_MODEL_WORDS = r"(?i-u:\b(?:models?|checkpoints?|weights)\b)"
_DATA_WORDS = (
    r"(?i-u:\b(?:\w*data|\w*datasets?|benchmark|corpus|corpora|annotations?|resources?|materials?|recordings?)\b)"
)
# "\href{URL}{URL}": the second is what the reader sees of the first.
_SHOWN = r"^[.,/]?\s?(?:\}\s?\{|\]\(|\{)(?:\\[a-z]+\{|[a-z]+\}\{)*$"

# "{project page}" right of the link.
_PAGE_SHOWN = r"(?i)^\}?\{[^}]{0,30}\b(?:page|website|homepage)\b"

_CONTEXT = 240  # characters of context; more belongs to other sentences
_BEFORE_ANCHOR = 100  # characters from where a URL begins to what finds it: "user.github" before ".io"


def extract_links(texts: pl.DataFrame, vocabulary: Vocabulary) -> pl.DataFrame:
    """One row per text and canonical url, at its first occurrence.

    `texts`: text_id, title, abstract (String, NULL allowed). Returns text_id and the columns of `LINK_SCHEMA`.
    """
    hosts = vocabulary.hosts
    found = read_urls(_with_role(_pieces(_fields(texts, hosts), hosts)), "evidence", hosts)
    named = pl.col("url").is_not_null()
    found = found.filter(named & ~(pl.col("shown") & named.shift(1, fill_value=False)))
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
    """Titles and abstracts that may hold a URL: _n (their order, title first), text_id, evidence_in, text, zone, skipped.

    `zone` is the text from shortly before the first URL on, `skipped` the characters before it: most URLs stand last.
    The looks are for literals in small letters, which cost a tenth of looks for any case.
    """
    rows = texts.select("text_id", "title", "abstract").with_row_index("_row")
    text = pl.col("text")
    plainly, announced = text.str.find(_may_hold(hosts)), text.str.find(_ANNOUNCED_SITE)
    looks = {"title": plainly, "abstract": pl.min_horizontal(plainly, announced)}  # titles announce nothing
    fields = [
        rows.select("text_id", _n=pl.col("_row") * 2 + i, evidence_in=pl.lit(field), text=pl.col(field))
        .with_columns(_at=look)
        .filter(pl.col("_at").is_not_null())
        for i, (field, look) in enumerate(looks.items())
    ]
    # a tail in bytes is never shorter than in characters
    zone = text.str.tail(text.str.len_bytes() - pl.col("_at") + _CONTEXT + _BEFORE_ANCHOR)
    found = pl.concat(fields).with_columns(zone=zone)
    return found.with_columns(skipped=(text.str.len_chars() - pl.col("zone").str.len_chars()).cast(pl.Int64))


def _may_hold(hosts: pl.DataFrame) -> str:
    """What one of stands in every text with a URL."""
    ends = "|".join(sorted({rf"\.{host.rsplit('.', 1)[1]}/" for host in _bare_hosts(hosts)}))
    return rf"(?i:http)|www\.|\.io|{ends}"


def _bare_hosts(hosts: pl.DataFrame) -> list[str]:
    return [h for h in hosts["host"].to_list() if "*" not in h]


def _pieces(fields: pl.DataFrame, hosts: pl.DataFrame) -> pl.DataFrame:
    """One row per place where a URL may begin: text_id, evidence_in, text, piece, start (characters), before, second.

    `piece` goes from there to the next such place, `before` is the piece before it, `second` whether that one is of the
    same text and no first piece.
    """
    bare = "|".join(h.replace(".", r"\.") + "/" for h in _bare_hosts(hosts))
    begin = rf"(?i)({_SCHEME})|(^|[^a-z0-9@/._\\-](?:at)??)({_BARE_PAGE}|{bare})|((?-i:{_ANNOUNCED}))((?-i:{_SITE}))"
    zone = pl.col("zone")
    # nearly all URLs begin plainly, which a literal finds at a tenth of the cost
    odd = fields.select(
        zone.str.replace_all(_PLAIN_URL, "").str.contains(rf"{_may_hold(hosts)}|://|{_ANNOUNCED_SITE}|{_MARK}")
    ).to_series()
    plainly = zone.str.replace_all("https?://", f"{_MARK}${{0}}")
    anyhow = zone.str.replace_all(_MARK, " ", literal=True).str.replace_all(
        begin, f"${{2}}${{4}}{_MARK}${{1}}${{3}}${{5}}"
    )
    marked = pl.concat(
        [fields.filter(~odd).with_columns(_marked=plainly), fields.filter(odd).with_columns(_marked=anyhow)]
    )
    chars = zone.str.len_chars().cast(pl.Int64)
    pieces = (
        marked.sort("_n")
        .with_columns(_before=chars.cum_sum() - chars - pl.col("skipped"), piece=pl.col("_marked").str.split(_MARK))
        .explode("piece", empty_as_null=True)
    )
    length = pl.col("piece").str.len_chars().cast(pl.Int64)
    first = (pl.col("_n") != pl.col("_n").shift(1)).fill_null(value=True)
    return pieces.with_columns(
        start=(length.cum_sum() - length - pl.col("_before")).cast(pl.Int32),
        before=pl.col("piece").shift(1),
        second=~first.shift(1, fill_value=True),
        _first=first,
    ).filter(~pl.col("_first"))


def _with_role(pieces: pl.DataFrame) -> pl.DataFrame:
    """The pieces that hold a URL, with evidence, clause (what is said left of it), right, shown and availability."""
    cut = pieces.with_columns(
        written=pl.col("piece").str.extract_all(_WRITTEN).list.first().str.strip_chars_end(TRAILING)
    ).with_columns(_width=pl.col("written").str.len_chars().cast(pl.Int32).fill_null(0))
    cut = cut.with_columns(_rest=pl.col("piece").str.slice(pl.col("_width")))
    between = pl.when("second").then(pl.col("_rest").shift(1))
    around = cut.with_columns(
        left=pl.coalesce(between, "before").str.tail(_CONTEXT),
        right=pl.col("_rest").str.head(_CONTEXT),
        shown=(between.str.contains(_SHOWN) & (pl.col("_width").shift(1) > 0)).fill_null(value=False),
    ).filter(pl.col("_width") > 0)
    around = around.with_columns(clause=pl.col("left").str.replace(_SENTENCE_END, ""))
    # "will be released at URL and URL": the second has the role of the first
    alone = (pl.col("_n") != pl.col("_n").shift(1)).fill_null(value=True)
    told = pl.coalesce(_told(), pl.when(alone).then(pl.lit("released")))
    return around.with_columns(
        availability=told.forward_fill(),
        evidence_start="start",
        evidence_end=pl.col("start") + pl.col("_width"),
        evidence=pl.col("zone").str.slice(pl.col("start") - pl.col("skipped"), pl.col("_width")),
    )


def _told() -> pl.Expr:
    """released or promised where the words around a link say so, else NULL; the nearest words count."""
    left, clause, right = pl.col("left"), pl.col("clause"), pl.col("right")
    after = clause.str.replace(rf"(?s)^.*{_PROMISE}", "")  # what stands after the last promise; all, if there is none
    promised = clause.str.contains(_PROMISE) & ~after.str.contains(_TOLD_AFTER)
    return (
        pl.when(promised | right.str.contains(_RIGHT_SOON)).then(pl.lit("promised"))
        .when(clause.str.contains(_RELEASE)).then(pl.lit("released"))
        .when(right.str.contains(_RIGHT_PROMISE)).then(pl.lit("promised"))
        .when(clause.str.contains(_PRESENT) | left.str.contains(_SENTENCE_END)).then(pl.lit("released"))
    )  # fmt: skip


def _kind_in_context() -> pl.Expr:
    """The kind by host and path, corrected by the words before the link where the host leaves it open."""
    kind, name = pl.col("kind"), pl.col("name")
    page = pl.when(kind == "project_page").then(pl.col("clause"))
    record = pl.when((kind == "dataset") & name.is_null()).then(pl.col("clause"))
    samples = page.str.contains(_SAMPLES) | (page.is_not_null() & pl.col("url").str.contains(_DEMO_ADDRESS))
    no_page = ~page.str.contains(_NOT_SAMPLES) & ~pl.col("right").str.contains(_PAGE_SHOWN)
    no_data = ~record.str.contains(_DATA_WORDS)
    return (
        pl.when(samples & no_page).then(pl.lit("demo"))
        .when(no_data & record.str.contains(_CODE_WORDS)).then(pl.lit("code"))
        .when(no_data & record.str.contains(_SAMPLES)).then(pl.lit("demo"))
        .when(no_data & record.str.contains(_MODEL_WORDS)).then(pl.lit("model"))
        .otherwise(kind).alias("kind")
    )  # fmt: skip


def _rule() -> pl.Expr:
    written = pl.col("evidence")
    return (
        pl.when(written.str.contains(r"\s")).then(pl.lit("wrapped_url"))
        .when(written.str.contains(r"(?i)^http")).then(pl.lit("url"))
        .otherwise(pl.lit("bare_host"))
        .alias("rule")
    )  # fmt: skip
