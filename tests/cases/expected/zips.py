#!/usr/bin/env python3
"""Writes zip archives of pictures with Python's zipfile (zips/), and what Pillow reads of each picture (zips.json): its name in the archive,
and red, green, blue and alpha in hexadecimal, row by row; null where it cannot be read here."""
import io
import json
import pathlib
import struct
import zipfile

import numpy
from PIL import Image

here = pathlib.Path(__file__).parent / "zips"
here.mkdir(exist_ok=True)
rng = numpy.random.default_rng(24)
when = (2026, 11, 30, 0, 0, 0)


def picture(form="PNG", **how):
    made, out = Image.fromarray(rng.integers(0, 256, (7, 9, 3), "uint8")), io.BytesIO()
    made.save(out, form, **how)
    return out.getvalue()


def add(archive, name, content, method=zipfile.ZIP_DEFLATED):
    info = zipfile.ZipInfo(name, when)
    info.compress_type = method
    archive.writestr(info, content)


def pixels(content):
    with Image.open(io.BytesIO(content)) as read:
        return read.convert("RGBA").tobytes().hex()


read = {}
with zipfile.ZipFile(here / "classes.zip", "w") as archive:
    read["classes"] = []
    for name, form, method in [
        ("train/cat/1.png", "PNG", zipfile.ZIP_DEFLATED),
        ("train/cat/2.bmp", "BMP", zipfile.ZIP_DEFLATED),
        ("train/dog/1.png", "PNG", zipfile.ZIP_STORED),
        ("test/dog/\u00e9t\u00e9.png", "PNG", zipfile.ZIP_DEFLATED),
        ("test/cat/4.png", "PNG", zipfile.ZIP_BZIP2),
    ]:
        content = picture(form)
        add(archive, name, content, method)
        read["classes"].append([name, None if method == zipfile.ZIP_BZIP2 else pixels(content)])
    archive.mkdir("train/empty")
    add(archive, "__MACOSX/train/cat/._1.png", b"\x00\x05\x16\x07" + bytes(40))
    add(archive, "readme.md", b"# Cats and dogs\n" * 9)

# With lengths of 64 bits, as for what is larger than 4 GiB.
with zipfile.ZipFile(here / "large.zip", "w") as archive:
    content = picture()
    info = zipfile.ZipInfo("a.png", when)
    info.compress_type = zipfile.ZIP_DEFLATED
    with archive.open(info, "w", force_zip64=True) as out:
        out.write(content)
    read["large"] = [["a.png", pixels(content)]]

# As some programs on Windows write names; and a picture that is said to be encrypted.
with zipfile.ZipFile(here / "windows.zip", "w") as archive:
    contents = [picture(), picture("BMP")]
    add(archive, "cat|a.png", contents[0])
    add(archive, "b.bmp", contents[1])
    read["windows"] = [["cat/a.png", pixels(contents[0])], ["b.bmp", None]]
whole = bytearray((here / "windows.zip").read_bytes().replace(b"cat|a.png", b"cat\\a.png"))
last = whole.rfind(b"PK\x01\x02")
whole[last + 8] |= 1
offset = struct.unpack("<I", whole[last + 42 : last + 46])[0]
whole[offset + 6] |= 1
(here / "windows.zip").write_bytes(whole)

# Blanks that claim more than can become of their bytes, and more than does.
with zipfile.ZipFile(here / "claims.zip", "w") as archive:
    content = picture()
    add(archive, "a.png", content)
    add(archive, "b.png", bytes(1 << 16))
    add(archive, "c.png", bytes(1 << 16))
    read["claims"] = [["a.png", pixels(content)], ["b.png", None], ["c.png", None]]
whole = bytearray((here / "claims.zip").read_bytes())
at = whole.find(b"PK\x01\x02")
for claimed in (len(content), 3 << 30, 70_000):
    whole[at + 24 : at + 28] = struct.pack("<I", claimed)
    at = whole.find(b"PK\x01\x02", at + 4)
(here / "claims.zip").write_bytes(whole)
(here.parent / "zips.json").write_text(json.dumps(read) + "\n")
