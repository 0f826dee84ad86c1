"""Writes vision.json: how far apart colours of categories are, as they are and as three colour-vision deficiencies see them.

Simulation: G. M. Machado, M. M. Oliveira, L. A. F. Fernandes, A Physiologically-based Model for Simulation of Color Vision Deficiency,
IEEE TVCG 15 (6), 2009: the matrices of severity 1.0, on linear sRGB. Distance: CIEDE2000 by G. Sharma, W. Wu, E. N. Dalal, Color
Research & Application 30 (1), 2005, which this script first holds against pairs that they published.

    python3 vision.py > vision.json
"""

import itertools
import json
import math

MATRICES = {
    "normal": [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}

# Okabe and Ito (2002); the last one is the ground's opposite.
OKABE_ITO = ["E69F00", "56B4E9", "009E73", "F0E442", "0072B2", "D55E00", "CC79A7"]
LAST = {"paper": "000000", "night": "FFFFFF"}


def linear(byte):
    v = byte / 255
    return v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4


def seen(hexadecimal, matrix):
    rgb = [linear(int(hexadecimal[i : i + 2], 16)) for i in (0, 2, 4)]
    return [min(1.0, max(0.0, sum(m * v for m, v in zip(row, rgb)))) for row in matrix]


def lab(rgb):
    r, g, b = rgb
    x = (0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047
    y = 0.2126729 * r + 0.7151522 * g + 0.0721750 * b
    z = (0.0193339 * r + 0.1191920 * g + 0.9503041 * b) / 1.08883
    f = lambda t: t ** (1 / 3) if t > (6 / 29) ** 3 else t / (3 * (6 / 29) ** 2) + 4 / 29
    return 116 * f(y) - 16, 500 * (f(x) - f(y)), 200 * (f(y) - f(z))


def ciede2000(one, two):
    (l1, a1, b1), (l2, a2, b2) = one, two
    c_mean = (math.hypot(a1, b1) + math.hypot(a2, b2)) / 2
    g = 0.5 * (1 - math.sqrt(c_mean**7 / (c_mean**7 + 25**7)))
    a1, a2 = (1 + g) * a1, (1 + g) * a2
    c1, c2 = math.hypot(a1, b1), math.hypot(a2, b2)
    h1, h2 = (math.degrees(math.atan2(b, a)) % 360 for a, b in ((a1, b1), (a2, b2)))
    dl, dc = l2 - l1, c2 - c1
    dh = 0 if c1 * c2 == 0 else (h2 - h1 + 180) % 360 - 180
    dh_ = 2 * math.sqrt(c1 * c2) * math.sin(math.radians(dh / 2))
    l_, c_ = (l1 + l2) / 2, (c1 + c2) / 2
    if c1 * c2 == 0:
        h_ = h1 + h2
    elif abs(h1 - h2) <= 180:
        h_ = (h1 + h2) / 2
    else:
        h_ = (h1 + h2 + 360) / 2 if h1 + h2 < 360 else (h1 + h2 - 360) / 2
    cos = lambda degrees: math.cos(math.radians(degrees))
    t = 1 - 0.17 * cos(h_ - 30) + 0.24 * cos(2 * h_) + 0.32 * cos(3 * h_ + 6) - 0.2 * cos(4 * h_ - 63)
    sl = 1 + 0.015 * (l_ - 50) ** 2 / math.sqrt(20 + (l_ - 50) ** 2)
    sc, sh = 1 + 0.045 * c_, 1 + 0.015 * c_ * t
    turn = 60 * math.exp(-(((h_ - 275) / 25) ** 2))
    rt = -2 * math.sqrt(c_**7 / (c_**7 + 25**7)) * math.sin(math.radians(turn))
    return math.sqrt((dl / sl) ** 2 + (dc / sc) ** 2 + (dh_ / sh) ** 2 + rt * (dc / sc) * (dh_ / sh))


# From table 1 of Sharma, Wu and Dalal.
for one, two, distance in [
    ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
    ((50.0, 2.5, 0.0), (73.0, 25.0, -18.0), 27.1492),
    ((50.0, 2.5, 0.0), (50.0, 3.2592, 0.3350), 1.0000),
    ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
    ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
]:
    assert abs(ciede2000(one, two) - distance) < 5e-5, (one, two, ciede2000(one, two))

out = {}
for theme, last in LAST.items():
    colors = [*OKABE_ITO, last]
    for vision, matrix in MATRICES.items():
        labs = [lab(seen(color, matrix)) for color in colors]
        pairs = itertools.combinations(range(len(labs)), 2)
        out.setdefault(theme, {})[vision] = [round(ciede2000(labs[i], labs[j]), 4) for i, j in pairs]
print(json.dumps(out))
