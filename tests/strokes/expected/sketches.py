"""Archives of sketch-rnn's form of the drawings beside, and what strokes they are: as numpy 2 writes them, and as older ones did.

Run where numpy 2 is; writes sketches.npz, older.npz and sketches.json."""

import io
import json
import pathlib
import pickle
import struct
import zipfile

import numpy

here = pathlib.Path(__file__).parent
drawn = [json.loads(line)["drawing"] for line in (here / "drawn.ndjson").read_text().splitlines()]


def steps(drawing, dtype):
    points = [(x, y, at == len(xs) - 1) for xs, ys in drawing for at, (x, y) in enumerate(zip(xs, ys))]
    points = numpy.array(points, float)
    points[1:, :2] = numpy.diff(points[:, :2], axis=0)
    points[0, :2] = 7, -4  # It may begin anywhere.
    return points.astype(dtype)


def strokes(array):
    """As the model's own `strokes_to_lines` cuts them, from the corner, 255 along the longer side unless nearly as large."""
    array = numpy.asarray(array, float)
    if len(array) == 0:
        return None
    at = array[:, :2].cumsum(axis=0)
    at -= at.min(axis=0)
    extent = at.max()
    if extent > 0 and not 250 <= extent <= 255:
        at *= 255 / extent
    ends = [number + 1 for number in numpy.flatnonzero(array[:, 2])]
    ends += [len(array)] if not ends or ends[-1] < len(array) else []
    return [at[start:end].T.round(4).tolist() for start, end in zip([0] + ends[:-1], ends)]


def objects(arrays):
    list_of = numpy.empty(len(arrays), dtype=object)
    for number, array in enumerate(arrays):
        list_of[number] = array
    return list_of


class Python2:
    """Opcodes of protocol 2 as cPickle wrote them for arrays, each object remembered."""

    def __init__(self):
        self.out, self.memo = b"\x80\x02", 0

    def put(self, code):
        self.out += code + b"q" + bytes([self.memo])
        self.memo += 1

    def text(self, text):
        self.put((b"U" + bytes([len(text)]) if len(text) < 256 else b"T" + struct.pack("<i", len(text))) + text)

    def array(self, shape, dtype, order, data):
        self.put(b"cnumpy.core.multiarray\n_reconstruct\n")
        self.put(b"cnumpy\nndarray\n")
        self.put(b"K\x00\x85")
        self.text(b"b")
        self.put(b"\x87")
        self.put(b"R")
        self.out += b"(K\x01"
        self.put(b"".join(b"K" + bytes([length]) for length in shape) + [b"", b"\x85", b"\x86"][len(shape)])
        self.put(b"cnumpy\ndtype\n")
        self.text(dtype)
        self.put(b"K\x00K\x01\x87")
        self.put(b"R")
        self.out += b"(K\x03"
        self.text(order)
        # Objects have flags of their own.
        self.put(b"NNNJ\xff\xff\xff\xffJ\xff\xff\xff\xffK" + (b"?" if dtype == b"O8" else b"\x00") + b"t")
        self.out += b"b\x89"
        data()
        self.put(b"t")
        self.out += b"b"


def as_python_2(arrays):
    python = Python2()

    def data():
        python.put(b"]")
        python.out += b"("
        for array in arrays:
            python.array(array.shape, b"i2", b"<", lambda: python.text(array.tobytes()))
        python.out += b"e"

    python.array((len(arrays),), b"O8", b"|", data)
    python.out += b"."
    read = pickle.loads(python.out, encoding="latin1")
    assert all((a == b).all() for a, b in zip(read, arrays)) and len(read) == len(arrays)
    return python.out


def npy(rows, pickled):
    file = io.BytesIO()
    numpy.lib.format.write_array_header_1_0(file, {"descr": "|O", "fortran_order": False, "shape": (rows,)})
    return file.getvalue() + pickled


now = {
    "train": [steps(drawing, "<i2") for drawing in drawn],
    "valid": [
        steps(drawn[0], "<f4") * numpy.array([0.01, 0.01, 1], "<f4"),
        numpy.asfortranarray(steps(drawn[1], ">i4")),
        numpy.zeros((0, 3), "<i2"),
        numpy.array([[5, 5, 1]], "<i2"),
    ],
    # Nobody lifted the pen at the end.
    "test": [numpy.array([[0, 0, 0], [100, 0, 1], [0, 30, 0], [-100, 0, 0]], "<f8")],
}
numpy.savez_compressed(here / "sketches.npz", **{name: objects(arrays) for name, arrays in now.items()})

older = {"train": [steps(drawing, "<i2") for drawing in drawn[:4]], "test": [steps(drawing, "<i2") for drawing in drawn[4:6]]}
older["valid"] = [steps(drawing, "<i2") for drawing in drawn[2:4]]
with zipfile.ZipFile(here / "older.npz", "w", zipfile.ZIP_STORED) as archive:
    archive.writestr("test.npy", npy(2, pickle.dumps(objects(older["test"]), protocol=3)))
    archive.writestr("valid.npy", npy(2, as_python_2(older["valid"])))
    archive.writestr("train.npy", npy(4, pickle.dumps(objects(older["train"]), protocol=2)))

told = {}
for name, sets in [("sketches", now), ("older", older)]:
    read = numpy.load(here / f"{name}.npz", allow_pickle=True, encoding="latin1")
    told[name] = [[split, strokes(array)] for split in ["train", "valid", "test"] for array in read[split]]
    for split, arrays in sets.items():
        assert all((a == b).all() for a, b in zip(read[split], arrays))
(here / "sketches.json").write_text(json.dumps(told, separators=(",", ":")) + "\n")
