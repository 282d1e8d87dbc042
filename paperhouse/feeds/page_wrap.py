"""Lines of a capture as they were before a tool wrapped them (html2text, lynx), and without the tool's own marks."""

import re
from itertools import accumulate, pairwise

from paperhouse.feeds.page_lines import Line

_WIDTHS = range(40, 141)  # html2text wraps at 78 characters, lynx at 80; a terminal has seldom more than 140
# Items of lists, headings, pictures, lynx's references: a tool begins a line there, and does not wrap all of them. (A
# dash or a number alone may well stand at a line's start in the middle of a paragraph.)
_OWN_LINE = re.compile(r"[*+] |- \[|#{1,6} |\d{1,5}\. (?:https?|file|mailto|javascript):|!\[")
_LINK_OPENS = re.compile(r"\[[^\[\]]*$")
_LINK_CLOSES = re.compile(r"[^\[\]]*\]\(")
_LINK_NUMBER = re.compile(r"\[(\d{1,5})\](?=[^\s,.;:)\]])")


def logical_lines(raw: list[tuple[int, str]]) -> list[Line]:
    """The non-blank ones of (number, line), stripped; those that a tool wrapped are joined again, their breaks kept."""
    width = _wrap_width(raw)
    lines: list[Line] = []
    for (_, before), (number, line) in pairwise([(0, ""), *raw]):
        text = line.strip()
        if not text:
            continue
        is_split_link = _LINK_OPENS.search(before) and _LINK_CLOSES.match(text)
        if before.strip() and (is_split_link or (width and _is_wrapped(before, line, width))):
            lines[-1].raw += "\n" + text
            lines[-1].height += 1
        else:
            lines.append(Line(number, 1, text))
    for line in lines:
        if line.height > 1 and "](" in line.raw:  # a link's text may be wrapped too
            line.raw = line.raw.replace("\n", " ")
    _drop_link_numbers(lines)
    return lines


def _is_wrapped(before: str, line: str, width: int) -> bool:
    """Whether a tool that wraps at `width` may have split here: the next word would not have fitted."""
    return _OWN_LINE.match(line.lstrip()) is None and len(before.rstrip()) + 1 + len(line.split(maxsplit=1)[0]) > width


def _wrap_width(raw: list[tuple[int, str]]) -> int | None:
    """The width at which the capture was wrapped, or None.

    Where two lines stand together, a wrap at any width from the first one's length to just before what the next word
    would have made of it explains them. One width that explains most of the longer first lines is the tool's; the lines
    of an unwrapped capture (a title, its abstract) have no width in common. Longer lines than it are rare: a link, a list.
    """
    pairs = [
        (len(before.rstrip()), len(line.split(maxsplit=1)[0]))
        for (_, before), (_, line) in pairwise(raw)
        if before.strip() and line.strip() and not _OWN_LINE.match(line.lstrip())
    ]
    changes = [0] * (_WIDTHS.stop + 1)  # of how many pairs a width explains, from one width to the next
    for length, word in pairs:
        changes[min(length, _WIDTHS.stop)] += 1
        changes[min(length + 1 + word, _WIDTHS.stop)] -= 1
    explained = list(accumulate(changes))
    best = max(_WIDTHS, key=explained.__getitem__)
    longer = sum(len(line) > best and " " in line.strip() and not _OWN_LINE.match(line.lstrip()) for _, line in raw)
    is_habit = explained[best] >= max(2, 0.6 * sum(length > best / 2 for length, _ in pairs))
    return best if is_habit and longer <= explained[best] / 10 else None


def _drop_link_numbers(lines: list[Line]) -> None:
    """Take out the numbers that lynx puts before each link: `[1]`, `[2]`, … in this order, the first at a line's start."""
    found = [(i, int(match[1])) for i, line in enumerate(lines) for match in _LINK_NUMBER.finditer(line.raw)]
    if [number for _, number in found[:3]] != [1, 2, 3] or not _LINK_NUMBER.match(lines[found[0][0]].raw):
        return
    expected = 1
    for line in lines:

        def drop(match: re.Match) -> str:
            nonlocal expected
            if int(match[1]) != expected:
                return match[0]
            expected += 1
            return ""

        line.raw = _LINK_NUMBER.sub(drop, line.raw)
