#!/usr/bin/env python3
"""Writes the same seven drawings with their labels in every form that holds several arrays, each by its own usual writer.

Needs numpy, pandas, scipy, h5py and safetensors.
"""
import pathlib
import pickle
import struct

import h5py
import numpy
import pandas
import safetensors.numpy
import scipy.io

here = pathlib.Path(__file__).parent
ROWS, HEIGHT, WIDTH = 7, 10, 8


def values(rows, height, width, channels):
    """A value that no neighbour has: the tests compute the same."""
    n, y, x, c = numpy.indices((rows, height, width, channels))
    return ((n * 37 + y * 31 + x * 7 + n * y + c * 50) % 251).astype("uint8")


ink = values(ROWS, HEIGHT, WIDTH, 1)[..., 0]
color = values(ROWS, HEIGHT, WIDTH, 3)
label = numpy.array([(n * 3 + 1) % 10 for n in range(ROWS)])
score = numpy.array([0.1 * n for n in range(ROWS)], "float32")

# Tables.
square = values(ROWS, 8, 8, 1).reshape(ROWS, 64)
table = pandas.DataFrame(square, columns=[f"pixel{at}" for at in range(64)])
table.insert(0, "label", label)
table.to_csv(here / "pixels.csv", index=False)
table.to_csv(here / "headless.csv", index=False, header=False)
floats = pandas.DataFrame(square / 255, columns=[f"pixel{at + 1}" for at in range(64)])
floats["name"] = ["ant", "bee", 'a "wasp", it says', "", "7", "Käfer", "蜂"]
floats.to_csv(here / "floats.tsv", sep="\t")
sides = pandas.DataFrame(
    ink.reshape(ROWS, -1), columns=[f"{y + 1}x{x + 1}" for y in range(HEIGHT) for x in range(WIDTH)]
)
sides.insert(0, "label", label)
sides.to_csv(here / "sides.csv", index=False)

# safetensors.
safetensors.numpy.save_file(
    {"images": ink, "labels": label, "score": score, "weights": numpy.arange(15, dtype="float32").reshape(5, 3)},
    here / "set.safetensors",
)
safetensors.numpy.save_file(
    {"images": ink / numpy.float32(250), "labels": label.astype("int16")}, here / "floats.safetensors"
)

# MATLAB.
arrays = {"X": color.transpose(1, 2, 3, 0), "y": label.reshape(-1, 1).astype("uint8"), "score": score}
scipy.io.savemat(here / "packed.mat", arrays, do_compression=True)
scipy.io.savemat(here / "plain.mat", arrays)
scipy.io.savemat(
    here / "others.mat",
    {
        "ink": ink.astype("float64"),
        "flags": (ink > 100),
        "name": ["ant", "bee"],
        "z": numpy.array([1j]),
        "s": {"a": 1},
        "y": label,
    },
)
scipy.io.savemat(here / "v4.mat", {"a": numpy.zeros((2, 2))}, format="4")

# Batches of CIFAR: as Python 3 pickles for Python 2, and byte for byte as Python 2 and numpy 1 did.
batch = values(3, 32, 32, 3).transpose(0, 3, 1, 2).reshape(3, 3072)
fine, coarse, names = [3, 1, 4], [1, 0, 1], ["ant_1.png", "bee_2.png", "cat_3.png"]
words = {b"label_names": [b"zero", b"one", b"two", b"three", b"four"]}
(here / "python3_batch").write_bytes(
    pickle.dumps({b"batch_label": b"one", b"labels": fine, b"data": batch, b"filenames": names}, protocol=2)
)
(here / "batches.meta").write_bytes(pickle.dumps(words, protocol=2))


class Python2:
    """Opcodes of protocol 2 as cPickle wrote them, each object remembered."""

    def __init__(self):
        self.out, self.memo = b"\x80\x02", 0

    def put(self, code):
        self.out += code + b"q" + bytes([self.memo])
        self.memo += 1

    def text(self, text):
        short = b"U" + bytes([len(text)]) if len(text) < 256 else b"T" + struct.pack("<i", len(text))
        self.put(short + text)

    def numbers(self, numbers):
        self.put(b"]")
        self.out += b"(" + b"".join(b"K" + bytes([number]) for number in numbers) + b"e"

    def texts(self, texts):
        self.put(b"]")
        self.out += b"("
        for text in texts:
            self.text(text.encode())
        self.out += b"e"

    def array(self, array):
        self.put(b"cnumpy.core.multiarray\n_reconstruct\n")
        self.put(b"cnumpy\nndarray\n")
        self.put(b"K\x00\x85")
        self.text(b"b")
        self.put(b"\x87")
        self.put(b"R")
        self.out += b"(K\x01"
        rows, width = array.shape
        self.put(b"M" + struct.pack("<H", rows) + b"M" + struct.pack("<H", width) + b"\x86")
        self.put(b"cnumpy\ndtype\n")
        self.text(b"u1")
        self.put(b"K\x00K\x01\x87")
        self.put(b"R")
        self.out += b"(K\x03"
        self.text(b"|")
        self.put(b"NNNJ\xff\xff\xff\xffJ\xff\xff\xff\xffK\x00t")
        self.out += b"b\x89"
        self.text(array.tobytes())
        self.put(b"t")
        self.out += b"b"


python2 = Python2()
python2.put(b"}")
python2.out += b"("
python2.text(b"filenames")
python2.texts(names)
python2.text(b"batch_label")
python2.text(b"testing batch 1 of 1")
python2.text(b"fine_labels")
python2.numbers(fine)
python2.text(b"coarse_labels")
python2.numbers(coarse)
python2.text(b"data")
python2.array(batch)
python2.out += b"u."
(here / "python2_train").write_bytes(python2.out)
assert (pickle.loads(python2.out, encoding="bytes")[b"data"] == batch).all()

# HDF5.
with h5py.File(here / "plain.h5", "w") as file:
    file["images"] = ink
    file["labels"] = label
    file["group/score"] = score
with h5py.File(here / "chunked.h5", "w") as file:
    file.create_dataset("x", data=color, chunks=(3, 4, 5, 3), compression="gzip", shuffle=True)
    file.create_dataset("y", data=label.reshape(-1, 1, 1, 1).astype("uint8"), chunks=(4, 1, 1, 1), compression="gzip")
    file["name"] = "a set"
with h5py.File(here / "checked.h5", "w") as file:
    wide = ink.astype(">u2") * 200
    file.create_dataset("wide", data=wide, chunks=(7, 10, 4), shuffle=True, compression="gzip", fletcher32=True)
with h5py.File(here / "latest.h5", "w", libver=("v110", "v114")) as file:
    file.create_dataset("a/b/images", data=ink, chunks=(2, 10, 8), maxshape=(None, 10, 8))
    file.create_dataset("a/b/one", data=ink, chunks=(7, 10, 8), compression="gzip")
    file.create_dataset("fixed", data=ink.astype("float32"), chunks=(2, 5, 8), compression="gzip")
    file.create_dataset("tree", data=ink[:3], chunks=(1, 5, 8), maxshape=(None, None, 8))
    file.create_dataset("small", data=ink[:1], dtype="uint8")
    file["flags"] = ink > 100
    file["texts"] = numpy.array([b"ant", b"bee", b"cat", b"", b"e", b"f", b"g"])
with h5py.File(here / "newest.h5", "w", libver="latest") as file:
    # HDF5 2.0 (h5py 3.15 and later) keeps chunks that are packed in a form of its own.
    file.create_dataset("images", data=ink, chunks=(2, 10, 8), compression="gzip")
with h5py.File(here / "texts.h5", "w") as file:
    # Texts of any length, as h5py writes lists of str.
    file["images"] = ink
    file["names"] = ["ant", "zwölf", "", "cat and dog", "e", "f", "g"]
    file.create_dataset("words", data=["w%d" % row for row in range(7)], dtype=h5py.string_dtype(), chunks=(2,), compression="gzip")
with h5py.File(here / "block.mat", "w", userblock_size=512) as file:
    # As MATLAB's version 7.3 stores arrays: the first axis fastest, so that HDF5 sees them transposed.
    file.create_dataset("X", data=color.transpose(0, 3, 2, 1), chunks=(2, 3, 8, 10), compression="gzip")
    file["X"].attrs["MATLAB_class"] = numpy.bytes_("uint8")
    file.create_dataset("y", data=label.reshape(1, -1).astype("float64"))
    file["y"].attrs["MATLAB_class"] = numpy.bytes_("double")
head = b"MATLAB 7.3 MAT-file, Platform: GLNXA64".ljust(116) + bytes(8) + b"\x00\x02IM"
whole = bytearray((here / "block.mat").read_bytes())
whole[:128] = head
(here / "block.mat").write_bytes(whole)
