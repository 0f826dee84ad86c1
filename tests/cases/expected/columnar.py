#!/usr/bin/env python3
"""Writes sets as pyarrow, pandas and Hugging Face's datasets write them, and what they hold (columnar.json): values in hexadecimal,
drawing by drawing, row by row, the lowest byte first; columns as texts, what is missing as an empty one."""
import datetime
import io
import json
import pathlib
import shutil
import tempfile

import datasets
import numpy
import pandas
import pyarrow
import pyarrow.feather
import pyarrow.parquet
from PIL import Image

here = pathlib.Path(__file__).parent / "columnar"
here.mkdir(exist_ok=True)
rng = numpy.random.default_rng(59)
rows, side = 12, 8
bytes_of = rng.integers(0, 256, (rows, side, side), "uint8")
floats = rng.normal(size=(rows, side, side)).astype("float32")
words = ["cat", None, "dog", "cat", "fish", "dog", "cat", "cat", None, "fish", "dog", "cat"]
scores = [None if row % 5 == 3 else row / 8 for row in range(rows)]
when = [datetime.datetime(2017, 3, 8, 21, 12, row, 266040) for row in range(rows)]
when[4] = None
table = pyarrow.table({
    "id": pyarrow.array(range(100, 100 + rows), pyarrow.int64()),
    "pixels": pyarrow.FixedSizeListArray.from_arrays(pyarrow.array(bytes_of.ravel()), side * side),
    "word": pyarrow.array(words).dictionary_encode(),
    "score": pyarrow.array(scores, pyarrow.float32()),
    "when": pyarrow.array(when, pyarrow.timestamp("us", tz="UTC")),
    "good": pyarrow.array([None if row == 7 else row % 2 == 0 for row in range(rows)]),
    "box": pyarrow.array([{"x": row, "name": "a"} for row in range(rows)]),
    "tags": pyarrow.array([["a", "b"], [], None] * (rows // 3)),
    "day": pyarrow.array([datetime.date(2020, 2, 29)] * rows),
    "price": pyarrow.array([row * 100 + 5 for row in range(rows)]).cast(pyarrow.decimal128(20, 0)).cast(pyarrow.decimal128(20, 2)),
})
number = lambda value: "" if value is None else numpy.format_float_positional(value, trim="-")
columns = {
    "id": [str(100 + row) for row in range(rows)],
    "word": [word or "" for word in words],
    "score": [number(score) for score in scores],
    "when": ["" if at is None else at.strftime("%Y-%m-%dT%H:%M:%S.%fZ") for at in when],
    "good": ["" if row == 7 else ["true", "false"][row % 2] for row in range(rows)],
    "box.x": [str(row) for row in range(rows)],
    "box.name": ["a"] * rows,
    "tags": ['["a","b"]', "", ""] * (rows // 3),
    "day": ["2020-02-29T00:00:00Z"] * rows,
    "price": [str(row * 100 + 5) for row in range(rows)],
}
write = pyarrow.parquet.write_table
for packed in ["snappy", "zstd", "gzip", "lz4", "none"]:
    pages = "2.0" if packed in ["zstd", "none"] else "1.0"
    write(table, here / f"{packed}.parquet", compression=packed, row_group_size=5, data_page_version=pages)
write(table, here / "brotli.parquet", compression="brotli")
for packed in ["lz4", "zstd"]:
    pyarrow.feather.write_feather(table, here / f"{packed}.feather", compression=packed, chunksize=5)
with pyarrow.ipc.new_file(here / "plain.arrow", table.schema) as out:
    out.write_table(table, max_chunksize=5)
with pyarrow.ipc.new_stream(here / "stream.arrow", table.schema) as out:
    out.write_table(table, max_chunksize=5)
# Lists in lists, whose lengths nothing but the values say.
nested = pyarrow.table({"image": pyarrow.array(floats.tolist(), pyarrow.list_(pyarrow.list_(pyarrow.float32()))), "n": range(rows)})
write(nested, here / "nested.parquet", row_group_size=5)
pyarrow.feather.write_feather(nested, here / "nested.feather")
# One list a row, whose axes the column's metadata say.
tensor = pyarrow.table({"tensor": pyarrow.FixedShapeTensorArray.from_numpy_ndarray(numpy.ascontiguousarray(floats[:, :6]))})
write(tensor, here / "tensor.parquet")
pyarrow.feather.write_feather(tensor, here / "tensor.feather")
flags = bytes_of > 127
write(pyarrow.table({"mask": pyarrow.array(flags.reshape(rows, -1).tolist())}), here / "flags.parquet")
pandas.DataFrame({"pixels": list(bytes_of.reshape(rows, -1).astype("uint16") * 7), "word": words}).to_parquet(here / "pandas.parquet")
write(pyarrow.table({"raw": pyarrow.array([drawing.tobytes() for drawing in bytes_of]), "n": range(rows)}), here / "raw.parquet")
holes = pyarrow.array([None if row == 9 else drawing for row, drawing in enumerate(bytes_of.reshape(rows, -1).tolist())], pyarrow.list_(pyarrow.uint8()))
write(pyarrow.table({"pixels": holes}), here / "hole.parquet")
pandas.DataFrame({"row": range(rows)[::-1], "note": [f"n{row}" for row in range(rows)[::-1]]}).to_parquet(here / "notes.parquet")
# Durations, in seconds: a whole number of each unit in Parquet, which says the unit in Arrow's own schema alone.
spans = [None if row == 4 else datetime.timedelta(milliseconds=1500 * row) for row in range(rows)]
durations = pyarrow.table({
    "pixels": [bytes(range(row, row + 64)) for row in range(rows)], "row": range(rows), **{unit: pyarrow.array(spans, pyarrow.duration(unit)) for unit in ["ms", "us", "ns"]},
    "laps": pyarrow.array([[span, span] for span in spans], pyarrow.list_(pyarrow.duration("ms"))),
    "best": pyarrow.array([{"lap": span, "of": 2} for span in spans], pyarrow.struct([("lap", pyarrow.duration("us")), ("of", pyarrow.int64())])),
})
pyarrow.parquet.write_table(durations, here / "durations.parquet")
pyarrow.feather.write_feather(durations, here / "durations.feather")

# Pictures of several sizes, with labels: the fourth is broken, the fifth is missing.
sizes = [(6, 5), (5, 6), (8, 8), (7, 3), (4, 4), (3, 7), (6, 6)]
pictures = [rng.integers(0, 256, (height, width, 3), "uint8") for height, width in sizes]
def png(pixels):
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, "PNG")
    return out.getvalue()
encoded = [{"bytes": png(pixels), "path": f"{number:03}.png"} for number, pixels in enumerate(pictures)]
encoded[3]["bytes"] = encoded[3]["bytes"][:40]
encoded[4] = None
labels = [2, 0, 1, 1, 0, 2, None]
features = datasets.Features({
    "image": datasets.Image(), "label": datasets.ClassLabel(names=["cat", "dog", "fish"]), "caption": datasets.Value("string")})
captions = [f"number {number}\n\"{number}\"" for number in range(7)]
raw = pyarrow.table({
    "image": pyarrow.array(encoded, pyarrow.struct({"bytes": pyarrow.binary(), "path": pyarrow.string()})),
    "label": pyarrow.array(labels, pyarrow.int64()), "caption": captions})
dataset = datasets.Dataset(raw.cast(features.arrow_schema))
dataset.to_parquet(here / "labels.parquet")
with tempfile.TemporaryDirectory() as folder:
    dataset.save_to_disk(folder)
    shutil.copy(next(pathlib.Path(folder).glob("data-*.arrow")), here / "labels.arrow")
names = ["fish", "cat", "dog", "dog", "cat", "fish", ""]
(here.parent / "columnar.json").write_text(json.dumps({
    "bytes": bytes_of.tobytes().hex(), "floats": floats.tobytes().hex(), "flags": (flags.astype("uint8") * 255).tobytes().hex(),
    "words": (bytes_of.astype("<u2") * 7).tobytes().hex(), "columns": columns,
    "pictures": [{"size": [h, w], "rgb": pixels.tobytes().hex()} for (h, w), pixels in zip(sizes, pictures)],
    "labels": names, "captions": captions,
}) + "\n")
