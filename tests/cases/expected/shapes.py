"""Writes what the tests of shapes expect, by numpy: `python3 shapes.py CASES` beside this file, CASES being the folder of inputs."""

import json
import sys
from pathlib import Path

import numpy

here, cases = Path(__file__).parent, Path(sys.argv[1])


def sums(drawings):
    """Rows, height, width, the ink of the first three drawings and of the last, and a sum that depends on every pixel's place."""
    flat = drawings.reshape(-1).astype("uint64")
    places = numpy.arange(1, flat.size + 1, dtype="uint64")
    ink = drawings.reshape(len(drawings), -1).sum(axis=1, dtype="uint64")
    return {
        "shape": list(drawings.shape),
        "ink": [int(one) for one in (*ink[:3], ink[-1])],
        "places": int((flat * places).sum() % (1 << 32)),
    }


julia = numpy.load(cases / "c01/julia_900.npy")
features = numpy.load(cases / "c01/features_first_900.npy")
expected = {
    "julia_900": sums(numpy.moveaxis(julia, 2, 0)),
    "features_first_900": sums(features.T.reshape(900, 28, 28)),
    "one_28x28": sums(numpy.load(cases / "c02/one_28x28.npy")[None]),
    "one_64x64": sums(numpy.load(cases / "c02/one_64x64.npy")[None]),
    "flat_100x784": sums(numpy.load(cases / "c02/flat_100x784.npy").reshape(100, 28, 28)),
}
(here / "shapes.json").write_text(json.dumps(expected) + "\n")

strokes = numpy.empty(2, dtype=object)
strokes[:] = [numpy.zeros((5, 3), "int16"), numpy.ones((4, 3), "int16")]
numpy.savez_compressed(here / "octopus.full.npz", train=strokes, valid=strokes, test=strokes)
numpy.savez(here / "complex.npz", ink=numpy.zeros((1, 4, 4), complex))
