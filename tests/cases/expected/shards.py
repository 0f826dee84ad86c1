#!/usr/bin/env python3
"""Writes sets as webdataset and tensorboardX write them (shards/), and what webdataset's and Pillow's own readers give back (shards.json):
values in hexadecimal, drawing by drawing, row by row, in red, green and blue."""
import json
import pathlib
import shutil
import tempfile

import numpy
import webdataset
from PIL import Image
from tensorboardX import SummaryWriter

here = pathlib.Path(__file__).parent / "shards"
here.mkdir(exist_ok=True)
rows, side = 12, 8
images = numpy.random.default_rng(97).integers(0, 256, (rows, side, side, 3), "uint8")

shard = here / "webdataset.tar.gz"
with webdataset.TarWriter(str(shard)) as sink:
    for row in range(rows):
        record = {"score": row / 8, "name": f"n{row}"}
        sink.write({"__key__": f"{row:03d}", "png": images[row], "cls": row % 4, "json": record})
read = list(webdataset.WebDataset(str(shard), shardshuffle=False).decode("rgb8"))

with tempfile.TemporaryDirectory() as folder:
    with SummaryWriter(folder) as writer:
        # Floats from 0 to 1, the channels first.
        pictures = numpy.moveaxis(images, 3, 1) / numpy.float32(255)
        labels = [f"word {row % 3}" for row in range(rows)]
        writer.add_embedding(images.reshape(rows, -1)[:, :4].astype("float32"), labels, pictures, global_step=1, tag="set")
    shutil.copytree(folder, here / "tensorboardX", dirs_exist_ok=True, ignore=shutil.ignore_patterns("events.*", "tensors.tsv"))
sprite = numpy.asarray(Image.open(next((here / "tensorboardX").rglob("sprite.png"))).convert("RGB"))
grid = sprite.reshape(sprite.shape[0] // side, side, -1, side, 3).swapaxes(1, 2).reshape(-1, side, side, 3)

(here.parent / "shards.json").write_text(json.dumps({
    "webdataset": {
        "values": numpy.stack([sample["png"] for sample in read]).tobytes().hex(),
        "category": [str(sample["cls"]) for sample in read],
        "name": [sample["json"]["name"] for sample in read],
    },
    "tensorboardX": {"values": grid[:rows].tobytes().hex(), "label": labels},
}) + "\n")
