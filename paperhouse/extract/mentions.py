"""Where the phrases of a list stand in many texts, in one compiled pass over their bytes.

A word is a run of ASCII letters and digits, in any case; any other byte is a blank: "kv-cache" is "KV cache", and a phrase
of two blanks ("audio, video") wants two bytes there. The pass hashes each word once and asks one table for it, then for it
and the next word together, and so on: what it costs hardly depends on how many phrases there are, unlike an automaton
that outgrows the processor's cache.

A phrase "introduce … dataset" is two words with up to `_REACH` others between them, no small one and no full stop among them: "we
introduce Zed, a large-scale dataset". Where the second word stands, the words before it are looked at.

(Hashes have 64 bits: that two phrases have one is looked at when the table is made;
that words of a text have the hash of a phrase they are not is not to be expected in a trillion texts.)
"""

import re
import string
from dataclasses import dataclass
from functools import lru_cache

import numba
import numpy as np
import polars as pl

from paperhouse.text import Utf8, utf8

U64 = np.uint64

# One random number a letter or digit, the same for both cases; 0 for what stands between words.
WORD_BYTES = np.zeros(256, U64)
for _letter, _number in zip(
    string.ascii_lowercase + string.digits,
    np.random.default_rng(20250904).integers(1, 2**63, 36, dtype=np.int64),
    strict=True,
):
    WORD_BYTES[[ord(_letter), ord(_letter.upper())]] = _number

_REACH = 9
_GAP = U64(255)  # joins the two words of a phrase with others between; more blanks than any phrase has
_OPENS, _CLOSES = 1, 2
_SMALL = [
    "on", "with", "using", "from", "for", "of", "that", "which", "to", "by", "in", "as", "where",
    "via", "under", "is", "are", "was", "were", "has", "have", "and", "or", "than",
]  # fmt: skip

MENTION = pl.Schema({"field": pl.UInt32, "phrase": pl.UInt32, "start": pl.UInt32})


@dataclass(frozen=True)
class Phrases:
    """The table of a list of phrases: `roles[h >> 48]` tells whether a word of hash `h` may open a phrase, or close one with others
    between; `hashes` and `numbers` are an open-addressing table from the hash of some first words of a phrase to its place in the list, or to
    -1 where more words must follow."""

    roles: np.ndarray
    hashes: np.ndarray
    numbers: np.ndarray

    @classmethod
    @lru_cache(maxsize=8)  # the vocabularies', which every batch of texts asks for
    def of(cls, phrases: tuple[str, ...]) -> "Phrases":
        """`phrases`: words of ASCII letters and digits with one blank or two between, none twice."""
        told: dict[int, str] = {}
        numbers: dict[int, int] = {}
        roles = np.zeros(1 << 16, np.uint8)

        def note(hash_: np.uint64, words: str) -> None:
            if told.setdefault(int(hash_), words) != words:
                raise ValueError(f"{words!r} and {told[int(hash_)]!r} have one hash")
            numbers.setdefault(int(hash_), -1)

        for number, phrase in enumerate(phrases):
            hash_, end, spread = U64(0), 0, "…" in phrase
            for word in re.finditer("[a-z0-9]+", phrase.lower()):
                one = _hash_of(word[0])
                blanks = _GAP if spread else U64(word.start() - end)
                hash_ = U64(_joined(hash_, one, blanks)) if end else one
                roles[int(one) >> 48] |= 0 if end and not spread else _CLOSES if end else 0 if spread else _OPENS
                end = word.end()
                if end == len(phrase) or not spread:
                    note(hash_, phrase.lower()[:end])
            if numbers[int(hash_)] >= 0:
                raise ValueError(f"{phrase!r} is there twice")
            numbers[int(hash_)] = number
        size = 1 << (4 * len(numbers)).bit_length()  # mostly empty: most words are in no phrase
        table = cls(roles, np.zeros(size, U64), np.full(size, -1, np.int32))
        for known, number in numbers.items():
            place = slot(U64(known), table.hashes)
            table.hashes[place], table.numbers[place] = known, number
        return table


def find_phrases(texts: pl.Series, phrases: Phrases) -> pl.DataFrame:
    """A frame of MENTION, in reading order: row of `texts` (String, NULL allowed), phrase, and the byte where it begins; of a phrase
    with others between, where its last word does."""
    return find_in(utf8(texts), phrases)


def find_in(texts: Utf8, phrases: Phrases) -> pl.DataFrame:
    """The same, of texts as `utf8` gives them."""
    data, ends = texts
    if len(ends) < 2:
        return pl.DataFrame(schema=MENTION)
    room = len(data) // 4 + 64
    while True:
        found = np.empty((3, room), np.uint32)
        count = _find(data, ends, WORD_BYTES, phrases.roles, phrases.hashes, phrases.numbers, _SMALL_WORDS, found)
        if count <= room:
            return pl.DataFrame(dict(zip(MENTION, found[:, :count], strict=True)), schema=MENTION)
        room = count


def kinds_held(texts: pl.Series, kinds: dict[str, pl.Series]) -> pl.DataFrame:
    """One column of Booleans a kind: whether a text holds any of the kind's phrases, or its plural, in any case.

    So that patterns of hundreds of phrases are tried only where one of these stands.
    """
    masks: dict[str, int] = {}
    for place, phrases in enumerate(kinds.values()):
        plain = phrases.str.to_lowercase().str.replace_all("[^a-z0-9]+", " ").str.strip_chars()
        for phrase in (*plain, *(plain + "s")):
            masks[phrase] = masks.get(phrase, 0) | 1 << place
    found = find_phrases(texts, Phrases.of(tuple(masks)))
    held = np.zeros(len(texts), np.uint16)
    np.bitwise_or.at(
        held, found["field"].to_numpy(), np.array(list(masks.values()), np.uint16)[found["phrase"].to_numpy()]
    )
    return pl.DataFrame({kind: held >> place & 1 for place, kind in enumerate(kinds)}).cast(pl.Boolean)


@numba.njit(cache=True, inline="always")
def _stepped(hash_, letter):
    return ((hash_ << U64(11)) | (hash_ >> U64(53))) ^ letter


@numba.njit(cache=True, inline="always")
def mixed(hash_):
    return (hash_ ^ (hash_ >> U64(31))) * U64(0x9E3779B97F4A7C15)


@numba.njit(cache=True, inline="always")
def _joined(before, word, blanks):
    return (before ^ (word + blanks * U64(0x9E3779B97F4A7C15) + (before << U64(6)) + (before >> U64(2)))) * U64(
        0xFF51AFD7ED558CCD
    )


@numba.njit(cache=True)
def _word_hash(word, word_bytes):
    hash_ = U64(0)
    for byte in word:
        hash_ = _stepped(hash_, word_bytes[byte])
    return mixed(hash_)


@numba.njit(cache=True)
def slot(hash_, hashes):
    """Where `hash_` stands in the table, or the empty place where it would."""
    last = U64(len(hashes) - 1)
    place = (hash_ ^ (hash_ >> U64(29))) & last
    while hashes[place] != U64(0) and hashes[place] != hash_:
        place = (place + U64(1)) & last
    return place


@numba.njit(cache=True)
def words_of(text, word_bytes, hashes, begins, ends):
    """The words of a text: their hashes and where each begins and ends; returns how many.

    Written without branches, as nobody can foretell where a word ends: that makes it four times as fast.
    """
    count, hash_, begin, before = U64(0), U64(0), U64(0), U64(0)
    place, size = U64(0), U64(len(text))
    while place < size:
        letter = word_bytes[text[place]]
        hashes[count], begins[count], ends[count] = hash_, begin, place
        count += U64((letter == U64(0)) & (before != U64(0)))
        begin = place if before == U64(0) else begin
        hash_ = _stepped(hash_, letter) if letter != U64(0) else U64(0)
        before = letter
        place += U64(1)
    if before != U64(0):
        hashes[count], begins[count], ends[count] = hash_, begin, place
        count += U64(1)
    return count


def _hash_of(word: str) -> np.uint64:
    return U64(_word_hash(np.frombuffer(word.encode(), np.uint8), WORD_BYTES))


_SMALL_WORDS = np.array([_hash_of(word) for word in _SMALL], U64)


@numba.njit(cache=True)
def _closed(text, hashes, begins, ends, last, table, numbers, small):
    """The phrase that the word `last` closes, with others between it and the word that opens it; -1 where there is none."""
    for before in range(last - 1, max(last - 2 - _REACH, -1), -1):
        if text[ends[before]] == ord(".") and begins[before + 1] > ends[before] + 1:
            return -1
        word = mixed(hashes[before])
        place = slot(_joined(word, mixed(hashes[last]), _GAP), table)
        if table[place] != U64(0):
            return numbers[place]
        if (small == word).any():
            return -1
    return -1


@numba.njit(cache=True)
def _find(data, offsets, word_bytes, roles, table, numbers, small, found):
    """Fills the rows of `found` (field, phrase, start) as far as they reach; returns how many columns it takes."""
    longest = np.max(offsets[1:] - offsets[:-1]) // 2 + 2
    hashes, begins, ends = np.empty(longest, np.uint64), np.empty(longest, np.uint32), np.empty(longest, np.uint32)
    room, count = found.shape[1], 0
    for field in range(len(offsets) - 1):
        words = np.int64(words_of(data[offsets[field] : offsets[field + 1]], word_bytes, hashes, begins, ends))
        for first in range(words):
            hash_ = mixed(hashes[first])
            role = roles[hash_ >> U64(48)]
            if role == 0:
                continue
            if role & _CLOSES:
                text = data[offsets[field] : offsets[field + 1]]
                number = _closed(text, hashes, begins, ends, first, table, numbers, small)
                if number >= 0:
                    if count < room:
                        found[0, count], found[1, count], found[2, count] = field, number, begins[first]
                    count += 1
            if not role & _OPENS:
                continue
            last = first
            while True:
                place = slot(hash_, table)
                if table[place] == U64(0):
                    break
                if numbers[place] >= 0:
                    if count < room:
                        found[0, count], found[1, count], found[2, count] = field, numbers[place], begins[first]
                    count += 1
                last += 1
                if last >= words or begins[last] - ends[last - 1] > 2:
                    break
                hash_ = _joined(hash_, mixed(hashes[last]), U64(begins[last] - ends[last - 1]))
    return count
