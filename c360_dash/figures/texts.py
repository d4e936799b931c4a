"""Texts of a shop in figures: Plotly reads some HTML as formatting and links, and no name is either."""

import pandas as pd


def as_written(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with texts that Plotly shows letter by letter."""
    columns = frame.select_dtypes(["object", "string"]).columns
    return frame.assign(**{name: frame[name].map(_as_written).astype(frame[name].dtype) for name in columns})


def _as_written(value: object) -> object:
    return value.replace("<", "&lt;") if isinstance(value, str) else value
