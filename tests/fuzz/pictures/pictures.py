#!/usr/bin/env python3
"""Writes one small picture of each form, from which inputs are made by mutation (Pillow 12 or later)."""
import pathlib

from PIL import Image

here = pathlib.Path(__file__).parent
color = Image.new("RGBA", (9, 7))
color.putdata([(x * 28, y * 36, 255 - x * y * 3, 255 if (x + y) % 3 else 90) for y in range(7) for x in range(9)])
rgb, gray = color.convert("RGB"), color.convert("L")
color.save(here / "alpha.png", optimize=True)
rgb.quantize(6).save(here / "palette.png", bits=4)
gray.convert("I;16").save(here / "deep.png")
rgb.save(here / "rgb.bmp")
rgb.quantize(6).save(here / "frames.gif", save_all=True, append_images=[gray.convert("P")])
color.save(here / "lossless.webp", lossless=True)
rgb.save(here / "lossy.webp", quality=60)
rgb.save(here / "lzw.tif", compression="tiff_lzw")
gray.save(here / "plain.tif")
rgb.save(here / "progressive.jpg", progressive=True, quality=80)
