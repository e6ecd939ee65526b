"""A frame for notebooks: what is shown in it cannot reach the notebook, nor its styles it."""

from __future__ import annotations

from html import escape

from moagraph.characters import escape as visible

_STYLE = (
    ":root{color-scheme:light dark}body{font:14px/1.45 system-ui,sans-serif;margin:8px 12px}"
    "table{border-collapse:collapse}th,td{border:1px solid #8886;padding:3px 8px;"
    "text-align:left;vertical-align:top}h3,h4{margin:.7em 0 .3em}"
)
_LINE, _LEAST, _MOST = 24, 90, 560


def page_frame(html: str, title: str, *, height: int = 720, scripts: bool = False) -> str:
    """Return a whole page in a sandboxed frame; `scripts` lets its own scripts run."""
    allowed = "allow-scripts allow-downloads allow-popups" if scripts else "allow-popups"
    return (
        f'<iframe srcdoc="{escape(html, quote=True)}" title="{escape(visible(title), quote=True)}" '
        f'sandbox="{allowed}" loading="lazy" '
        f'style="width:100%;height:{height}px;border:1px solid #999"></iframe>'
    )


def answer_frame(body: str, title: str, lines: int) -> str:
    """Return the HTML of an answer, about so many lines high, in a frame without scripts."""
    html = (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">'
        f"<title>{escape(visible(title))}</title><style>{_STYLE}</style></head><body>{body}</body></html>"
    )
    height = max(_LEAST, min(_MOST, 40 + lines * _LINE))
    return page_frame(html, title or "moagraph", height=height)
