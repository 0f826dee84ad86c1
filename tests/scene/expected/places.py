"""Where drawings stand in `random` and `xy`, by numpy: writes places.json beside itself.

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


def size(rows):
    width = np.sqrt(1.6 * rows)
    return width, rows / width


HIGH = np.uint64(1 << 63)


def random(rows, seed):
    r, (w, h) = np.arange(rows, dtype=np.uint64), size(rows)
    return np.stack([unit(seed, r ^ HIGH) * w, -unit(seed, r) * h], axis=1)


def xy(x, y, seed):
    """NaN is missing."""
    rows = len(x)
    r, (w, h) = np.arange(rows, dtype=np.uint64), size(rows)
    along = lambda v, length: np.interp(v, [np.nanmin(v), np.nanmax(v)], [0, length])
    left, low = -(1 + unit(seed, r)) * 0.05 * w, -(1 + unit(seed, r ^ HIGH)) * 0.05 * w
    return np.stack([np.where(np.isnan(x), left, along(x, w)), np.where(np.isnan(y), low, along(y, h)) - h], axis=1)


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
number = {name: np.array([np.nan if v is None else float(v) for v in values]) for name, values in columns.items()}
pairs = [("weight", "when", 0), ("when", "weight", 5), ("valid", "weight", 0), ("valid", "valid", 0)]
out = {
    "random": [{"rows": rows, "seed": seed, "places": flat(random(rows, seed)[:20])} for rows, seed in [(20, 0), (150152, 7)]],
    "columns": columns,
    "xy": [{"x": x, "y": y, "seed": seed, "places": flat(xy(number[x], number[y], seed)),
            "missing": [int(np.isnan(number[name]).sum()) for name in (x, y)]} for x, y, seed in pairs],
}
known = np.array([v for v in columns["when"] if v is not None]).astype("M8[us]")
months = np.arange(known.min().astype("M8[M]"), known.max().astype("M8[M]") + 1)
# Where months begin between the first time and the last.
out["months"] = [str(month) for month in months if known.min() <= month.astype("M8[us]") <= known.max()]
path = pathlib.Path(__file__).with_name("places.json")
path.write_text(json.dumps(out, separators=(",", ":")) + "\n")
