"""Values as cells of a worksheet, and the styles that the cells name.

Text is always text (an inline string), never a formula; text that begins like a formula also has the mark with which a
spreadsheet itself keeps it text. Days and moments are numbers of days with a format; moments lose their zone, which is
that of the build.
"""

import math
import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from xml.sax.saxutils import escape

from c360_dash.exports.csv_text import FORMULA_STARTS
from c360_dash.formats import symbol, with_symbol
from c360_dash.writer import Writer

LONGEST_TEXT = 32_767
FIRST_DAY = date(1899, 12, 30).toordinal()
FIRST_SURE_DAY = 60
"""Before March 1900 spreadsheets disagree about days, or know none: those stay ISO text."""
SECONDS_OF_A_DAY = 86_400
UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
PLAIN, HEADING, QUOTED, WRAPPED = 0, 1, 2, 3
DAYS = ("date", "month", "datetime")
FORMATS = ("count", "money", "percent", "decimal", "score", "days", "date", "month", "datetime")
STYLES: Mapping[str, int] = {name: position for position, name in enumerate(FORMATS, start=WRAPPED + 1)}


def cell(place: str, value: Any, kind: str) -> str:
    """The cell at a place such as B7, in a format word; nothing where there is no data."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return f'<c r="{place}" t="b"><v>{value:d}</v></c>'
    if kind in DAYS:
        days = serial(value)
        return _number(place, days, STYLES[kind]) if days > FIRST_SURE_DAY else text(place, str(value))
    if isinstance(value, (int, float, Decimal)):
        return _number(place, value, STYLES.get(kind, PLAIN)) if math.isfinite(value) else ""
    words = str(value)
    return text(place, words, QUOTED if words.startswith(FORMULA_STARTS) else PLAIN)


def text(place: str, words: str, style: int = PLAIN) -> str:
    """A cell of text, cut off where a spreadsheet would call the file broken."""
    written = escape(UNWRITABLE.sub(_written_out, words[:LONGEST_TEXT]))
    marked = f' s="{style}"' if style else ""
    return f'<c r="{place}"{marked} t="inlineStr"><is><t xml:space="preserve">{written}</t></is></c>'


def serial(value: Any) -> float:
    """A day or moment as spreadsheets count: days since the end of 1899, hours as a fraction."""
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    days = moment.toordinal() - FIRST_DAY
    if not isinstance(moment, datetime):
        return days
    seconds = (moment.hour * 60 + moment.minute) * 60 + moment.second + moment.microsecond / 1_000_000
    return days + seconds / SECONDS_OF_A_DAY


def styles(writer: Writer) -> str:
    """The part styles.xml of a workbook, with the currency of the build."""
    codes = number_formats(writer)
    formats = "".join(
        f'<numFmt numFmtId="{200 + position}" formatCode="{escape(code, {chr(34): "&quot;"})}"/>'
        for position, code in enumerate(codes)
    )
    numbers = "".join(f'<xf numFmtId="{200 + position}" applyNumberFormat="1"/>' for position in range(len(codes)))
    top = '<xf numFmtId="0" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>'
    return (
        '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f'<numFmts count="{len(codes)}">{formats}</numFmts>'
        '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
        '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        f'<cellXfs count="{len(codes) + WRAPPED + 1}"><xf numFmtId="0"/><xf numFmtId="0" fontId="1" applyFont="1"/>'
        f'<xf numFmtId="49" quotePrefix="1" applyNumberFormat="1"/>{top}{numbers}</cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    )


def number_formats(writer: Writer) -> list[str]:
    """The number format of each of FORMATS."""
    sign = symbol(writer.currency, writer.locale)
    money = with_symbol("#,##0.00", writer.currency, writer.locale).replace(sign, f"[${sign}]")
    found = {
        "count": "#,##0",
        "money": money,
        "percent": "0.0%",
        "decimal": "#,##0.00",
        "score": "0.0",
        "days": "#,##0",
        "date": "yyyy-mm-dd",
        "month": "yyyy-mm",
        "datetime": "yyyy-mm-dd hh:mm",
    }
    return [found[name] for name in FORMATS]


def _number(place: str, value: Any, style: int) -> str:
    return f'<c r="{place}" s="{style}"><v>{value}</v></c>'


def _written_out(found: re.Match[str]) -> str:
    """What XML cannot hold, as spreadsheets write it: `_x000B_`."""
    return f"_x{ord(found[0]):04X}_"
