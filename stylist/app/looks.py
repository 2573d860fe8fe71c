"""The page's own HTML: looks with their boards, wishes as chips, suggested replies. All text from outside is escaped here."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from html import escape
from pathlib import Path
from urllib.parse import quote, urlsplit

from stylist.app.boards import HEIGHT, WIDTH
from stylist.app.chips import Chip
from stylist.app.shelf import SMALL_WIDTH, BoardFiles
from stylist.app.words import words
from stylist.catalog.items import Item, Outfit, Rival
from stylist.mllm.facts import price_text
from stylist.names import item_name, value_name
from stylist.vocabulary import COVERS_TOP


def file_url(path: Path) -> str:
    """Where the browser finds a file of an allowed folder, relative to the page (it may be served below another root)."""
    return "gradio_api/file=" + quote(str(path))


def button(
    label: str, act: str, value: str = "", rank: int = 0, aria: str = "", kind: str = "", pressed: bool = False
) -> str:
    """A button whose click the page reports as (act, value, rank)."""
    attributes = f'type="button" data-act="{escape(act)}" data-value="{escape(value)}" data-rank="{rank}"'
    if aria:
        attributes += f' aria-label="{escape(aria)}"'
    if pressed:
        attributes += ' disabled aria-pressed="true"'
    return f'<button class="{escape(kind or "quiet")}" {attributes}>{escape(label)}</button>'


def header_html(language: str) -> str:
    say = words(language)
    return f'<header class="masthead"><h1>{escape(say["title"])}</h1><p>{escape(say["tagline"])}</p></header>'


def quick_html(replies: Sequence[str], outfits: int, language: str) -> str:
    """Suggested replies, and on a narrow page the way to the looks."""
    say = words(language)
    parts = []
    if outfits:
        label = say["see_look"] if outfits == 1 else say["see_looks"].format(count=outfits)
        parts.append(f'<a class="jump" href="#looks-top">{escape(label)} <span aria-hidden="true">↓</span></a>')
    parts += [button(reply, "say", reply, kind="reply") for reply in replies]
    if not parts:
        return ""
    return f'<div class="quick" role="group" aria-label="{escape(say["quick"])}">{"".join(parts)}</div>'


def wishes_html(chips: Sequence[Chip], language: str) -> str:
    """Tracked wishes in three groups; a tap on a chip takes the wish back."""
    say = words(language)
    parts = [f'<h2 class="section">{escape(say["wishes"])}</h2>']
    for kind, title in (("want", say["want"]), ("avoid", say["avoid"]), ("limit", say["limits"])):
        group = [chip for chip in chips if chip.kind == kind]
        if group:
            inner = "".join(f"<li>{_chip(chip, language)}</li>" for chip in group)
            parts.append(f'<div class="wish-group"><h3>{escape(title)}</h3><ul>{inner}</ul></div>')
    if not chips:
        parts.append(f'<p class="note">{escape(say["no_wishes"])}</p>')
    return f'<section class="wishes" aria-live="polite">{"".join(parts)}</section>'


def _chip(chip: Chip, language: str) -> str:
    label = escape(words(language)["remove"].format(label=chip.label))
    cross = '<span aria-hidden="true" class="cross">×</span>'
    return (
        f'<button type="button" class="chip {chip.kind}" data-act="remove" data-value="{escape(chip.key)}" '
        f'aria-label="{label}" title="{label}">{escape(chip.label)} {cross}</button>'
    )


def looks_html(
    outfits: Sequence[Outfit],
    boards: Sequence[BoardFiles | None],
    language: str,
    owned: Collection[str] = (),
    saved: Collection[int] = (),
    asked: bool = False,
    kept: Collection[str] = (),
    relax: Sequence[str] = (),
) -> str:
    """All looks of an answer. A board that is still being drawn is None; `asked` tells "none yet" from "none fits"; `kept` are
    the ids of items that every look shall hold; `relax` are wishes of which giving up one entry lets a look through."""
    say = words(language)
    head = f'<h2 class="section" id="looks-top">{escape(say["looks"])}</h2>'
    if not outfits:
        ways = "".join(f"<li>{button(text, 'give_up', str(number), aria=say['give_up_label'].format(wishes=text))}</li>" for number, text in enumerate(relax))
        ways = f'<p class="note">{escape(say["give_up"])}</p><ul class="ways">{ways}</ul>' if ways else ""
        return f'<section class="looks">{head}<p class="note">{escape(say["none_fit" if asked else "no_looks"])}</p>{ways}</section>'
    directions = "".join(button(label, "direct", more) for more, label in say["direct"].items())
    bar = f'<div class="directions" role="group" aria-label="{escape(say["directions"])}">{directions}</div>'
    looks = "".join(
        _look(outfit, files, language, owned, outfit.rank in saved, kept)
        for outfit, files in zip(outfits, boards, strict=True)
    )
    return f'<section class="looks">{head}{bar}<div class="spread">{looks}</div></section>'


def _look(outfit: Outfit, files: BoardFiles | None, language: str, owned: Collection[str], saved: bool, kept: Collection[str]) -> str:
    say, rank = words(language), outfit.rank
    reasons = {item.id: " ".join(why.text for why in outfit.why if why.item == item.id) for item in outfit.items}
    pieces = "".join(_piece(item, reasons[item.id], rank, language, item.id in owned, item.id in kept) for item in outfit.items)
    total = outfit.total_price
    price = say["total"].format(amount=price_text(total, outfit.currency)) if total is not None else ""
    actions = button(say["more_like"], "more", rank=rank)
    actions += button(say["saved"] if saved else say["save"], "save", rank=rank, pressed=saved)
    if files:
        label = escape(say["download_label"].format(rank=rank))
        actions += f'<a class="quiet" href="{file_url(files.large)}" download="look-{rank}.jpg" aria-label="{label}">{escape(say["download"])}</a>'
    return (
        f'<article class="look" aria-label="{escape(say["look"].format(rank=rank))}">{_figure(outfit, files, language)}'
        f'<div class="about"><header><h3>{escape(say["look"].format(rank=rank))}</h3><p class="total">{escape(price)}</p></header>'
        f'<ul class="pieces">{pieces}</ul>{_weights(outfit, language)}<div class="actions">{actions}</div></div></article>'
    )


def _weights(outfit: Outfit, language: str) -> str:
    """What each piece adds to the look's score, folded away: the composer's own shares, in percent of their sum, and what the look
    would lose with the next best piece in its place, in percent of the same."""
    names = {item.id: item.title or item_name(item, language) for item in outfit.items}
    shares = [(why, max(0.0, why.contribution)) for why in outfit.why if why.item in names]
    whole = sum(share for _, share in shares)
    if whole <= 0:
        return ""
    say = words(language)
    rows = "".join(
        f'<li><span class="of">{escape(names[why.item])}</span><span class="bar"><i style="width:{100 * share / whole:.0f}%"></i></span>'
        f'<span class="percent">{100 * share / whole:.0f} %</span>{_rival(why.rival, whole, language)}</li>'
        for why, share in sorted(shares, key=lambda pair: -pair[1])
    )
    info = say["weights_info"] + (" " + say["rivals_info"] if any(why.rival for why, _ in shares) else "")
    return f'<details class="weights"><summary>{escape(say["weights"])}</summary><p>{escape(info)}</p><ul>{rows}</ul></details>'


def _rival(rival: Rival | None, whole: float, language: str) -> str:
    """What could stand in a piece's place, in a line below its share."""
    if rival is None:
        return ""
    say = words(language)["rival"]
    if rival.item is None or rival.loss is None:
        return f'<span class="rival">{escape(say[rival.held])}</span>' if rival.held in say else ""
    percent = f"{100 * abs(rival.loss) / whole:.1f}"
    sign = "same" if percent == "0.0" else "less" if rival.loss > 0 else "more"
    kept = rival.held == "keep"
    known = rival.held if sign == "more" and rival.held in say else None
    text = say[f"keep_{sign}" if kept else known or sign].format(item=rival.item.title or item_name(rival.item, language), percent=percent, look=rival.look)
    return f'<span class="rival">{escape(text)}</span>'


def _figure(outfit: Outfit, files: BoardFiles | None, language: str) -> str:
    if files is None:
        return '<div class="board waiting" aria-hidden="true"></div>'
    names = ", ".join(item.title or item_name(item, language) for item in outfit.items)
    alt = escape(words(language)["board_alt"].format(rank=outfit.rank, items=names))
    large, small = file_url(files.large), file_url(files.small)
    return (
        f'<img class="board" src="{large}" srcset="{small} {SMALL_WIDTH}w, {large} {WIDTH}w" '
        f'sizes="(max-width: 760px) 90vw, 440px" width="{WIDTH}" height="{HEIGHT}" alt="{alt}">'
    )


def _piece(item: Item, reason: str, rank: int, language: str, owned: bool, kept: bool) -> str:
    say = words(language)
    slot = (
        value_name("type", item.type, language) if item.type in COVERS_TOP else value_name("slot", item.slot, language)
    )
    title = escape(item.title or item_name(item, language))
    if item.url and urlsplit(item.url).scheme in ("http", "https"):
        title = f'<a href="{escape(item.url)}" target="_blank" rel="noopener noreferrer nofollow">{title}</a>'
    price = say["your_own"] if owned else price_text(item.price, item.currency) if item.price is not None else ""
    tools = ""
    if not owned:
        keep, label = (say["kept"], say["kept_label"]) if kept else (say["keep"], say["keep_label"])
        tools = button(keep, "keep", item.id, rank, label.format(slot=slot, rank=rank), "tool kept" if kept else "tool")
        if not kept:
            tools += button(say["swap"], "swap", item.slot, rank, say["swap_label"].format(slot=slot, rank=rank), "tool")
            tools += button(say["similar"], "similar", item.slot, rank, say["similar_label"].format(slot=slot, rank=rank), "tool")
        tools = f'<p class="tools">{tools}</p>'
    return (
        f'<li><p class="slot">{escape(slot)}</p><p class="name">{title}</p><p class="price">{escape(price)}</p>'
        f'<p class="why">{escape(reason)}</p>{tools}</li>'
    )


def saved_html(saved: Sequence[tuple[Outfit, BoardFiles]], language: str) -> str:
    """Looks that the person has put aside, with their pictures to keep."""
    if not saved:
        return ""
    say = words(language)
    cards = []
    for number, (outfit, files) in enumerate(saved, 1):
        names = ", ".join(item.title or item_name(item, language) for item in outfit.items)
        alt = escape(say["board_alt"].format(rank=number, items=names))
        total = outfit.total_price
        price = price_text(total, outfit.currency) if total is not None else ""
        cards.append(
            f'<li><a href="{file_url(files.large)}" download="saved-look-{number}.jpg">'
            f'<img src="{file_url(files.small)}" width="{WIDTH}" height="{HEIGHT}" alt="{alt}"></a><p>{escape(price)}</p></li>'
        )
    return f'<section class="saved"><h2 class="section">{escape(say["saved_looks"])}</h2><ul>{"".join(cards)}</ul></section>'
