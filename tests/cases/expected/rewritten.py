#!/usr/bin/env python3
"""Writes a set as `inkfield convert` and then pandas do (rewritten.parquet): python3 rewritten.py INKFIELD. Row r of its drawings, 8 x 6,
is (r * 31 + y * 7 + x * 3) % 256, its label r % 3."""
import pathlib
import subprocess
import sys
import tempfile

import numpy
import pandas

here = pathlib.Path(__file__).parent / "columnar"
with tempfile.TemporaryDirectory() as folder:
    folder = pathlib.Path(folder)
    r, y, x = numpy.ogrid[:12, :8, :6]
    numpy.savez(folder / "set.npz", images=((r * 31 + y * 7 + x * 3) % 256).astype("uint8"), label=numpy.arange(12) % 3)
    subprocess.run([sys.argv[1], "convert", folder / "set.npz", "--out", folder / "set.parquet"], check=True)
    pandas.read_parquet(folder / "set.parquet").to_parquet(here / "rewritten.parquet")
