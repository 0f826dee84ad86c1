#!/usr/bin/env python3
"""Times nearest rows, maps and sorted grids of other libraries beside inkfield's, on the same rows of numbers, in one run.

    INKFIELD=target/release/inkfield python3 scripts/compare_likeness.py DRAWINGS.npy …

Needs numpy, and whichever of faiss, sklearn, openTSNE, umap and vc_flas are there (pip install faiss-cpu scikit-learn openTSNE
umap-learn vc-flas). The rows are the 64 principal components of the drawings' pixels blurred by a 3 × 3 box, as 32-bit floats;
inkfield takes them by --embedding and keeps nothing on the disk. Times are wall seconds: a library's from its call to its answer,
inkfield's for the whole command, start, reading and judging included. Trustworthiness and the share of true
neighbours kept (15, by Euclid, 2,000 rows) are computed here for all maps in the same way; DPQ16 of sorted grids is what inkfield says
of them where it made them, and for all of them the mean distance of drawings beside each other in relation to that of any two.
"""
import json
import os
import subprocess
import sys
import tempfile
import time

import numpy as np

INKFIELD = os.environ.get("INKFIELD", "inkfield")
K = 15
SEED = 0


def rows_of(paths):
    drawings = np.concatenate([np.load(path).reshape(-1, 28, 28) for path in paths])
    padded = np.pad(drawings.astype("f4"), ((0, 0), (1, 1), (1, 1)))
    blurred = sum(padded[:, y : y + 28, x : x + 28] for y in range(3) for x in range(3)).reshape(-1, 784) / 9
    centred = blurred - blurred.mean(0)
    spread, directions = np.linalg.eigh(np.cov(centred[::4], rowvar=False))
    return drawings, np.ascontiguousarray((centred @ directions[:, np.argsort(-spread)[:64]]).astype("f4"))


def exact(rows, of, k=K):
    """The k nearest rows of some, by Euclid, without themselves."""
    squares = (rows.astype("f8") ** 2).sum(1)
    found = np.empty((len(of), k), dtype="i8")
    for start in range(0, len(of), 512):
        own = of[start : start + 512]
        distance = squares[None] - 2.0 * (rows[own].astype("f8") @ rows.T.astype("f8"))
        distance[np.arange(len(own)), own] = np.inf
        near = np.argpartition(distance, k, axis=1)[:, :k]
        order = np.argsort(np.take_along_axis(distance, near, 1), axis=1, kind="stable")
        found[start : start + 512] = np.take_along_axis(near, order, 1)
    return found


def judge(rows, places, of):
    """Trustworthiness and the share of true neighbours kept, by some rows."""
    places, rows = np.asarray(places, dtype="f8"), rows.astype("f8")
    trust, kept = [], []
    for row in of:
        true = ((rows - rows[row]) ** 2).sum(1)
        shown = ((places - places[row]) ** 2).sum(1)
        true[row] = shown[row] = np.inf
        rank = np.empty(len(rows), dtype="i8")
        rank[np.argsort(true, kind="stable")] = np.arange(1, len(rows) + 1)
        near = np.argpartition(shown, K)[:K]
        trust.append(np.maximum(rank[near] - K, 0).sum())
        kept.append((rank[near] <= K).mean())
    n = len(rows)
    return 1 - 2 / (n * K * (2 * n - 3 * K - 1)) * np.mean(trust) * n, float(np.mean(kept))


def timed(work):
    start = time.perf_counter()
    answer = work()
    return time.perf_counter() - start, answer


def inkfield(words, rows_path, paths):
    """Seconds, and what was printed."""
    command = [INKFIELD, *words, "--json", "--no-records", "--metric", "euclid", "--embedding", rows_path, *paths]
    environment = {**os.environ, "INKFIELD_CACHE": "off", "INKFIELD_LOG": "error"}
    start = time.perf_counter()
    text = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment, check=True).stdout
    return time.perf_counter() - start, json.loads(text.splitlines()[0])


def line(what, seconds, more=""):
    print(f"{what:32} {seconds:8.2f} s  {more}", flush=True)


def neighbours(rows, path, paths):
    of = np.random.default_rng(1).choice(len(rows), 1000, replace=False)
    true = exact(rows, of)
    seconds, _ = timed(lambda: exact(rows, np.arange(1000)))
    line("numpy, nearest of 1,000", seconds)
    for name, work in (("faiss flat, nearest of all", of_faiss), ("sklearn brute, nearest of all", of_sklearn)):
        try:
            seconds, found = timed(lambda work=work: work(rows))
        except ImportError as error:
            print(f"{name}: {error}")
            continue
        same = np.mean([len(set(found[row]) & set(near)) / K for row, near in zip(of, true)])
        line(name, seconds, f"recall {same:.4f}")
    seconds, found = inkfield(["similar", "--k", str(K), "--row", str(of[0])], path, paths)
    same = [near["row"] for near in found["neighbours"]] == true[0].tolist()
    line("inkfield similar, one row", seconds, f"as numpy: {same}")
    seconds, _ = inkfield(["clusters"], path, paths)
    line("inkfield clusters, graph of all", seconds)


def of_faiss(rows):
    import faiss

    index = faiss.IndexFlatL2(rows.shape[1])
    index.add(rows)
    found = index.search(rows, K + 1)[1]
    return [[near for near in own if near != row][:K] for row, own in enumerate(found)]


def of_sklearn(rows):
    from sklearn.neighbors import NearestNeighbors

    return NearestNeighbors(n_neighbors=K, algorithm="brute", n_jobs=-1).fit(rows).kneighbors(return_distance=False)


def of_opentsne(rows):
    from openTSNE import TSNE

    return np.asarray(TSNE(perplexity=30, negative_gradient_method="fft", n_jobs=-1, random_state=SEED).fit(rows))


def of_umap(rows):
    import umap

    return umap.UMAP(n_neighbors=15, min_dist=0.1, n_jobs=-1).fit_transform(rows)


def maps(rows, path, paths):
    of = np.linspace(0, len(rows) - 1, 2000).astype(int)
    for name, work in (("openTSNE", of_opentsne), ("umap-learn", of_umap)):
        try:
            seconds, places = timed(lambda work=work: work(rows))
        except ImportError as error:
            print(f"{name}: {error}")
            continue
        trust, kept = judge(rows, places, of)
        line(name, seconds, f"trust {trust:.4f}, kept {kept:.3f}")
    for layout in ("map", "umap"):
        seconds, found = inkfield(["arrange", "--layout", layout], path, paths)
        trust, kept = judge(rows, np.column_stack([found["x"], found["y"]]), of)
        line(f"inkfield {layout}", seconds, f"trust {trust:.4f}, kept {kept:.3f}")


def beside(rows, cells):
    """The mean distance of rows beside each other in a grid, in relation to that of any two; -1 is a hole."""
    def along(a, b):
        both = (a >= 0) & (b >= 0)
        return np.linalg.norm(rows[a[both]].astype("f8") - rows[b[both]], axis=1)

    near = np.concatenate([along(cells[:, :-1], cells[:, 1:]), along(cells[:-1], cells[1:])])
    r = np.random.default_rng(2)
    any_two = np.linalg.norm(rows[r.integers(0, len(rows), 100_000)].astype("f8") - rows[r.integers(0, len(rows), 100_000)], axis=1)
    return near.mean() / any_two.mean()


def grids(rows, path, paths):
    for start in ("codes", "map"):
        seconds, found = inkfield(["arrange", "--layout", "sorted", "--sorted-from", start], path, paths)
        cells = np.array([-1 if row is None else row for row in found["cells"]])
        cells = np.pad(cells, (0, found["columns"] * found["lines"] - len(cells)), constant_values=-1)
        cells = cells.reshape(found["lines"], found["columns"])
        line(f"inkfield sorted from {start}", seconds, f"beside {beside(rows, cells):.4f}; {found['quality']}")
    try:
        import vc_flas
    except ImportError as error:
        print(error)
        return
    columns = int(np.ceil(np.sqrt(len(rows))))
    grid = vc_flas.Grid.from_features(rows, (int(np.ceil(len(rows) / columns)), columns))
    seconds, sorted_grid = timed(lambda: vc_flas.flas(grid, radius_decay=0.93))
    line("vc_flas", seconds, f"beside {beside(rows, sorted_grid.sorting):.4f}")


def main():
    paths = sys.argv[1:]
    drawings, rows = rows_of(paths)
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "rows.npy")
        np.save(path, rows)
        together = os.path.join(folder, "drawings.npy")
        np.save(together, drawings)
        print(f"{len(rows):,} rows of {rows.shape[1]} values, {os.cpu_count()} cores")
        for part in (neighbours, maps, grids):
            part(rows, path, [together])


if __name__ == "__main__":
    main()
