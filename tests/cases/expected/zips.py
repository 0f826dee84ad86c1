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

# With numbers of 64 bits in the directory and for where that lies, as for what is larger than 4 GiB.
limit, zipfile.ZIP64_LIMIT = zipfile.ZIP64_LIMIT, 20
with zipfile.ZipFile(here / "large.zip", "w") as archive:
    read["large"] = []
    for name in ("a.png", "b.png"):
        content = picture()
        info = zipfile.ZipInfo(name, when)
        info.compress_type = zipfile.ZIP_DEFLATED
        with archive.open(info, "w", force_zip64=True) as out:
            out.write(content)
        read["large"].append([name, pixels(content)])
zipfile.ZIP64_LIMIT = limit
whole = bytearray((here / "large.zip").read_bytes())
whole[-10:-2] = b"\xff" * 8
(here / "large.zip").write_bytes(whole)

# What else has the keys of pictures, deflated and stored; a caption of another name; tables; a link; hidden files; a comment.
with zipfile.ZipFile(here / "beside.zip", "w") as archive:
    read["beside"] = []
    for number, method in enumerate((zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED)):
        content = picture()
        add(archive, f"{number}.png", content, method)
        add(archive, f"{number}.txt", f"caption {number}\n".encode() * 3, method)
        add(archive, f"{number}.json", json.dumps({"score": number + 0.5}).encode(), method)
        read["beside"].append([f"{number}.png", pixels(content)])
    add(archive, "readme.txt", b"neither")
    add(archive, "in/metadata.csv", b"file_name,label\n0.png,a\n")
    add(archive, ".thumbs/0.png", picture())
    add(archive, "in/._0.png", b"\x00\x05\x16\x07" + bytes(40))
    link = zipfile.ZipInfo("link.png", when)
    link.create_system, link.external_attr = 3, 0o120777 << 16
    archive.writestr(link, "0.png")
    archive.comment = b"PK\x05\x06 stands in this comment, and is no end" + bytes(30)

# A name in the code page of the first programs, which Python reads so, too.
with zipfile.ZipFile(here / "names.zip", "w") as archive:
    contents = [picture(), picture()]
    add(archive, "caf|.png", contents[0])
    add(archive, "caf}.png", contents[1])
names = (here / "names.zip").read_bytes().replace(b"caf|", b"caf\x82").replace(b"caf}", b"caf\x8a")
(here / "names.zip").write_bytes(names)
with zipfile.ZipFile(here / "names.zip") as archive:
    read["names"] = [[info.filename, pixels(archive.read(info))] for info in archive.infolist()]

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

# A table in each folder, of the pictures there; one of them in another order, with a name too many and a picture that it does not name.
with zipfile.ZipFile(here / "tables.zip", "w") as archive:
    read["tables"] = []
    for name in ("train/a.png", "train/in/b.png", "test/a.png", "test/c.png"):
        content = picture()
        add(archive, name, content)
        read["tables"].append([name, pixels(content)])
    add(archive, "train/metadata.csv", b"file_name,age,name\nin/b.png,7,Bo\na.png,3,Al\n")
    records = [{"file_name": "gone.png", "age": 1}, {"file_name": "a.png", "age": 40, "name": "Cy"}]
    add(archive, "test/Metadata.jsonl", "\n".join(map(json.dumps, records)).encode(), zipfile.ZIP_STORED)
(here.parent / "zips.json").write_text(json.dumps(read) + "\n")
