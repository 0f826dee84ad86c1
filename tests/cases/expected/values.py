"""What numpy says of the values in tests/cases/values.rs: `python3 values.py FOLDER > values.json`, FOLDER with the field cases."""

import json
import sys
from pathlib import Path

import numpy as np


def noise(count):
    """The numbers that the tests make, too."""
    return ((np.arange(count, dtype=np.uint64) * 2654435761) % (1 << 32)) >> 16


def made():
    i = np.arange(40 * 784)
    n = noise(40 * 784).astype(np.int64)
    shapes = {
        "mask": (n % 5 == 0),
        "classes": n % 3,
        "from_one": 1 + n % 2,
        "void": np.where(n % 10 < 2, 255, n % 4),
        "dim": n % 100,
        "bright": 200 + n % 56,
        "just_bright": 191 + n % 64,
        "not_bright": 190 + n % 65,
        "white": 255 - np.where(n % 7 == 0, n % 256, 0),
        "few_stray": np.where(i % 20000 == 0, 230, n % 4),
        "not_stray": np.where(i % 9000 == 7, 230, n % 4),
        "two_level": np.where(n % 5 == 0, 255, 0),
        "zeros": n * 0,
        "sevens": n * 0 + 7,
        "gray": n * 0 + 200,
        "full": n * 0 + 255,
    }
    return {name: values.astype(np.uint8) for name, values in shapes.items()} | {"bools": n % 4 == 0}


def rule(values):
    counts = np.bincount(values.astype(np.uint8).ravel(), minlength=256)
    if values.dtype == bool:
        return [0, 1]
    used = np.flatnonzero(counts[:255] / counts.sum() >= 0.0001)
    m = int(used.max()) if used.size else 0
    if 0 < m < 128:
        return [0, m]
    low, high = int(values.min()), int(values.max())
    if low > 0 and 0 < high - low < 64:
        return [low, high]
    return [0, 255]


def told(values):
    low, high = rule(values)
    ink = np.clip((values.astype(float) - low) / (high - low), 0, 1) * 255
    ink = np.floor(ink + 0.5).reshape(-1, 784)
    value, count = np.unique(values.astype(np.uint8), return_counts=True)
    # Many values are told by sums that no two histograms share by chance.
    many = len(value) > 8
    value, count = value.astype(int), count.astype(int)
    held = [int(count @ value), int(count @ value**2), int(count**2 @ (value + 1))] if many else None
    return {
        "min": int(values.min()),
        "max": int(values.max()),
        "distinct": len(value),
        "counts": None if many else {str(v): int(c) for v, c in zip(value, count)},
        "sums": held,
        "range": [low, high],
        "ink": [int(ink[row].sum()) for row in (0, 1, -1)],
    }


sets = made() | {path.stem: np.load(path) for path in sorted(Path(sys.argv[1], "c03").glob("*.npy"))}
lines = [f"  {json.dumps(name)}: {json.dumps(told(values))}" for name, values in sets.items()]
print("{\n" + ",\n".join(lines) + "\n}")
