#!/usr/bin/env python3
"""Writes small pictures and archives as other programs do: JPEG in CMYK and with EXIF data (Pillow 12 or later), tar archives with
names that are longer than a header holds (tarfile, in both forms)."""
import io
import pathlib
import tarfile

from PIL import Image

# No padding to the block of a tape.
tarfile.RECORDSIZE = tarfile.BLOCKSIZE
here = pathlib.Path(__file__).parent
cyan = Image.new("CMYK", (16, 16), (255, 0, 0, 0))
cyan.save(here / "cmyk.jpg", quality=95)

exif = Image.Exif()
exif[0x0112] = 6
exif[0x0132] = "2020:01:01 00:00:00"
exif.get_ifd(0x8769)[0x9003] = "2017:03:08 21:12:07"
Image.new("L", (16, 8), 90).save(here / "taken.jpg", quality=95, exif=exif)


def png(level):
    out = io.BytesIO()
    Image.new("L", (2, 2), level).save(out, "PNG")
    return out.getvalue()


for name, form in [("pax", tarfile.PAX_FORMAT), ("gnu", tarfile.GNU_FORMAT)]:
    with tarfile.open(here / f"{name}.tar", "w", format=form) as archive:
        for folder, level in [("a" * 90 + "/" + "b" * 90, 10), ("ü" * 60, 20)]:
            files = {"png": png(level), "cls": b"%d\n" % level, "json": b'{"level": %d,\n "big": 12345678901234567890123}' % level}
            for ending, content in files.items():
                member = tarfile.TarInfo(f"{folder}/{'c' * 60}.{ending}")
                member.size = len(content)
                archive.addfile(member, io.BytesIO(content))
