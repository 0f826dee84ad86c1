"""Makes expected/drawn.ndjson, expected/drawn-28.npy and expected/drawn-64.npy: drawings by a walk, rendered by cairo.

Needs numpy and cairocffi. Given pairs of files (FILE.ndjson FILE.npy ...), it says instead how many of their drawings cairo renders bit
for bit as published, and how long it takes.
"""

import json
import random
import sys
import time
from pathlib import Path

import cairocffi as cairo
import numpy as np

HERE = Path(__file__).parent / "expected"


def render(strokes, side=28):
    """The recipe that the authors of the data published: the canvas with its border, a pen 16 wide, each stroke by itself."""
    surface = cairo.ImageSurface(cairo.FORMAT_ARGB32, side, side)
    context = cairo.Context(surface)
    context.set_antialias(cairo.ANTIALIAS_BEST)
    context.set_line_cap(cairo.LINE_CAP_ROUND)
    context.set_line_join(cairo.LINE_JOIN_ROUND)
    context.set_line_width(16)
    scale = side / (256 + 48)
    context.scale(scale, scale)
    context.translate(24, 24)
    context.set_source_rgb(0, 0, 0)
    context.paint()
    right, bottom = (max(at for stroke in strokes for at in stroke[axis]) for axis in (0, 1))
    x0, y0 = (256 - right) / 2, (256 - bottom) / 2
    context.set_source_rgb(1, 1, 1)
    for stroke in strokes:
        x, y = stroke[:2]
        context.move_to(x[0] + x0, y[0] + y0)
        for at in zip(x, y):
            context.line_to(at[0] + x0, at[1] + y0)
        context.stroke()
    return np.frombuffer(surface.get_data(), np.uint8)[::4].copy()


def walk(rng, points):
    at, heading = [rng.uniform(60, 200), rng.uniform(60, 200)], rng.uniform(0, 6.28)
    xs, ys = [], []
    for _ in range(points):
        xs.append(round(min(255, max(0, at[0]))))
        ys.append(round(min(255, max(0, at[1]))))
        heading += rng.gauss(0, 0.9)
        step = rng.choice([3, 8, 20, 45])
        at = [at[0] + step * np.cos(heading), at[1] + step * np.sin(heading)]
    return [xs, ys]


def make():
    rng = random.Random(16)
    drawings = [[walk(rng, rng.choice([1, 2, 5, 12, 25])) for _ in range(rng.randint(1, 6))] for _ in range(9)]
    # A dot, a level line there and back, a corner that turns by half.
    drawings.append([[[128, 128], [128, 128]], [[0, 255, 100], [0, 0, 0]], [[7, 7, 7], [20, 250, 90]]])
    drawings = [[[[x - min(min(s[0]) for s in d) for x in s[0]], [y - min(min(s[1]) for s in d) for y in s[1]]] for s in d] for d in drawings]
    HERE.mkdir(exist_ok=True)
    lines = [json.dumps({"drawing": drawing}, separators=(",", ":")) + "\n" for drawing in drawings]
    (HERE / "drawn.ndjson").write_text("".join(lines))
    np.save(HERE / "drawn-28.npy", np.array([render(d, 28) for d in drawings]))
    np.save(HERE / "drawn-64.npy", np.array([render(d, 64) for d in drawings[-2:]]))


def compare(files):
    exact = total = 0
    worst, seconds = 0.0, 0.0
    for records, bitmaps in zip(files[::2], files[1::2]):
        published = np.load(bitmaps).reshape(-1, 784)
        for line, bitmap in zip(open(records), published):
            drawing = json.loads(line)["drawing"]
            start = time.perf_counter()
            drawn = render(drawing)
            seconds += time.perf_counter() - start
            apart = np.abs(drawn.astype(int) - bitmap)
            exact, total, worst = exact + (apart.max() == 0), total + 1, max(worst, apart.mean())
    print(f"{exact} of {total} bit for bit, worst mean difference {worst:.4f}, {seconds / total * 1e6:.0f} us each")


if __name__ == "__main__":
    compare(sys.argv[1:]) if len(sys.argv) > 1 else make()
