#!/usr/bin/env python3
"""Writes TIFF files of many kinds with Pillow (tiffs/), and what Pillow reads in them (tiffs.json): red, green, blue and alpha in hexadecimal,
row by row; of floats and of whole numbers the values themselves."""
import json
import pathlib

import numpy
from PIL import Image

here = pathlib.Path(__file__).parent / "tiffs"
here.mkdir(exist_ok=True)
height, width = 12, 10
grey = (numpy.arange(height * width).reshape(height, width) * 255 // (height * width - 1)).astype("uint8")
colour = numpy.stack([grey, grey[::-1], 255 - grey], -1)
rgb, alpha = Image.fromarray(colour), 255 - grey // 2
floats = Image.fromarray(grey.astype("float32") / numpy.float32(20) - numpy.float32(2))
whole = Image.fromarray(grey.astype("int32") * 16 - 40)
palette = rgb.quantize(16)
files = {
    "palette": (palette, {}),
    "palette-lzw-big": (palette, {"compression": "tiff_lzw", "big_tiff": True}),
    "palette-alpha": (palette.convert("PA"), {}),
    "grey-alpha": (Image.fromarray(numpy.dstack([grey, alpha])), {}),
    "floats": (floats, {}),
    "floats-deflate-big": (floats, {"compression": "tiff_deflate", "big_tiff": True}),
    "whole": (whole, {}),
    "ycbcr-jpeg": (rgb.convert("YCbCr"), {"compression": "jpeg"}),
    "words-big": (Image.fromarray(grey.astype("uint16") * 16), {"big_tiff": True}),
    "bits-packbits": (Image.fromarray(grey).point(lambda v: 255 * (v > 127)).convert("1"), {"compression": "packbits"}),
    "zstd": (rgb, {"compression": "zstd"}),
    "lab": (rgb.convert("LAB"), {}),
}
read = {}
for name, (picture, how) in files.items():
    path = here / f"{name}.tif"
    picture.save(path, **how)
    with Image.open(path) as again:
        if again.mode in ("F", "I", "I;16"):
            read[name] = numpy.asarray(again).ravel().tolist()
        elif name not in ("zstd", "lab"):
            read[name] = numpy.asarray(again.convert("RGBA")).tobytes().hex()
(here.parent / "tiffs.json").write_text(json.dumps(read) + "\n")
