"""Who gets the digest: a TOML file with a table `[[subscriber]]` for each."""

import re
import tomllib
from collections.abc import Collection
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError


class SubscribersError(ValueError):
    """The file cannot be read as it stands; the message says where and why."""


_WORD = r"[\w!#$%&'*+/^`{|}~-]+"
_ADDRESS = re.compile(rf"{_WORD}(\.{_WORD})*@[\w-]+(\.[\w-]+)*", re.ASCII)
"""What any server takes: RFC 5321's plain form. Few take letters outside of ASCII (SMTPUTF8); `=` would begin an encoded word."""


def _address(text: str) -> str:
    if not _ADDRESS.fullmatch(text):
        raise ValueError("no address of mail")
    return text


class Subscriber(BaseModel):
    """One of them: `topics` are ids of the mart `topics` (none: all of them), `digests` are `daily`, `weekly` or both."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    address: Annotated[str, AfterValidator(_address)]
    topics: tuple[str, ...] = ()
    digests: tuple[Literal["daily", "weekly"], ...] = Field(default=("daily",), min_length=1)


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    subscriber: tuple[Subscriber, ...] = ()


def read_subscribers(path: Path, topics: Collection[str]) -> tuple[Subscriber, ...]:
    """The subscribers in the file, none where there is no file. `topics` are those there are.

    Raises SubscribersError: no TOML, an unknown word, an address twice, a topic that is not there.
    """
    if not path.exists():
        return ()
    try:
        found = _File.model_validate(tomllib.loads(path.read_text(encoding="utf-8"))).subscriber
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SubscribersError(f"{path}: {error}") from error
    except ValidationError as error:
        told = "; ".join(f"{_place(e['loc'])}: {e['msg'].removeprefix('Value error, ')}" for e in error.errors())
        raise SubscribersError(f"{path}: {told}") from error
    seen: set[str] = set()
    for number, subscriber in enumerate(found, start=1):
        if subscriber.address.lower() in seen:
            raise SubscribersError(f"{path}: subscriber {number}: {subscriber.address} is there twice")
        seen.add(subscriber.address.lower())
        if unknown := [topic for topic in subscriber.topics if topic not in topics]:
            raise SubscribersError(f"{path}: subscriber {number}: no such topic: {', '.join(unknown)}")
    return found


def _place(loc: tuple[int | str, ...]) -> str:
    """`subscriber 2, topics` for pydantic's ("subscriber", 1, "topics", 0)."""
    if len(loc) > 1 and isinstance(loc[1], int):
        return ", ".join([f"subscriber {loc[1] + 1}", *map(str, loc[2:3])])
    return ".".join(map(str, loc))
