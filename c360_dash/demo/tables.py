"""The files of the generated shop: their columns, in the order of the source contract, and how they are written.

All values are made as whole numbers and turned into their type here: money in cents, moments in seconds, words as
positions in a vocabulary. NULL stands for "no value" in every column.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from c360_dash.demo.clock import Bools, Ints

NULL = -(2**31)
Rows = dict[str, Ints]  # column → values; `owner` is the position of the customer in the block, and not written

MONEY = pa.decimal128(12, 2)
MOMENT = pa.timestamp("us", tz="UTC")


@dataclass(frozen=True)
class Kind:
    """How whole numbers become a column: its Arrow type and, for words, the vocabulary."""

    type: pa.DataType
    words: tuple[str, ...] = ()

    @property
    def repeats(self) -> bool:
        """Whether a word stands in the vocabulary twice: Parquet's dictionaries want each once."""
        return len(set(self.words)) < len(self.words)


ID, COUNT, DATE, FLAG = Kind(pa.int64()), Kind(pa.int32()), Kind(pa.date32()), Kind(pa.bool_())
MONEY_KIND, MOMENT_KIND = Kind(MONEY), Kind(MOMENT)


def words(*vocabulary: str) -> Kind:
    """A text column whose values are positions in the vocabulary."""
    return Kind(pa.string(), vocabulary)


def column(values: Ints, kind: Kind) -> pa.Array:
    """The values as an Arrow array of the kind's type."""
    empty = values == NULL
    if kind.words:
        codes = pa.array(values.astype(np.int32), mask=empty)
        return pa.array(kind.words).take(codes) if kind.repeats else _coded(codes, kind.words)
    if kind.type == MONEY:
        return _money(values)
    if kind.type == MOMENT:
        return pa.array(values * 1_000_000, mask=empty).cast(MOMENT)
    if kind.type == pa.date32():
        return pa.array(values.astype(np.int32), mask=empty).cast(pa.date32())
    return pa.array(values.astype(kind.type.to_pandas_dtype()), mask=empty)


def _coded(codes: pa.Array, vocabulary: tuple[str, ...]) -> pa.Array:
    return pa.DictionaryArray.from_arrays(codes, pa.array(vocabulary))


def _money(cents: Ints) -> pa.Array:
    """Decimals from cents: two 64-bit words each, the lower one first, the upper one only the sign."""
    halves = np.empty((len(cents), 2), dtype=np.int64)
    halves[:, 0] = cents
    halves[:, 1] = cents >> 63
    return pa.Array.from_buffers(MONEY, len(cents), [None, pa.py_buffer(halves)])


def table(blocks: Sequence[Rows], kinds: Mapping[str, Kind]) -> pa.Table:
    """One table of the rows of several blocks, with the columns of ``kinds``."""
    return pa.table({name: column(np.concatenate([rows[name] for rows in blocks]), kinds[name]) for name in kinds})


def select(rows: Rows, keep: Bools | Ints) -> Rows:
    """The rows that are kept, by a mask or by their positions."""
    return {name: values[keep] for name, values in rows.items()}


def write(rows: pa.Table, path: Path) -> None:
    """Write a Parquet file. Words are stored as plain text, so that readers see no dictionary type."""
    pq.write_table(rows, path, compression="zstd", store_schema=False)


class Appender:
    """One Parquet file that grows table by table; used in a ``with`` block."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._writer: pq.ParquetWriter | None = None

    def __enter__(self) -> "Appender":
        return self

    def __exit__(self, *error: object) -> None:
        if self._writer is not None:
            self._writer.close()

    def add(self, rows: pa.Table) -> None:
        """Append the rows; the first table decides the columns."""
        if self._writer is None:
            self._writer = pq.ParquetWriter(self._path, rows.schema, compression="zstd", store_schema=False)
        self._writer.write_table(rows)
