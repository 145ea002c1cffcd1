"""A bar chart as SVG, by hand: the share of the gap each policy closes in each world."""

from __future__ import annotations

from collections.abc import Mapping

COLOURS = {"never repeat": "#9aa5b1", "product": "#1f6feb", "easy opener": "#8bb8f8"}
_BAR, _APART, _TOP, _LEFT, _HEIGHT = 44.0, 40.0, 30.0, 50.0, 240.0


def draw(bars: Mapping[str, Mapping[str, float]]) -> str:
    """The chart of world to policy to percent."""
    top = max(100.0, *(value for world in bars.values() for value in world.values()))
    parts: list[str] = []
    x = _LEFT
    for mark in range(0, int(top) + 1, 20):
        y = _y(mark, top)
        parts.append(f'<path d="M{_LEFT - 8} {y:.0f}H740" stroke="#d8dee4"/>')
        parts.append(_text(_LEFT - 14, y + 4, f"{mark} %", "end"))
    for world, policies in bars.items():
        middle = x + _BAR * len(policies) / 2
        parts.append(_text(middle, _TOP + _HEIGHT + 20, world, "middle"))
        for policy, percent in policies.items():
            y = _y(percent, top)
            height = _TOP + _HEIGHT - y
            parts.append(
                f'<rect x="{x}" y="{y:.1f}" width="{_BAR - 6}" height="{height:.1f}"'
                f' fill="{COLOURS[policy]}"/>'
            )
            parts.append(_text(x + _BAR / 2 - 3, y - 5, f"{percent:.0f}", "middle"))
            x += _BAR
        x += _APART
    for place, (policy, colour) in enumerate(COLOURS.items()):
        y = _TOP + 20.0 + 24 * place
        parts.append(f'<rect x="580" y="{y}" width="14" height="14" fill="{colour}"/>')
        parts.append(_text(602, y + 12, policy, "start"))
    inside = "\n".join(parts)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 760 310"'
        f' font-family="sans-serif" font-size="13">\n<rect width="760" height="310" fill="#fff"/>'
        f"\n{inside}\n</svg>\n"
    )


def _y(percent: float, top: float) -> float:
    return _TOP + _HEIGHT * (1 - percent / top)


def _text(x: float, y: float, text: str, anchor: str) -> str:
    return f'<text x="{x:.0f}" y="{y:.0f}" text-anchor="{anchor}">{text}</text>'
