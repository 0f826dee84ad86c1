#!/usr/bin/env python3
"""Times the usual readers of a set's form, beside `inkfield bench SET --scenario read_set`.

    python3 scripts/compare_reading.py SET [REPEATS]

SET is a file (.npy, .npz, .parquet, .arrow or .feather, .h5, .png …) or a folder of pictures. Each reading starts with files that the
system was asked to let go of (posix_fadvise), and ends with all drawings in memory as arrays: numpy.load, pyarrow's read_table (and, of
encoded pictures, their decoding by PIL), h5py, PIL in as many processes as there are processors. Needs whichever of numpy, pyarrow,
h5py and pillow the form asks for. Medians in seconds; `bench` has the other figure, its rows a second beside it.
"""
import io
import os
import pathlib
import statistics
import sys
import time
from concurrent.futures import ProcessPoolExecutor

SET = pathlib.Path(sys.argv[1])
REPEATS = int(sys.argv[2]) if len(sys.argv) > 2 else 5
PICTURES = {".png", ".jpg", ".jpeg", ".jpe", ".gif", ".webp", ".bmp", ".tif", ".tiff"}


def files():
    if SET.is_file():
        return [SET]
    return sorted(path for path in SET.rglob("*") if path.suffix.lower() in PICTURES)


def let_go(paths):
    for path in paths:
        with open(path, "rb") as file:
            os.fdatasync(file.fileno())
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def decoded(source):
    """A picture's pixels as bytes: how many there are."""
    from PIL import Image

    with Image.open(io.BytesIO(source) if isinstance(source, bytes) else source) as picture:
        return len(picture.convert("RGBA").tobytes())


def pictures(sources):
    with ProcessPoolExecutor() as processes:
        return sum(processes.map(decoded, sources, chunksize=64)), len(sources)


def by_numpy():
    import numpy

    loaded = numpy.load(SET)
    arrays = [loaded[name] for name in loaded.files] if hasattr(loaded, "files") else [loaded]
    largest = max(arrays, key=lambda array: array.nbytes)
    return largest.nbytes, len(largest)


def by_h5py():
    import h5py

    sets = []
    with h5py.File(SET) as file:
        file.visititems(lambda _, found: sets.append(found) if isinstance(found, h5py.Dataset) else None)
        largest = max(sets, key=lambda found: found.nbytes)[()]
    return largest.nbytes, len(largest)


def by_pyarrow():
    import pyarrow
    import pyarrow.feather
    import pyarrow.parquet

    table = pyarrow.parquet.read_table(SET) if SET.suffix == ".parquet" else pyarrow.feather.read_table(SET)
    for column in table.columns:
        if pyarrow.types.is_struct(column.type) and column.type.get_field_index("bytes") >= 0:
            return pictures([row["bytes"] for row in column.to_pylist() if row and row["bytes"]])
    return table.nbytes, table.num_rows


READERS = {".npy": by_numpy, ".npz": by_numpy, ".h5": by_h5py, ".hdf5": by_h5py, ".parquet": by_pyarrow, ".arrow": by_pyarrow, ".feather": by_pyarrow}


def main():
    paths = files()
    read = READERS.get(SET.suffix) or (lambda: pictures([str(path) for path in paths]))
    times = []
    for _ in range(REPEATS):
        let_go(paths)
        start = time.perf_counter()
        size, rows = read()
        times.append(time.perf_counter() - start)
    median = statistics.median(times)
    print(f"{read.__name__.removeprefix('by_').replace('<lambda>', 'PIL')}: {median:.3f} s, {size / 1e9 / median:.2f} GB/s, {rows / median:,.0f} rows/s")


if __name__ == "__main__":
    main()
