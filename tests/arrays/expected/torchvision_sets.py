#!/usr/bin/env python3
"""Writes sets as torchvision keeps and writes them (torchvision/), and makes sure that its own readers give back what the test
expects: value ((7 row + 5 line + 3 column + 11 channel) % 256) of each pixel, label row % 3."""
import pathlib
import pickle
import shutil
import tempfile

import numpy
import scipy.io
import torch
import torchvision
from torchvision import datasets

here = pathlib.Path(__file__).parent / "torchvision"
shutil.rmtree(here, ignore_errors=True)
here.mkdir()


def images(rows, side, channels=3):
    row, line, column, channel = numpy.indices((rows, side, side, channels))
    return ((7 * row + 5 * line + 3 * column + 11 * channel) % 256).astype("uint8")


def expect(dataset, rows, side, channels=3):
    assert len(dataset) == rows, len(dataset)
    for row in range(rows):
        picture, label = dataset[row]
        assert numpy.array_equal(numpy.asarray(picture).reshape(side, side, channels), images(rows, side, channels)[row]), row
        assert label == row % 3, (row, label)


# Pictures in a folder a class, every other one from floats. ImageFolder sorts by class and name.
rows, side = 6, 8
pictures = torch.from_numpy(images(rows, side)).permute(0, 3, 1, 2).contiguous()
for row in range(rows):
    folder = here / "pictures" / f"class {row % 3}"
    folder.mkdir(parents=True, exist_ok=True)
    path = str(folder / f"{row}.png")
    torchvision.utils.save_image(pictures[row] / 255, path) if row % 2 else torchvision.io.write_png(pictures[row], path)
folder = datasets.ImageFolder(here / "pictures")
for row, (path, label) in enumerate(folder.samples):
    number = int(pathlib.Path(path).stem)
    assert label == number % 3
    assert numpy.array_equal(numpy.asarray(folder[row][0]), images(rows, side)[number])

# What its MNIST, CIFAR10 and SVHN read, in the forms that their authors gave these sets.
rows = 3
with tempfile.TemporaryDirectory() as root:
    root = pathlib.Path(root)
    raw = root / "MNIST" / "raw"
    raw.mkdir(parents=True)
    labels = numpy.arange(rows, dtype="uint8") % 3
    for part in ["train", "t10k"]:
        head = numpy.array([0x803, rows, 28, 28], ">u4").tobytes()
        (raw / f"{part}-images-idx3-ubyte").write_bytes(head + images(rows, 28, 1).tobytes())
        (raw / f"{part}-labels-idx1-ubyte").write_bytes(numpy.array([0x801, rows], ">u4").tobytes() + labels.tobytes())
    expect(datasets.MNIST(root, train=False), rows, 28, 1)
    for name in ["t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"]:
        shutil.copy(raw / name, here)

    cifar = root / datasets.CIFAR10.base_folder
    cifar.mkdir()
    batch = {"data": images(rows, 32).transpose(0, 3, 1, 2).reshape(rows, -1), "labels": [row % 3 for row in range(rows)]}
    (cifar / "test_batch").write_bytes(pickle.dumps(batch, protocol=2))
    (cifar / "batches.meta").write_bytes(pickle.dumps({"label_names": ["airplane", "automobile", "bird"]}, protocol=2))
    # It would refuse what is not the set itself.
    datasets.CIFAR10._check_integrity = lambda self: True
    datasets.cifar.check_integrity = lambda path, md5=None: True
    expect(datasets.CIFAR10(root, train=False), rows, 32)
    shutil.copy(cifar / "test_batch", here)
    shutil.copy(cifar / "batches.meta", here)

    # Digit 0 has label 10 in the file.
    y = numpy.array([[row % 3 or 10] for row in range(rows)], "uint8")
    scipy.io.savemat(root / "test_32x32.mat", {"X": images(rows, 32).transpose(1, 2, 3, 0), "y": y}, do_compression=True)
    datasets.SVHN._check_integrity = lambda self: True
    expect(datasets.SVHN(root, split="test"), rows, 32)
    shutil.copy(root / "test_32x32.mat", here)
