"""Where drawings stand in `random`, `xy`, `timeline`, `file` and a sorted `grid`, by numpy: writes places.json beside itself.

Run with any Python that has numpy: python3 tests/scene/expected/places.py
"""
import json
import pathlib

import numpy as np


def splitmix64(state):
    with np.errstate(over="ignore"):
        z = state + np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return z ^ (z >> np.uint64(31))


def unit(seed, i):
    return (splitmix64(np.uint64(seed) ^ i) >> np.uint64(11)).astype(float) * 2.0**-53


def size(rows, aspect=1.6):
    width = np.sqrt(aspect * rows)
    return width, rows / width


HIGH = np.uint64(1 << 63)


def random(rows, seed):
    r, (w, h) = np.arange(rows, dtype=np.uint64), size(rows)
    return np.stack([unit(seed, r ^ HIGH) * w, -unit(seed, r) * h], axis=1)


JITTER = np.uint64(1 << 62)


def categories(values, seed, salt):
    """Places in units of categories, the most frequent first, and how many there are."""
    known = [v for v in values if v is not None]
    order = sorted(set(known), key=lambda v: (-known.count(v), v))
    jitter = 0.4 * (2 * unit(seed, np.arange(len(values), dtype=np.uint64) ^ salt) - 1)
    places = [np.nan if v is None else order.index(v) + 0.5 + j for v, j in zip(values, jitter)]
    return np.array(places), len(order)


def xy(x, y, seed, log="", aspect=1.6):
    """NaN is missing; lists are categories."""
    rows = len(x)
    r, (w, h) = np.arange(rows, dtype=np.uint64), size(rows, aspect)

    def along(values, length, log, salt):
        if isinstance(values, list):
            values, count = categories(values, seed, salt)
            return values / count * length
        if log:
            values = np.log(np.where(values > 0, values, np.nan))
        return np.interp(values, [np.nanmin(values), np.nanmax(values)], [0, length])

    x, y = along(x, w, "x" in log, JITTER), along(y, h, "y" in log, JITTER ^ HIGH)
    left, low = -(1 + unit(seed, r)) * 0.05 * w, -(1 + unit(seed, r ^ HIGH)) * 0.05 * w
    return np.stack([np.where(np.isnan(x), left, x), np.where(np.isnan(y), low, y) - h], axis=1), [int(np.isnan(v).sum()) for v in (x, y)]


def file(x, y, seed, aspect=None):
    """NaN has no place; the proportions are those of the file from 1:4 to 4:1."""
    nowhere = ~(np.isfinite(x) & np.isfinite(y))
    x, y = np.where(nowhere, np.nan, x), np.where(nowhere, np.nan, y)
    own = np.ptp(x[~nowhere]) / np.ptp(y[~nowhere])
    r, (w, h) = np.arange(len(x), dtype=np.uint64), size(len(x), aspect or (own if 0.25 <= own <= 4 else 1.6))
    along = lambda v, length: (v - np.nanmin(v)) / (np.nanmax(v) - np.nanmin(v)) * length
    left, height = -(1 + unit(seed, r)) * 0.05 * w, -unit(seed, r ^ HIGH) * h
    return np.stack([np.where(nowhere, left, along(x, w)), np.where(nowhere, height, along(y, h) - h)], axis=1)


def timeline(us):
    """Weeks, counted from Mondays; NaN is missing."""
    missing = np.isnan(us)
    week = np.floor_divide(np.where(missing, 0, us).astype(np.int64) + 3 * 86_400 * 10**6, 7 * 86_400 * 10**6)
    week -= week[~missing].min()
    bins = int(week[~missing].max()) + 1
    assert 7 * bins > 100, "days would be too many"
    bin_of = np.where(missing, bins, week)
    counts = np.bincount(bin_of, minlength=bins + 1)
    sixteenths = lambda v: np.floor(v * 16 + 0.5) / 16

    def frame(wide):
        pitch = wide + max(sixteenths(wide / 8), 0.125)
        left = [i * pitch for i in range(bins)] + [bins * pitch + sixteenths(wide / 2)]
        lines = -(-counts.max() // wide)
        return abs(np.log((left[-1 if counts[-1] else -2] + wide) / lines / 1.6)), wide, left, lines

    _, wide, left, lines = min((frame(wide) for wide in range(1, 50)), key=lambda f: f[0])
    places, seen = [], [0] * (bins + 1)
    for b in bin_of:
        k, first, top = seen[b], counts[b] % wide, lines - -(-counts[b] // wide)
        seen[b] += 1
        line, column = (0, k) if k < first else ((k - first) // wide + (first > 0), (k - first) % wide)
        places.append([left[b] + column + 0.5, -(top + line) - 0.5])
    return np.array(places), int(counts[-1]), wide


def records(rows):
    rng = np.random.default_rng(12)
    weight = np.round(rng.lognormal(0, 2, rows), 3)
    when = np.datetime64("2017-01-20T00:00", "us") + rng.integers(0, 200 * 86_400 * 10**6, rows).astype("m8[us]")
    valid = rng.random(rows) < 0.3
    gaps = [rng.random(rows) < part for part in (0.1, 0.05, 0.0)]
    return weight, when.astype(np.int64), valid, gaps


def with_gaps(values, gap):
    return [None if missing else value.item() for value, missing in zip(values, gap)]


def flat(places):
    return [[round(v, 6) for v in place] for place in places.tolist()]


weight, when, valid, gaps = records(60)
columns = {name: with_gaps(v, gap) for name, v, gap in zip(("weight", "when", "valid"), (weight, when, valid), gaps)}
rng = np.random.default_rng(13)
kinds = rng.choice(["owl", "cat", "eel", "dog"], 60, p=[0.2, 0.5, 0.2, 0.1])
columns["kind"] = with_gaps(kinds, rng.random(60) < 0.1)
# Zeros have no logarithm.
columns["change"] = [float(v) for v in np.round(rng.normal(2, 2, 60), 2)]
number = {name: np.array([np.nan if v is None else float(v) for v in values]) for name, values in columns.items() if name != "kind"}
number["kind"] = columns["kind"]
pairs = [("weight", "when", 0, "", 1.6), ("when", "weight", 5, "", 1.6), ("valid", "weight", 0, "", 1.6), ("valid", "valid", 0, "", 1.6),
         ("weight", "change", 3, "x,y", 3.5), ("kind", "weight", 9, "y", 1.6), ("when", "kind", 0, "", 0.5)]


def case(x, y, seed, log, aspect):
    places, missing = xy(number[x], number[y], seed, log, aspect)
    return {"x": x, "y": y, "seed": seed, "log": log, "aspect": aspect, "places": flat(places), "missing": missing}


def order(name, descending):
    """Stable, missing values last."""
    values = columns[name]
    known = [row for row, v in enumerate(values) if v is not None]
    return sorted(known, key=lambda row: values[row], reverse=descending) + [row for row, v in enumerate(values) if v is None]


positions = np.round(rng.normal(0, [3, 2], (30, 2)), 3)
positions[[4, 17], [0, 1]] = np.nan
def stamps(rows):
    """Times within 200 days by arithmetic, every 50th missing."""
    i = np.arange(rows)
    return np.where(i % 50 == 7, np.nan, 1_484_870_400_000_000 + i * i * 7919 % 17_280_000 * 1e6)


def timeline_case(us):
    places, missing, wide = timeline(us)
    return {"rows": len(us), "places": flat(places[:60]), "missing": missing, "wide": int(wide)}


out = {
    "random": [{"rows": rows, "seed": seed, "places": flat(random(rows, seed)[:20])} for rows, seed in [(20, 0), (150152, 7)]],
    "columns": columns,
    "xy": [case(*pair) for pair in pairs],
    "sorted": [{"column": name, "descending": down, "rows": order(name, down)} for name in columns for down in (False, True)],
    "timeline": [timeline_case(number["when"]), timeline_case(stamps(3000))],
    "file": {"positions": [[None if np.isnan(v) else v for v in place] for place in positions.tolist()],
             "own": flat(file(*positions.T, 2)), "square": flat(file(*positions.T, 2, 1.0))},
}
known = np.array([v for v in columns["when"] if v is not None]).astype("M8[us]")
months = np.arange(known.min().astype("M8[M]"), known.max().astype("M8[M]") + 1)
# Where months begin between the first time and the last.
out["months"] = [str(month) for month in months if known.min() <= month.astype("M8[us]") <= known.max()]
path = pathlib.Path(__file__).with_name("places.json")
path.write_text(json.dumps(out, separators=(",", ":")) + "\n")
