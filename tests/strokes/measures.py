"""Makes expected/measures.json: sums of what strokes say, by pandas and numpy, for each pair of real drawings.

Run beside the folder of real data: python measures.py PAIRS
"""

import json
import sys
from pathlib import Path

import numpy as np
import pandas as pd


def measures(record):
    strokes = [np.array(stroke[:2], float).T for stroke in record["drawing"]]
    times = [np.array(stroke[2], float) for stroke in record["drawing"] if len(stroke) > 2]
    points = np.concatenate(strokes)
    low = points.min(axis=0)
    extent = np.ptp(points, axis=0).max()
    strokes = [(stroke - low) / extent * 255 for stroke in strokes]
    lengths = np.array([np.hypot(*np.diff(stroke, axis=0).T).sum() for stroke in strokes])
    x, y = zip(*(stroke.T for stroke in strokes))
    areas = np.array([(a * np.roll(b, -1) - np.roll(a, -1) * b).sum() / 2 for a, b in zip(x, y)])
    gaps = np.array([np.hypot(*(stroke[-1] - stroke[0])) for stroke in strokes])
    sizes = np.array([len(stroke) for stroke in strokes])
    seconds = (times[-1][-1] - times[0][0]) / 1000 if times else np.nan
    down = sum(time[-1] - time[0] for time in times) / 1000 if times else np.nan
    round_ = np.abs(areas) > 1
    return {
        "strokes": len(strokes),
        "points": sizes.sum(),
        "seconds": seconds,
        "pen_down": down / seconds if seconds > 0 else np.nan,
        "length": lengths.sum(),
        "speed": lengths.sum() / down if down > 0 else np.nan,
        "start_x": strokes[0][0, 0],
        "start_y": strokes[0][0, 1],
        "clockwise": (areas[round_] > 0).mean() if round_.any() else np.nan,
        "closed": ((sizes > 2) & (gaps < 0.1 * lengths)).sum(),
        "hour_utc": pd.Timestamp(record["timestamp"].removesuffix(" UTC")).hour,
    }


def main(folder):
    expected = {}
    for path in sorted(Path(folder).glob("*.ndjson")):
        table = pd.DataFrame([measures(json.loads(line)) for line in open(path)])
        expected[path.name] = {
            name: [int(column.count()), round(float(column.sum()), 9), round(float((column * column).sum()), 9)]
            for name, column in table.items()
        }
    target = Path(__file__).parent / "expected" / "measures.json"
    target.write_text(json.dumps(expected, separators=(",", ":")).replace("},", "},\n") + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
