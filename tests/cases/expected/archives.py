#!/usr/bin/env python3
"""Writes archives of arrays, stored and deflated, and what numpy says of each array's drawings: their values in hexadecimal,
drawing by drawing, row by row, bools as 0 and 255."""
import json
import pathlib

import numpy

here = pathlib.Path(__file__).parent
rng = numpy.random.default_rng(20)
bytes_of = lambda *shape: rng.integers(0, 256, shape, "uint8")
x_train, x_test, turned = bytes_of(7, 10, 8), bytes_of(5, 10, 8), bytes_of(6, 10, 8)
mask = rng.integers(0, 2, (4, 10, 8)).astype(bool)
arrays = {
    "y_train": numpy.arange(7),
    "x_test": x_test,
    "x_train": x_train,
    "small": bytes_of(7, 1),
    # As Julia writes: the drawings along the last axis, the first axis fastest.
    "turned": numpy.asfortranarray(turned.transpose(1, 2, 0)),
    "mask": mask,
}
numpy.savez(here / "stored.npz", **arrays)
numpy.savez_compressed(here / "deflated.npz", **arrays)
numpy.savez_compressed(here / "one.npz", ink=x_train, labels=numpy.arange(7))
drawings = {"x_train": x_train, "x_test": x_test, "turned": turned, "mask": mask.astype("uint8") * 255}
(here / "archives.json").write_text(json.dumps({name: array.tobytes().hex() for name, array in drawings.items()}) + "\n")
