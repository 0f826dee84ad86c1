#!/usr/bin/env python3
"""Writes small arrays of every numeric type, and the bytes that the contract makes of them: by float64 arithmetic of numpy alone.

Each case is an array as it was saved, with the options that it is opened with, and what comes out: rows, height, width, channels, the
range, and the drawings' bytes in hexadecimal."""
import json
import pathlib

import numpy

here = pathlib.Path(__file__).parent
rng = numpy.random.default_rng(7)


def range_of(values, coloured):
    """0…1 where all finite values lie there; where they lie in 0…255 that of bytes; else the 0.1 and 99.9 percentiles."""
    finite = values[numpy.isfinite(values)]
    if finite.size == 0 or (finite.min() >= 0 and finite.max() <= 1):
        return 0.0, 1.0
    if finite.min() >= 0 and finite.max() <= 255:
        if coloured:
            return 0.0, 255.0
        # Of whole numbers the largest below 255 that one in 10,000 is; 255 is the void of class maps.
        most = finite.max()
        if (finite == numpy.floor(finite)).all():
            found, counts = numpy.unique(finite[finite < 255], return_counts=True)
            most = found[counts * 10_000 >= finite.size].max(initial=0)
        if 0 < most < 128:
            return 0.0, float(most)
        if 0 < finite.min() < finite.max() < finite.min() + 64:
            return float(finite.min()), float(finite.max())
        return 0.0, 255.0
    low, high = numpy.percentile(finite, [0.1, 99.9], method="inverted_cdf")
    if low < high:
        return float(low), float(high)
    return float(min(finite.min(), 0)), float(max(finite.max(), 0))


def bytes_of(values, low, high):
    # Differences of the largest floats are beyond them.
    values, low, high = values.astype("longdouble"), numpy.longdouble(low), numpy.longdouble(high)
    part = numpy.clip((values - low) / (high - low), 0, 1)
    return numpy.nan_to_num(numpy.floor(part * 255 + 0.5)).astype("uint8")


def case(name, array, drawings, axes=None):
    """`drawings` are the array as (N, h, w) or (N, h, w, channels)."""
    own = drawings.astype("float64")
    coloured = own.ndim == 4
    colours = own[..., :3] if coloured else own
    low, high = (0.0, 255.0) if array.dtype in ("uint8", "bool") else range_of(colours, coloured)
    shown = bytes_of(colours, low, high)
    if array.dtype == bool:
        shown = drawings.astype("uint8") * 255
    if coloured:
        opaque = 1.0 if (low, high) == (0.0, 1.0) else 255.0
        if array.dtype == "uint8":
            opaque = 255.0
        elif own.shape[3] == 4 and own[..., 3].max() > 255:
            # As many bits as the greatest alpha takes.
            opaque = 2.0 ** int(own[..., 3].max()).bit_length() - 1
        alpha = own[..., 3:] if own.shape[3] == 4 else numpy.full(own.shape[:3] + (1,), opaque)
        shown = numpy.concatenate([shown, bytes_of(alpha, 0.0, opaque)], axis=3)
    fortran = bool(array.flags.f_contiguous and not array.flags.c_contiguous)
    return {
        "name": name,
        "descr": array.dtype.str,
        "fortran": fortran,
        "shape": array.shape,
        "values": array.tobytes("F" if fortran else "C").hex(),
        "axes": axes,
        "is": [*shown.shape[:3], 4 if coloured else 1],
        "range": [low, high],
        "drawings": shown.tobytes().hex(),
    }


def write(name, cases):
    lines = ",\n".join(json.dumps(one, ensure_ascii=False, separators=(",", ":")) for one in cases)
    (here / f"{name}.json").write_text(f"[\n{lines}\n]\n")


cases = []
wide = rng.normal(20, 500, (2, 3, 4))
for code in ["i1", "u2", "i2", "u4", "i4", "u8", "i8", "f2", "f4", "f8"]:
    values = wide.clip(0, None) if code.startswith("u") else wide.clip(-100, 100) if code == "i1" else wide
    for order in "<>":
        array = values.astype(order + code)
        cases.append(case(f"{order}{code} NHW", array, array, "NHW"))
    last = values.astype(code).transpose(1, 2, 0)
    cases.append(case(f"{code} HWN", numpy.ascontiguousarray(last), values.astype(code), "HWN"))
    cases.append(case(f"{code} HWN, Fortran", numpy.asfortranarray(last), values.astype(code), "HWN"))
    one = numpy.full((1, 2, 2), 77, code)
    cases.append(case(f"{code}, one value", one, one, "NHW"))
ones = rng.random((2, 2, 3)).astype("f4")
hundreds = (ones * 200).astype("f2")
holes = ones.copy()
holes[0, 0, :3] = [numpy.nan, numpy.inf, -numpy.inf]
for name, array in {
    "0…1": ones,
    "0…255": hundreds,
    "not all finite": holes,
    "NaN": numpy.full((1, 2, 2), numpy.nan, "f8"),
    "one value below 0": numpy.full((1, 2, 2), -3.5, "f4"),
    "one value above 255": numpy.full((1, 2, 2), 300, "u2"),
    "ends of 64 bits": numpy.array([[[-1.7e308, 1.7e308], [0, 8e307]]]),
}.items():
    cases.append(case(name, array, array, "NHW"))
write("types", cases)

cases = []
for code, top in [("u1", 256), ("u2", 60000), ("f4", 1)]:
    for channels in [3, 4]:
        drawings = (rng.random((2, 2, 3, channels)) * top).astype(code)
        orders = {
            "NHWC": (0, 1, 2, 3), "NCHW": (0, 3, 1, 2), "HWCN": (1, 2, 3, 0), "CHWN": (3, 1, 2, 0), "NWHC": (0, 2, 1, 3),
            "HNCW": (1, 0, 3, 2),
        }
        for axes, order in orders.items():
            if code != "u1" and (axes not in ("NHWC", "NCHW") or channels == 3):
                continue
            turned = numpy.ascontiguousarray(drawings.transpose(order))
            cases.append(case(f"{code} {channels} {axes}", turned, drawings, axes))
            cases.append(case(f"{code} {channels} {axes}, Fortran", numpy.asfortranarray(turned), drawings, axes))
square = rng.integers(0, 256, (3, 2, 2, 3), "uint8")
cases.append(case("one picture, HWC", square[0], square[:1], "HWC"))
cases.append(case("one picture, CHW", numpy.ascontiguousarray(square[0].transpose(2, 0, 1)), square[:1], "CHW"))
cases.append(case("rows of planes", square.transpose(0, 3, 1, 2).reshape(3, 12), square, "N(CHW)"))
cases.append(case("rows of pixels", square.reshape(3, 12), square, "N(HWC)"))
cases.append(case("one channel", square[..., :1], square[..., 0], "NHWC"))
mask = rng.integers(0, 2, (2, 2, 3)).astype(bool)
cases.append(case("bools are no colour", mask, numpy.ascontiguousarray(mask.transpose(2, 0, 1)), "HWN"))
write("colours", cases)
