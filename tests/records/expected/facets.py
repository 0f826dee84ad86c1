"""What pandas counts of each column under a condition less its own choice: writes facets.json beside itself.

Run with a Python that has pandas, after conditions.py: python3 tests/records/expected/facets.py. A case is a condition as it is typed
and what it says of each column. Bins: of numbers the narrowest of 1, 2 or 5 times a power of ten of which at most 40 hold all values,
of times weeks from Monday on.
"""
import json
from pathlib import Path

import numpy as np
import pandas as pd

HERE = Path(__file__).parent
lines = (HERE / "conditions.ndjson").read_text().splitlines()
d = pd.DataFrame([json.loads(line) for line in lines]).drop(columns=["drawing"], errors="ignore")
times = d["timestamp"].str.replace(" UTC", "+00:00")
d["timestamp"] = pd.to_datetime(times, format="ISO8601", utc=True).dt.as_unit("us")
d = d.convert_dtypes()


def at(text):
    return pd.Timestamp(text, tz="UTC")


CASES = {
    "": {},
    'countrycode in ("DE", "US")': {"countrycode": d.countrycode.isin(["DE", "US"])},
    'countrycode = "DE" and not recognized and timestamp >= 2017-02-06 and timestamp < 2017-03-13': {
        "countrycode": d.countrycode == "DE",
        "recognized": ~d.recognized,
        "timestamp": (d.timestamp >= at("2017-02-06")) & (d.timestamp < at("2017-03-13")),
    },
    '(score >= -0.5 and score < 1 or score is missing) and word in ("cat", "") and key_id contains "5"': {
        "score": ((d.score >= -0.5) & (d.score < 1)).fillna(False) | d.score.isna(),
        "word": d.word.isin(["cat", ""]),
        "key_id": d.key_id.str.contains("5", regex=False),
    },
    'row >= 20 and strokes < 20 and (word = "fish" or word is missing)': {
        None: pd.Series(d.index >= 20),
        "strokes": d.strokes < 20,
        "word": (d.word == "fish").fillna(False) | d.word.isna(),
    },
}


def edges_of_numbers(values):
    low, high = float(values.min()), float(values.max())
    is_whole = bool((values == values.round()).all())
    for power in range(0 if is_whole else -6, 20):
        for digit in (1, 2, 5):
            width = lambda k: k * digit * 10**power if power >= 0 else float(f"{k * digit}e{power}")
            first = int(np.floor(low / width(1)))
            while width(first + 1) <= low:
                first += 1
            while width(first) > low:
                first -= 1
            last = first
            # The last bin of numbers that are not whole holds its upper end.
            while width(last + 1) < high or (is_whole and width(last + 1) == high):
                last += 1
            if last - first + 1 <= 40:
                return [width(k) for k in range(first, last + 2)]


def of_column(name, rows):
    values = d[name]
    there = values[rows].dropna()
    told = {"present": len(there), "missing": int(rows.sum()) - len(there)}
    if name == "timestamp":
        first = values.min().normalize() - pd.Timedelta(days=values.min().weekday())
        starts = pd.date_range(first, values.max() + pd.Timedelta(days=7), freq="7D")
        told["edges"] = [float(start.value // 1000) for start in starts]
        told["bins"] = np.histogram([time.value // 1000 for time in there], told["edges"])[0].tolist()
    elif name in ("score", "strokes"):
        told["edges"] = edges_of_numbers(values.dropna().astype(float))
        told["bins"] = np.histogram(there.astype(float), told["edges"])[0].tolist()
    elif name != "key_id":
        every = ["true", "false"] if name == "recognized" else sorted(values.dropna().unique())
        spelled = there.map(lambda value: str(value).lower() if name == "recognized" else value)
        told["values"] = {value: int((spelled == value).sum()) for value in every}
    return told


def case(parts):
    keep = {name: part.astype("boolean").fillna(False).astype(bool) for name, part in parts.items()}
    every = pd.Series(True, index=d.index)

    def without(name):
        rows = every.copy()
        for other, part in keep.items():
            if other != name:
                rows &= part
        return rows

    return {"kept": int(without("").sum()), "columns": {name: of_column(name, without(name)) for name in d.columns}}


answers = {text: case(parts) for text, parts in CASES.items()}
lines = (f"{json.dumps(text)}: {json.dumps(answer, ensure_ascii=False)}" for text, answer in answers.items())
(HERE / "facets.json").write_text("{\n" + ",\n".join(lines) + "\n}\n")
