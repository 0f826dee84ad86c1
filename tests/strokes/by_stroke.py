"""Makes expected/by_stroke.npy of expected/drawn.ndjson and drawn-28.npy: seven pictures of 28 x 28, the sums of the first stroke of all
drawings, of the second, ... and of the sixth, each rendered by cairo, and twice the median of the bitmaps by numpy.

Needs numpy and cairocffi. Given pairs of files (FILE.ndjson FILE.npy ...) of simplified drawings, it prints what the state log says of
them, all together: drawings that have each stroke, and the sums of the ink of mean and median, 0 to 1 a pixel.
"""

import importlib.util
import json
import sys
from pathlib import Path

import numpy as np

spec = importlib.util.spec_from_file_location("drawn", Path(__file__).parent / "cairo.py")
drawn = importlib.util.module_from_spec(spec)
spec.loader.exec_module(drawn)


def apart(strokes, number):
    """A stroke where the whole drawing has it."""
    right, bottom = (max(at for stroke in strokes for at in stroke[axis]) for axis in (0, 1))
    x0, y0 = (256 - right) / 2, (256 - bottom) / 2
    x, y = strokes[number][:2]
    # `render` puts what it is given in the middle.
    own_right, own_bottom = max(x), max(y)
    dx, dy = x0 - (256 - own_right) / 2, y0 - (256 - own_bottom) / 2
    shifted = Shifted(dx, dy)
    return shifted.render(strokes[number])


class Shifted:
    """`cairo.py` with another place of the drawing."""

    def __init__(self, dx, dy):
        self.by = dx, dy

    def render(self, stroke):
        dx, dy = self.by
        context_type = drawn.cairo.Context

        class Context(context_type):
            def move_to(self, x, y):
                super().move_to(x + dx, y + dy)

            def line_to(self, x, y):
                super().line_to(x + dx, y + dy)

        drawn.cairo.Context = Context
        try:
            return drawn.render([stroke])
        finally:
            drawn.cairo.Context = context_type


def make():
    sums = np.zeros((7, 784), np.uint16)
    for line in open(drawn.HERE / "drawn.ndjson"):
        strokes = json.loads(line)["drawing"]
        for number in range(len(strokes)):
            sums[number] += apart(strokes, number)
    bitmaps = np.load(drawn.HERE / "drawn-28.npy").reshape(-1, 784)
    sums[6] = np.median(bitmaps, axis=0) * 2
    np.save(drawn.HERE / "by_stroke.npy", sums.reshape(7, 28, 28))


def say(files):
    counts = np.zeros(7, int)
    for records in files[::2]:
        for line in open(records):
            strokes = len(json.loads(line)["drawing"])
            counts[: min(strokes, 7)] += 1
    bitmaps = np.concatenate([np.load(path).reshape(-1, 784) for path in files[1::2]])
    print(counts.tolist(), bitmaps.mean(axis=0).sum() / 255, np.median(bitmaps, axis=0).sum() / 255)


if __name__ == "__main__":
    say(sys.argv[1:]) if len(sys.argv) > 1 else make()
