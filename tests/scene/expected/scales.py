"""Writes scales.json: entries of a scale's 254 colours for some numbers, by numpy and pandas; and the tables of colours, by matplotlib.

    pip install numpy pandas matplotlib
    python3 scales.py > scales.json
"""

import json

import matplotlib
import numpy as np
import pandas as pd

rng = np.random.default_rng(13)
values = np.round(np.concatenate([rng.lognormal(1, 1, 90), np.repeat([2.5, 7.0], 8), [900.0, -40.0]]), 2)
rng.shuffle(values)
numbers = pd.Series(values).mask(pd.Series(rng.random(values.size) < 0.1))
present = numbers.dropna().to_numpy()


def steps(part):
    """Rounded half away from zero, as parts are never below 0."""
    return np.floor(np.clip(part, 0, 1) * 253 + 0.5).astype(int) + 1


def entries(part):
    return [None if np.isnan(p) else int(e) for p, e in zip(part, steps(np.nan_to_num(part)))]


def linear(low, high):
    return entries(((numbers - low) / (high - low)).to_numpy())


def quantile(low, high):
    within = pd.Series(present[(present >= low) & (present <= high)])
    ranks = dict(zip(within, (within.rank(method="average") - 1) / (len(within) - 1)))
    part = numbers.clip(within.min(), within.max()).map(ranks)
    return entries(part.to_numpy())


usual = np.percentile(present, [1, 99], method="inverted_cdf")
hexadecimal = lambda name: "".join(
    "".join(f"{int(channel * 255 + 0.5):02x}" for channel in color) for color in matplotlib.colormaps[name].colors
)
print(
    json.dumps(
        {
            "values": [None if np.isnan(v) else float(v) for v in numbers],
            "linear": linear(*usual),
            "between": linear(1.5, 8.0),
            "quantile": quantile(present.min(), present.max()),
            "quantile_between": quantile(1.5, 8.0),
            "usual": [float(end) for end in usual],
            "viridis": hexadecimal("viridis"),
            "cividis": hexadecimal("cividis"),
        }
    )
)
