"""The colours of assets/tokens.css: what stands on what can be read, and series are told apart, by all eyes."""

import re
from itertools import combinations, pairwise

import numpy as np
import pytest

from c360_dash.config import PACKAGE, Settings
from c360_dash.figures import style

TOKENS = (Settings().assets_dir / "tokens.css").read_text()
THEMES = dict(
    zip(
        ("light", "dark"),
        re.findall(r"(?s)(?:^:root|^\[data-bs-theme=\"dark\"\]) \{(.*?)^\}", TOKENS, re.M),
        strict=False,
    )
)
SERIES = ("blue", "amber", "teal", "crimson", "grey")
READ_TOGETHER = [
    *(("text", ground) for ground in ("page", "surface", "raised", "accent-soft")),
    *(("muted", ground) for ground in ("page", "surface", "raised")),
    *(("accent", ground) for ground in ("page", "surface", "raised", "accent-soft")),
    ("good", "surface"),
    ("bad", "surface"),
    ("warning", "warning-soft"),
    ("surface", "accent"),
]
SEEN_TOGETHER = [
    ("control", "surface"),
    ("control", "page"),
    ("accent", "grid"),
    *((name, "surface") for name in SERIES),
]
# What eyes without green-sensitive and without red-sensitive cones see of linear red, green and blue (Machado 2009).
WEAK_EYES = {
    "all": np.eye(3),
    "no green": np.array([[0.367, 0.861, -0.228], [0.280, 0.673, 0.047], [-0.012, 0.043, 0.969]]),
    "no red": np.array([[0.152, 1.053, -0.205], [0.115, 0.786, 0.099], [-0.004, -0.048, 1.052]]),
}
TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])


def tokens(theme: str) -> dict[str, str]:
    """Names and colours; the dark theme replaces those of the light one that it names."""
    blocks = [THEMES["light"], *([THEMES["dark"]] if theme == "dark" else [])]
    return dict(re.findall(r"--c360-([\w-]+): (#[^;]+);", "".join(blocks)))


def linear(colour: str) -> np.ndarray:
    parts = np.array([int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)])
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2.1: 21 for black on white."""
    low, high = sorted(float(TO_XYZ[1] @ linear(colour)) for colour in (one, other))
    return (high + 0.05) / (low + 0.05)


def lab(colour: str, eyes: str) -> np.ndarray:
    x, y, z = TO_XYZ @ np.clip(WEAK_EYES[eyes] @ linear(colour), 0, 1) / np.array([0.9505, 1, 1.089])
    x, y, z = (part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116 for part in (x, y, z))
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def scale(theme: str) -> list[str]:
    """The scale of heat maps in steps of a twentieth between its colours."""
    named = tokens(theme)["scale"].split(", ")
    mixed = []
    for low, high in pairwise(named):
        ends = [np.array([int(colour[place : place + 2], 16) for place in (1, 3, 5)]) for colour in (low, high)]
        for part in np.linspace(0, 1, 21):
            mixed.append("#" + "".join(f"{round(value):02x}" for value in ends[0] + part * (ends[1] - ends[0])))
    return mixed


def test_contrast_is_what_the_guideline_says() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("words", "ground"), READ_TOGETHER)
def test_words_can_be_read(theme: str, words: str, ground: str) -> None:
    assert contrast(tokens(theme)[words], tokens(theme)[ground]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("mark", "ground"), SEEN_TOGETHER)
def test_marks_and_borders_can_be_seen(theme: str, mark: str, ground: str) -> None:
    assert contrast(tokens(theme)[mark], tokens(theme)[ground]) >= 3


@pytest.mark.parametrize("theme", THEMES)
def test_one_of_two_inks_reads_on_every_cell_of_a_heat_map(theme: str) -> None:
    inks = [tokens(theme)[name] for name in ("on-pale", "on-deep")]
    assert all(max(contrast(ink, cell) for ink in inks) >= 4.5 for cell in scale(theme))


@pytest.mark.parametrize("theme", THEMES)
def test_more_is_told_by_brightness_alone(theme: str) -> None:
    bright = [float(TO_XYZ[1] @ linear(cell)) for cell in scale(theme)]
    assert bright in (sorted(bright), sorted(bright, reverse=True))


@pytest.mark.parametrize("eyes", WEAK_EYES)
@pytest.mark.parametrize(("one", "other"), combinations(("blue", "amber", "teal", "crimson"), 2))
def test_series_are_told_apart_by_all_eyes(eyes: str, one: str, other: str) -> None:
    found = tokens("light")
    assert np.linalg.norm(lab(found[one], eyes) - lab(found[other], eyes)) > 15


def test_figures_draw_with_the_colours_of_the_tokens() -> None:
    found = tokens("light")
    assert [found[name] for name in SERIES] == [style.BLUE, style.AMBER, style.TEAL, style.CRIMSON, style.GREY]


def test_no_colour_is_named_anywhere_else() -> None:
    sources = [*PACKAGE.rglob("*.py"), *(Settings().assets_dir / name for name in ("c360.js", "app.css"))]
    named = [path.name for path in sources if re.search(r"#[0-9a-fA-F]{6}\b", path.read_text())]
    assert named == ["style.py"]
