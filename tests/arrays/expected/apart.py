#!/usr/bin/env python3
"""Writes the same seven drawings and their labels in files of their own, as PatchCamelyon comes, and as polars writes Arrow files: these
have no schema before the first batch.

Beside these, embeddings of the same drawings in front of them. Needs numpy, h5py, pyarrow and polars (2.1).
"""
import pathlib

import h5py
import numpy
import polars
import pyarrow
import pyarrow.parquet

here = pathlib.Path(__file__).parent
ROWS, HEIGHT, WIDTH = 7, 10, 8
n, y, x, c = numpy.indices((ROWS, HEIGHT, WIDTH, 3))
color = ((n * 37 + y * 31 + x * 7 + n * y + c * 50) % 251).astype("uint8")
label = [(n * 3 + 1) % 10 for n in range(ROWS)]
with h5py.File(here / "apart_x.h5", "w") as out:
    out.create_dataset("x", data=color, chunks=(1, HEIGHT, WIDTH, 3), compression="gzip")
with h5py.File(here / "apart_y.h5", "w") as out:
    out["y"] = numpy.array(label, "uint8").reshape(ROWS, 1, 1, 1)
ink = polars.Series("pixels", color[..., 0].reshape(ROWS, -1).tolist(), dtype=polars.Array(polars.UInt8, HEIGHT * WIDTH))
polars.DataFrame({"pixels": ink, "label": label}).write_ipc(here / "polars.arrow")
embeddings = numpy.random.default_rng(7).random((ROWS, 256), "float32")
numpy.savez(here / "embedded.npz", embeddings=embeddings, images=color[..., 0] / numpy.float32(255))
columns = {"embedding": embeddings.tolist(), "pixels": color[..., 0].reshape(ROWS, -1).tolist()}
types = {"embedding": pyarrow.list_(pyarrow.float32()), "pixels": pyarrow.list_(pyarrow.uint8())}
table = pyarrow.table({name: pyarrow.array(column, types[name]) for name, column in columns.items()})
pyarrow.parquet.write_table(table, here / "embedded.parquet")
