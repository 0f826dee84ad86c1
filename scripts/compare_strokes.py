#!/usr/bin/env python3
"""Times rendering of records to bitmaps: `inkfield rasterize` beside cairo, called from Python.

    INKFIELD=target/release/inkfield python3 scripts/compare_strokes.py FILE.ndjson [COUNT]

FILE has simplified drawings; its lines are repeated up to COUNT (150,152) in a folder of the moment. Both render 28 x 28 as the published
bitmaps were made and write a .npy; by turns, three times each; cairo in one process and in as many as there are processors. What they
make is compared at the end. Needs numpy and cairocffi.
"""
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "strokes"))
from cairo import render  # noqa: E402

INKFIELD = os.environ.get("INKFIELD", "inkfield")
COUNT = int(sys.argv[2]) if len(sys.argv) > 2 else 150_152


def rendered(line):
    return render(json.loads(line)["drawing"])


def by_cairo(records, out):
    with open(records) as lines:
        np.save(out, np.array([rendered(line) for line in lines]))


def by_processes(records, out):
    with open(records) as lines, ProcessPoolExecutor() as processes:
        np.save(out, np.array(list(processes.map(rendered, lines, chunksize=512))))


def by_inkfield(records, out):
    subprocess.run([INKFIELD, "rasterize", records, "--out", out], check=True, capture_output=True)


def main():
    with open(sys.argv[1]) as file:
        lines = [line.rstrip("\n") + "\n" for line in file]
    with tempfile.TemporaryDirectory() as folder:
        records = f"{folder}/drawings.ndjson"
        with open(records, "w") as out:
            out.writelines(lines[at % len(lines)] for at in range(COUNT))
        ways = {"inkfield rasterize": by_inkfield, "cairo, one process": by_cairo, "cairo, all processors": by_processes}
        seconds = {name: [] for name in ways}
        for turn in range(3):
            for at, (name, way) in enumerate(ways.items()):
                made = f"{folder}/{turn}-{at}.npy"
                start = time.perf_counter()
                way(records, made)
                seconds[name].append(time.perf_counter() - start)
        for name, taken in seconds.items():
            print(f"{name}: median {statistics.median(taken):.2f} s of {[round(one, 2) for one in taken]}")
        ours, theirs = (np.load(f"{folder}/0-{at}.npy", mmap_mode="r").reshape(COUNT, -1) for at in (0, 1))
        apart = np.concatenate([np.abs(ours[at : at + 8192].astype(np.int16) - theirs[at : at + 8192]).mean(1) for at in range(0, COUNT, 8192)])
        print(f"mean difference of a drawing {apart.mean():.3f} of 255, at most {apart.max():.3f}, none in {np.mean(apart == 0):.1%}")


if __name__ == "__main__":
    main()
