"""What Python's json and pandas read in the records beside this script; writes records.json.

Run it in this folder: python3 records.py (pandas 2 or later). The .ndjson files are the inputs; tests/cases/numbers.rs and
tests/cases/lines.rs read the same ones.
"""

import json
import math
from collections import Counter

import pandas as pd


def plain(value):
    """Half of a surrogate pair as U+FFFD, NaN and infinity as missing."""
    if isinstance(value, str):
        return "".join("\ufffd" if 0xD800 <= ord(char) < 0xE000 else char for char in value)
    return None if isinstance(value, float) and not math.isfinite(value) else value


def texts(name):
    """Rows of a file whose bytes need not be UTF-8 and whose texts may hold control characters."""
    with open(name, "rb") as file:
        lines = [line.decode("utf-8", "replace") for line in file.read().rstrip(b"\n").split(b"\n")]
    rows = [json.loads(line, strict=False) for line in lines]
    return [{plain(key): plain(value) for key, value in row.items()} for row in rows]


def digits(name):
    """Rows of a file with every number as the text that stands there."""
    with open(name) as file:
        return [json.loads(line, parse_int=str, parse_float=str) for line in file]


def times(name):
    """How many points in time there are, whatever their spelling, and the nanoseconds since 1970 of each row."""
    with open(name) as file:
        spelled = [json.loads(line)["at"].replace(" UTC", "Z").upper() for line in file]
    read = [pd.Timestamp(text).tz_convert("UTC") for text in spelled]
    return {"distinct": len(set(read)), "ns": [str(time.value) for time in read]}


def labels():
    """Counts of the labels that the test makes by the same formulas, most frequent first, then by value."""
    rows = range(200)
    columns = {
        "class_id": [(i * i * 7 + i) % 10 for i in rows],
        "valid": [int(i % 3 == 0) for i in rows],
        "score": [(i * 37 % 200) ** 2 // 200 for i in rows],
    }
    counted = {name: sorted(Counter(values).items(), key=lambda item: (-item[1], item[0])) for name, values in columns.items()}
    bins = pd.cut(pd.Series(columns["score"]), range(0, 201, 10), right=False).value_counts(sort=False)
    return {"counts": {name: counted[name] for name in ("class_id", "valid")}, "score_bins": [int(count) for count in bins]}


with open("records.json", "w") as out:
    result = {"texts": texts("texts.ndjson"), "digits": digits("digits.ndjson"), "times": times("times.ndjson"), "labels": labels()}
    json.dump(result, out, indent=1)
    out.write("\n")
