"""What one written URL is: its canonical form, its kind and, on code hosts and hubs, the repository.

Shapes only: no context is looked at here (`links` does that). The same expressions read URLs found in text and URLs
that a feed gives as a field. Hosts and their shapes are the seed `hosts`; a shape is a named rule below.
"""

import polars as pl

URL_SCHEMA = pl.Schema(
    {
        "url": pl.String,
        "host": pl.String,
        "owner": pl.String,
        "name": pl.String,
        "kind": pl.String,
        "repo_id": pl.String,
        "path": pl.String,
    }
)

# What may follow a URL but is no part of it: "…/name." and "…/name/,".
TRAILING = ".,;:!?'\"*&$=#\\"

_UNRESERVED = {"%5F": "_", "%2D": "-", "%2E": ".", "%7E": "~"}
# Before the host: "https://", "https:/", "http://http://", "https://githubhttps://", "user@".
_SCHEME = r"(?i)^(?:https?:/+(?:[a-z0-9.]*https?:/+)?)?(?:[^/@?#]*@)?"
# At least one dot and a top level of letters, or four numbers: "localhost", "github." and "v1.0" are no hosts.
_HOST = r"^(?:(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?\.)+[a-z][a-z0-9-]*[a-z0-9]|[0-9]{1,3}(?:\.[0-9]{1,3}){3})$"
# Queries that say who sent the reader, not what is shown: "?utm_source=x", "?usp=sharing".
_TRACKING = r"(?i)=?(?:utm_[a-z]+|fbclid|gclid|mc_[a-z]+|ref|ref_src|referrer|source|spm|si|usp|feature|igshid|view_from)=[^&]*&?"

_C = r"[A-Za-z0-9_.~-]"
_FILE = r"/(?:-/)?(?:tree|blob|raw|resolve|edit|blame|src)/[^/]+"
# "/owner/name", "/owner" · "/o/n/tree/main/dir" · "/o/n/dir" as some write it.
_REPOSITORY = rf"^/(?P<owner>{_C}+)(?:/(?P<name>{_C}+)(?P<rest>/.*)?)?"
# "/group/subgroup/name/-/tree/main/dir"
_SUBGROUPS = rf"^/(?P<owner>{_C}+(?:/{_C}+)*?)(?:/(?P<name>{_C}+))?(?P<rest>/(?:-/.*|(?:tree|blob|raw)/.*))?$"
# "/datasets/owner/name" · "/owner/name" · "/owner"
_HUB = (
    r"^(?:/(?P<type>datasets|spaces|studios|collections|models|code|notebooks|competitions|benchmarks))?"
    rf"/(?P<owner>{_C}+)(?:/(?P<name>{_C}+)(?P<rest>/.*)?)?"
)
_ANONYMOUS = rf"^/(?:r|repository)/(?P<name>{_C}+)(?P<rest>/.*)?"
_TYPED = {
    "datasets": "dataset",
    "spaces": "demo",
    "studios": "demo",
    "collections": "collection",
    "models": "model",
    "code": "code",
    "notebooks": "code",
    "competitions": "project_page",
    "benchmarks": "project_page",
}
# First parts of a path that are pages of the site, not owners.
_SITE_PAGES = [
    *("blog", "docs", "learn", "chat", "tasks", "search", "topics", "features", "about", "marketplace", "settings"),
    *(
        "explore",
        "login",
        "join",
        "pricing",
        "enterprise",
        "posts",
        "leaderboards",
        "apps",
        "notifications",
        "trending",
    ),
    *("datasets", "spaces", "models", "collections", "competitions", "benchmarks", "code", "studios"),
]
# Pages of a repository that are no file of it.
_NO_FILE = r"^/(?:issues|pulls?|releases|wiki|actions|discussions|commits?|tags|branches|stargazers|graphs)(?:/|$)"


def read_urls(frame: pl.DataFrame, written: str, hosts: pl.DataFrame) -> pl.DataFrame:
    """`frame` with the columns of `URL_SCHEMA` for the URLs in its column `written`; no resource: all of them NULL."""
    parts = _with_parts(frame, written)
    path, shape = pl.col("_path"), pl.col("_shape")
    placed = _with_host_rule(parts, hosts).with_columns(
        pl.when(shape == "raw").then(path.str.replace(r"^(/[^/]+/[^/]+)/", "${1}/raw/"))  # the ref stands bare there
        .when(shape != "page").then(path.str.replace(r"^/(?:orgs|users|organizations?)/([^/]+).*$", "/${1}"))
        .otherwise(path)
        .alias("_path")
    )  # fmt: skip
    shaped = placed.with_columns(_shape_parts().alias("_p"))
    return _canonical(shaped).select(*frame.columns, *URL_SCHEMA)


def plain(written: pl.Expr) -> pl.Expr:
    r"""A written URL without what type-setting put into it: blanks, `\_`, `$.$`, percent-encoded unreserved characters."""
    return (
        written.str.replace_all(r"\\allowbreak|\s+|\\", "")
        .str.replace_all(r"\$\.\$?", ".")
        .str.replace_many(_UNRESERVED, ascii_case_insensitive=True)
        .str.strip_chars_end(TRAILING + "/")
    )


def _with_parts(frame: pl.DataFrame, written: str) -> pl.DataFrame:
    """`frame` with _host (NULL where it is none), _port, _path, _query and _fragment, each with its first character.

    Cut at literals one after the other: one pattern with a group a part costs ten times as much.
    """

    def cut(name: str, at: str, rest: str) -> list[pl.Expr]:
        both = pl.col(name).str.splitn(at, 2)
        return [both.struct[0].alias(name), (pl.lit(at) + both.struct[1]).alias(rest)]

    cuts = frame.with_columns(plain(pl.col(written)).str.replace(_SCHEME, "").alias("_host"))
    for at, rest in (("#", "_fragment"), ("?", "_query"), ("/", "_path"), (":", "_port")):
        cuts = cuts.with_columns(cut("_host", at, rest))
    host = pl.col("_host").str.to_lowercase().str.replace(r"^(?:www\.)+", "").str.strip_chars_end(".")
    port = pl.col("_port")
    sound = host.str.contains(_HOST) & port.str.contains("^:[0-9]+$").fill_null(value=True)
    return cuts.with_columns(
        _host=pl.when(sound).then(host),
        _port=pl.when(~port.is_in([":80", ":443"])).then(port).fill_null(""),
        _path=pl.col("_path").str.replace_all("/{2,}", "/").str.strip_chars_end("/").fill_null(""),
        _query=pl.col("_query").str.replace_all(_TRACKING, "").str.strip_chars_end("?&").fill_null(""),
        _fragment=pl.col("_fragment").str.strip_chars_end("#/").fill_null(""),
    )


def _with_host_rule(parts: pl.DataFrame, hosts: pl.DataFrame) -> pl.DataFrame:
    """Each URL with the seed's row for its host: the host itself, else `*.parent`, else `label.*`, else a page."""
    rules = hosts.select(
        _rule="host", _shape="shape", _kind="kind", _fold=pl.col("fold_case") == "yes", _same="same_as"
    )
    host, known = pl.col("_host"), rules["_rule"].implode()
    parent = pl.lit("*") + host.str.extract(r"(\..*)$")
    label = host.str.extract(r"^([^.]*\.)") + pl.lit("*")
    rule = pl.coalesce(pl.when(key.is_in(known)).then(key) for key in (host, parent, label))
    return (
        parts.with_columns(rule.alias("_rule"))
        .join(rules, on="_rule", how="left", maintain_order="left")
        .with_columns(
            pl.coalesce("_same", "_host").alias("_host"),
            pl.col("_shape").fill_null("page"),
            pl.col("_kind").fill_null("project_page"),
            pl.col("_fold").fill_null(value=False),
        )
    )


def _shape_parts() -> pl.Expr:
    """type, owner, name and rest of the path, by the host's shape; all NULL for a plain page."""
    path, shape = pl.col("_path"), pl.col("_shape")
    none = pl.lit(None, dtype=pl.String)

    def read(shapes: list[str], pattern: str, *missing: str) -> pl.Expr:
        # patterns with groups are dear: each only for its own paths
        groups = pl.when(shape.is_in(shapes)).then(path).str.extract_groups(pattern)
        return pl.struct(none.alias(f) if f in missing else groups.struct[f] for f in ("type", "owner", "name", "rest"))

    return (
        pl.when(shape.is_in(["repository", "raw"])).then(read(["repository", "raw"], _REPOSITORY, "type"))
        .when(shape == "subgroups").then(read(["subgroups"], _SUBGROUPS, "type"))
        .when(shape == "hub").then(read(["hub"], _HUB))
        .when(shape == "anonymous").then(read(["anonymous"], _ANONYMOUS, "type", "owner"))
    )  # fmt: skip


def _canonical(shaped: pl.DataFrame) -> pl.DataFrame:
    """Repository, organisation, short link or page: the canonical url and what it is."""
    shape, host, fold = pl.col("_shape"), pl.col("_host"), pl.col("_fold")
    part = pl.col("_p").struct
    # "github.com/." has no owner either
    dots = ~part["owner"].str.contains("[A-Za-z0-9]")
    site_page = (part["owner"].str.to_lowercase().is_in(_SITE_PAGES) | dots).fill_null(value=False)
    # "datasets/squad", "competitions/titanic"
    lone = (part["type"].is_in(["datasets", "competitions"]) & part["name"].is_null()).fill_null(value=False)
    hub_paper = (shape == "hub") & (part["owner"] == "papers")
    name = part["name"].str.replace(r"(?i)(?:\.git)+$", "").str.strip_chars_end(".~")
    name = pl.when(name != "").then(name)
    type_ = pl.when((part["type"] != "models") | (host != "huggingface.co")).then(part["type"])

    def case(value: pl.Expr) -> pl.Expr:
        return pl.when(fold).then(value.str.to_lowercase()).otherwise(value)

    step = shaped.with_columns(
        _type=type_,
        _owner=pl.when(~site_page & ~lone).then(case(part["owner"].str.strip_chars_end(".~"))),
        _name=pl.when(lone).then(case(part["owner"].str.strip_chars_end(".~"))).when(~site_page).then(case(name)),
        _rest=part["rest"].str.replace(rf"^{_FILE}", "").str.strip_chars("/"),
        _no_file=part["rest"].str.contains(_NO_FILE) | ((shape == "hub") & ~part["rest"].str.contains(rf"^{_FILE}/.")),
        _dropped=hub_paper.fill_null(value=False) | (shape == "paper") | host.is_null(),
    )
    owner, name, type_ = pl.col("_owner"), pl.col("_name"), pl.col("_type")
    step = step.with_columns(
        _repository=name.is_not_null() & shape.is_in(["repository", "raw", "subgroups", "hub", "anonymous"]),
        _base=pl.lit("https://") + host + pl.col("_port"),
    )
    repository, base, has_owner = pl.col("_repository"), pl.col("_base"), owner.is_not_null()
    kind = (
        pl.when(repository & type_.is_not_null()).then(type_.replace(_TYPED))
        .when(repository).then(pl.col("_kind"))
        .when(has_owner & (type_ == "collections")).then(pl.lit("collection"))
        .when(has_owner).then(pl.lit("organization"))
        .when(shape.is_in(["page", "short_link"])).then(pl.col("_kind"))
        .otherwise(pl.lit("project_page"))
    )  # fmt: skip
    page = pl.concat_str([base, "_path", "_query", "_fragment"])
    keep_type = pl.when(repository | (type_ == "collections")).then(type_)
    hub = pl.concat_str([base, keep_type, owner, name], separator="/", ignore_nulls=True)
    url = (
        pl.when("_dropped").then(None)
        .when(repository & (shape == "anonymous")).then(base + "/r/" + name)
        .when(has_owner | repository).then(hub)
        .when((shape == "page") | (pl.col("_path") != "")).then(page)  # a code host's own front page is no resource
    )  # fmt: skip
    named = step.with_columns(kind=kind, url=url)
    is_repo = repository & pl.col("kind").is_in(["code", "model", "dataset", "demo"])
    path = pl.when(is_repo & (pl.col("_rest") != "") & ~pl.col("_no_file")).then("_rest")
    found = {"host": host, "owner": owner, "name": name, "kind": pl.col("kind"), "path": path}
    resource = pl.col("url").is_not_null()
    return named.with_columns(
        *(pl.when(resource).then(value).alias(column) for column, value in found.items()),
        repo_id=pl.when(is_repo).then("url"),
    )
