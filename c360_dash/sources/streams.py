"""Data files as streams of CSV bytes that COPY reads, in bounded memory: CSV, gzipped CSV and Parquet."""

import codecs
import csv
import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import IO, Protocol, cast

import pyarrow as pa
import pyarrow.compute
import pyarrow.csv
import pyarrow.parquet

from c360_dash.sources.errors import SourceError
from c360_dash.sources.mapping import RawFile

CHUNK = 256 * 1024
HEADER_LIMIT = 1024 * 1024
BATCH_ROWS = 32_768
CUT_OFF = "the file is cut off: its compressed data ends early; copy it again"


class Stream(Protocol):
    """What COPY reads. `problem` is set when reading itself failed; `has_header`: the first line names the columns."""

    header: list[str]
    has_header: bool
    unit: str
    problem: SourceError | None

    def read(self, size: int = CHUNK) -> bytes: ...
    def position(self) -> float: ...


@contextmanager
def open_stream(path: Path, raw: RawFile) -> Iterator[Stream]:
    """The file as a stream, its header read, closed at the end. Raises SourceError when not even that can be read."""
    if path.name.endswith(".parquet"):
        stream: CsvStream | ParquetStream = ParquetStream(path)
    else:
        stream = CsvStream(path, raw.encoding)
    with closing(stream):
        stream.read_header(raw.delimiter)
        yield stream


class CsvStream:
    """A CSV file, gzipped or not, as UTF-8 without byte-order mark."""

    has_header = True
    unit = "line"

    def __init__(self, path: Path, encoding: str) -> None:
        self.problem: SourceError | None = None
        self.header: list[str] = []
        self._name = path.name
        self._decoder = self._other_decoder(encoding)
        self._file = path.open("rb")
        self._source = cast(IO[bytes], gzip.GzipFile(fileobj=self._file)) if path.suffix == ".gz" else self._file
        self._lines = 0
        self._buffer = b""

    def read(self, size: int = CHUNK) -> bytes:
        """The next bytes; empty at the end."""
        if self._buffer:
            chunk, self._buffer = self._buffer, b""
            return chunk
        return self._next(size)

    def position(self) -> float:
        """Bytes of the file read so far, as they lie on disk."""
        return self._file.tell()

    def close(self) -> None:
        self._source.close()
        self._file.close()

    def _other_decoder(self, encoding: str) -> codecs.IncrementalDecoder | None:
        """PostgreSQL itself checks UTF-8 and knows the line; everything else is decoded here."""
        try:
            name = codecs.lookup(encoding).name
        except LookupError:
            raise SourceError(f"“{encoding}” is no encoding; examples: utf-8, latin1, cp1252", self._name) from None
        return None if name == "utf-8" else codecs.getincrementaldecoder(name)()

    def read_header(self, delimiter: str) -> None:
        """Read ahead as far as the end of the first line, which names the columns."""
        while b"\n" not in self._buffer and len(self._buffer) < HEADER_LIMIT:
            chunk = self._next(CHUNK)
            if not chunk:
                break
            self._buffer += chunk
        self._buffer = self._buffer.removeprefix(codecs.BOM_UTF8)
        try:
            first = self._buffer.split(b"\n", 1)[0].decode("utf-8")
        except UnicodeDecodeError as error:
            raise SourceError(_not_utf8(error.object[error.start : error.start + 1]), self._name, 1) from None
        names = next(csv.reader(io.StringIO(first.rstrip("\r")), delimiter=delimiter), [])
        self.header = [name.strip() for name in names]

    def _next(self, size: int) -> bytes:
        try:
            chunk = self._source.read(size)
        except EOFError:
            raise self._fail(CUT_OFF) from None
        except (gzip.BadGzipFile, zlib.error) as error:
            raise self._fail(f"its gzip data is damaged ({error}); copy the file again") from None
        return chunk if self._decoder is None else self._decoded(chunk)

    def _decoded(self, chunk: bytes) -> bytes:
        assert self._decoder is not None
        try:
            text = self._decoder.decode(chunk, final=not chunk)
        except UnicodeDecodeError as error:
            line = self._lines + error.object.count(b"\n", 0, error.start) + 1
            raise self._fail(f"byte 0x{error.object[error.start]:02x} is no {error.encoding}", line) from None
        self._lines += text.count("\n")
        # A multi-byte character cut by the chunk's end decodes to nothing yet; an empty answer would end the COPY.
        return text.encode("utf-8") if text or not chunk else self._next(CHUNK)

    def _fail(self, reason: str, line: int | None = None) -> SourceError:
        self.problem = SourceError(reason, self._name, line)
        return self.problem


class ParquetStream:
    """A Parquet file, batch by batch as CSV lines."""

    has_header = False
    unit = "row"

    def __init__(self, path: Path) -> None:
        self.problem: SourceError | None = None
        self._name = path.name
        self._size = path.stat().st_size
        try:
            self._file = pyarrow.parquet.ParquetFile(path)
        except (pa.ArrowInvalid, OSError) as error:
            raise SourceError(
                f"it cannot be read as Parquet ({_first_line(error)}); copy it again", path.name
            ) from None
        self.header: list[str] = []
        self._rows = 0
        self._batches = self._lines()

    def read(self, size: int = CHUNK) -> bytes:
        """The next batch as CSV; empty at the end. Batches are larger than `size`, which COPY allows."""
        try:
            return next(self._batches, b"")
        except (pa.ArrowInvalid, pa.ArrowNotImplementedError, OSError) as error:
            self.problem = SourceError(f"it cannot be read ({_first_line(error)})", self._name, self._rows + 1, "row")
            raise self.problem from None

    def read_header(self, delimiter: str) -> None:
        """The file itself says its columns; `delimiter` is for CSV files."""
        self.header = list(self._file.schema_arrow.names)

    def position(self) -> float:
        """The share of rows read so far, in bytes of the file."""
        return float(self._size * self._rows / max(1, self._file.metadata.num_rows))

    def close(self) -> None:
        self._file.close()

    def _lines(self) -> Iterator[bytes]:
        options = pyarrow.csv.WriteOptions(include_header=False)
        for batch in self._file.iter_batches(BATCH_ROWS):
            sink = io.BytesIO()
            pyarrow.csv.write_csv(_plain(batch), sink, options)
            self._rows += batch.num_rows
            yield sink.getvalue()


def _plain(batch: pa.RecordBatch) -> pa.RecordBatch:
    """The batch as columns that CSV can hold."""
    return pa.RecordBatch.from_arrays([_plain_column(column) for column in batch.columns], names=batch.schema.names)


def _plain_column(column: pa.Array) -> pa.Array:
    """Categoricals as their values; moments as text in UTC: Arrow's own writer takes four times as long for a zone."""
    if isinstance(column, pa.DictionaryArray):
        column = column.dictionary_decode()
    if not pa.types.is_timestamp(column.type) or column.type.tz is None:
        return column
    utc = column.cast(pa.timestamp("us"), safe=False).cast(pa.string())
    return pa.compute.binary_join_element_wise(utc, "Z", "")


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]


def _not_utf8(found: bytes) -> str:
    return (
        f"byte 0x{found.hex()} is not UTF-8; save the file as UTF-8, or name its encoding in the mapping: "
        "-- file: … (encoding latin1)"
    )
