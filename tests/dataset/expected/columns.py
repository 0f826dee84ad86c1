#!/usr/bin/env python3
"""Writes archives of drawings with arrays of one value for each: numbers, bools and texts of every kind that numpy saves."""
import pathlib

import numpy

here = pathlib.Path(__file__).parent
arrays = {
    "x_train": numpy.arange(6 * 8 * 8, dtype="uint8").reshape(6, 8, 8),
    "y_train": numpy.array([3, -1, 4, 1, -5, 9]),
    "big": numpy.array([1, 2, 3, 4, 5, 65535], ">u2"),
    "score": numpy.array([0.7314, numpy.nan, 0.1, 1e-20, numpy.inf, -2.5], "float32"),
    "half": numpy.array([0.1, 0.2, 0.3, 0.4, 0.5, 0.6], "float16").reshape(6, 1),
    "is_test": numpy.array([True, False, True, False, False, True]),
    "name": numpy.array(["ant", "Käfer", "蜂", "", "dog", "emu"]),
    "swapped": numpy.array(["ant", "Käfer", "蜂", "", "dog", "emu"]).astype(">U5"),
    "tag": numpy.array([b"a", b"bc", b"def", b"", b"\xff", b"x\0y"]),
    "other": numpy.arange(5),
    "wide": numpy.zeros((6, 3)),
}
numpy.savez(here / "columns.npz", **arrays)
numpy.savez_compressed(here / "columns_deflated.npz", **arrays)
