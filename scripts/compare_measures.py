#!/usr/bin/env python3
"""Says how often the drawings nearest to each one share its label, by inkfield's measures and by others, on a labelled set.

    INKFIELD=target/release/inkfield python3 scripts/compare_measures.py DRAWINGS.npy COLUMN …

DRAWINGS.npy has its records beside it as DRAWINGS.ndjson (`inkfield convert SET --out DRAWINGS.npy` writes both), ink of shape
(N, h, w) or colour of shape (N, h, w, 4). Purity@12 is the mean, over the rows with a label, of the share of the 12 nearest rows that
have the same one. inkfield answers for its own measures and, by --embedding, for the rows of numbers that are made here: raw pixels,
colours times alpha; mean colours of cells; and values of the direction code, which is computed once more here from luma, beside mean
colours that weigh so much in relation to it. Needs numpy.
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

import numpy as np

INKFIELD = os.environ.get("INKFIELD", "inkfield")
K = 12
# Sides of grids of mean colours, and what they weigh beside the directions.
CELLS = (1, 4, 7)
WEIGHTS = (0.5, 1.0, 1.5)


def nearest(path, rows, *words):
    """The rows nearest to each; fewer for what looks like nothing."""
    command = [INKFIELD, "similar", str(path), "--no-records", "--row", "-", "--k", str(K), "--json", *words]
    asked = "\n".join(map(str, range(rows)))
    environment = {**os.environ, "INKFIELD_CACHE": "off", "INKFIELD_LOG": "error"}
    text = subprocess.run(command, input=asked, stdout=subprocess.PIPE, env=environment, text=True, check=True).stdout
    return [[near["row"] for near in json.loads(line)["neighbours"]] for line in text.splitlines()]


def purity(found, labels):
    shares = [np.mean([labels[near] == own for near in rows]) if rows else 0.0 for own, rows in zip(labels, found) if own is not None]
    return float(np.mean(shares))


def means_of(values, side):
    """Means over `side` × `side` cells, by area."""
    n, h, w, channels = values.shape
    lines, columns = (np.minimum(np.arange(size) * side // size, side - 1) for size in (h, w))
    sums, counts = np.zeros((n, side, side, channels)), np.zeros((side, side, 1))
    for y in range(side):
        for x in range(side):
            cell = values[:, lines == y][:, :, columns == x]
            sums[:, y, x], counts[y, x] = cell.sum((1, 2)), cell.shape[1] * cell.shape[2]
    return (sums / np.maximum(counts, 1)).reshape(n, -1)


def unit(rows):
    return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-12)


def blurred(planes, taps):
    """Along the last two axes; what lies beyond an edge is nothing."""
    for axis in (-2, -1):
        planes = np.apply_along_axis(lambda line: np.convolve(line, taps, "same"), axis, planes)
    return planes


def directions(ink):
    """The 392 values of the direction code of ink, 0 to 1: docs/contract.md, "Likeness"."""
    side = 28
    if ink.shape[1:] != (side, side):
        ink = resampled(ink, side)
    at = np.arange(-3, 4)
    smooth = np.exp(-(at**2) / (2 * 0.7**2))
    smooth /= smooth.sum()
    derive = at * smooth / 0.7**2
    along = lambda line, taps, axis: np.apply_along_axis(lambda own: np.convolve(own, taps, "same"), axis, line)
    dx, dy = along(along(ink, smooth, 1), derive, 2), along(along(ink, derive, 1), smooth, 2)
    magnitude, position = np.hypot(dx, dy), np.mod(np.arctan2(dy, dx), np.pi) / np.pi * 8
    low = np.floor(position).astype(int) % 8
    share = position - np.floor(position)
    planes = np.zeros((len(ink), 8, side, side))
    for direction in range(8):
        planes[:, direction] = magnitude * ((low == direction) * (1 - share) + ((low + 1) % 8 == direction) * share)
    taps = np.exp(-(np.arange(-8, 9) ** 2) / 8.0)
    read = blurred(planes, taps / taps.sum())[:, :, 2::4, 2::4]
    return unit(np.sqrt(unit(read.reshape(len(ink), -1))))


def resampled(ink, side):
    """By area, whole and in the middle."""
    n, h, w = ink.shape
    longer = max(h, w)
    square = np.zeros((n, longer, longer))
    square[:, (longer - h) // 2 : (longer - h) // 2 + h, (longer - w) // 2 : (longer - w) // 2 + w] = ink
    edges = np.arange(side + 1) * longer / side
    overlap = np.clip(np.minimum(edges[1:, None], np.arange(1, longer + 1)) - np.maximum(edges[:-1, None], np.arange(longer)), 0, None)
    overlap /= longer / side
    return overlap @ square @ overlap.T


def main():
    path, columns = pathlib.Path(sys.argv[1]), sys.argv[2:]
    drawings = np.load(path)
    records = [json.loads(line) for line in open(path.with_suffix(".ndjson"), encoding="utf-8")]
    labels = {column: [record.get(column) for record in records] for column in columns}
    values = drawings.astype("f4") / 255
    if values.ndim == 3:
        values = values[..., None]
        ink = values[..., 0]
    else:
        values[..., :3] *= values[..., 3:]
        ink = values[..., :3] @ np.array([0.299, 0.587, 0.114], "f4")
    directed = directions(ink.astype("f8"))
    colours = {side: means_of(values, side) for side in CELLS}
    rows_of_numbers = {
        "raw pixels": values.reshape(len(values), -1),
        "direction, here": directed,
        **{f"mean colour, {side} × {side}": rows for side, rows in colours.items()},
    }
    for side, rows in colours.items():
        centred = rows - rows.mean(0)
        centred /= np.sqrt((centred**2).sum(1).mean())
        spread = np.sqrt(((directed - directed.mean(0)) ** 2).sum(1).mean())
        for weight in WEIGHTS:
            rows_of_numbers[f"direction and {weight} of {side} × {side}"] = np.hstack([directed, weight * spread * centred])
    print(f"{len(drawings):,} drawings of {drawings.shape[1:]}; labels: " + ", ".join(f"{column} {len(set(own))}" for column, own in labels.items()))
    print(f"{'':34}" + "".join(f"{column:>16}" for column in columns))
    with tempfile.TemporaryDirectory() as folder:
        found = {measure: nearest(path, len(drawings), "--measure", measure) for measure in ("direction", "ink")}
        for name, rows in rows_of_numbers.items():
            file = os.path.join(folder, "rows.npy")
            np.save(file, rows.astype("f4"))
            found[name] = nearest(path, len(drawings), "--embedding", file, "--metric", "euclid")
        chance = [np.mean([own.count(label) / len(own) for label in own]) for own in labels.values()]
        print(f"{'by chance':34}" + "".join(f"{value:16.4f}" for value in chance))
        for name, rows in found.items():
            print(f"{name:34}" + "".join(f"{purity(rows, own):16.4f}" for own in labels.values()), flush=True)


if __name__ == "__main__":
    main()
