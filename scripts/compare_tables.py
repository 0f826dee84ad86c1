#!/usr/bin/env python3
"""Times a filter and the counts of all columns in pandas, Polars and DuckDB, beside `inkfield bench --scenario type_query,facet_counts`.

    python3 scripts/compare_tables.py [ROWS] [REPEATS]

Needs whichever of pandas, polars and duckdb are there (pip install pandas polars duckdb pyarrow). The columns are random ones of the same
kinds as the bench makes up: a category of a hundred values, two flags, a log-normal number, a year of times, texts and ids that all
differ. `filter` is the time from a condition to the number of rows it keeps, `counts` from the condition to what every column holds
under it less what it says of that very column: values of flags and categories, 40 bins of numbers, weeks of times, and how many texts
and ids there are. Tables are in memory, in each system's own form, before the clock starts. Medians and 99th percentiles in ms.
"""
import sys
import time

import numpy as np

ROWS = int(sys.argv[1]) if len(sys.argv) > 1 else 150_152
REPEATS = int(sys.argv[2]) if len(sys.argv) > 2 else 100
COUNTED = {"category": "values", "flag_x": "values", "flag_y": "values", "normal_x": "bins", "time_x": "weeks", "text_x": "texts", "key_x": "texts"}
EDGES = np.linspace(0.0, 40.0, 41)


def columns():
    r = np.random.default_rng(1)
    seconds = (r.random(ROWS) * 31_536_000).astype("timedelta64[s]")
    return {
        "category": np.floor(100 * r.random(ROWS) ** 3).astype(int).astype(str).astype(object),
        "flag_x": r.random(ROWS) < 0.2,
        "flag_y": r.random(ROWS) < 0.2,
        "normal_x": np.exp(2 * r.standard_normal(ROWS)),
        "time_x": np.datetime64("2017-01-01", "us") + seconds,
        "text_x": np.array([f"{n:08x}" for n in r.integers(0, 1 << 32, ROWS)], dtype=object),
        "key_x": r.integers(10**15, 9 * 10**15, ROWS),
    }


def of_pandas(data):
    import pandas as pd

    d = pd.DataFrame(data)
    d["category"] = d["category"].astype("category")

    def parts():
        return {
            "category": d.category.isin(["0", "1", "5"]),
            "flag_x": ~d.flag_x,
            "time_x": d.time_x >= pd.Timestamp("2017-03-01"),
        }

    def kept(parts, but=None):
        rows = np.ones(ROWS, dtype=bool)
        for name, part in parts.items():
            if name != but:
                rows &= part.to_numpy()
        return rows

    def counts():
        asked = parts()
        answers = []
        for name, how in COUNTED.items():
            column = d[name][kept(asked, name)]
            if how == "values":
                answers.append(column.value_counts())
            elif how == "bins":
                answers.append(np.histogram(column, EDGES)[0])
            elif how == "weeks":
                answers.append(column.dt.isocalendar().week.value_counts())
            else:
                answers.append(column.notna().sum())
        return answers

    return lambda: int(kept(parts()).sum()), counts


def of_polars(data):
    import polars as pl

    d = pl.DataFrame({name: pl.Series(list(values) if values.dtype == object else values) for name, values in data.items()})
    d = d.with_columns(pl.col("category").cast(pl.Categorical))
    asked = {
        "category": pl.col("category").is_in(["0", "1", "5"]),
        "flag_x": ~pl.col("flag_x"),
        "time_x": pl.col("time_x") >= pl.datetime(2017, 3, 1),
    }

    def keep(but=None):
        return pl.all_horizontal([part for name, part in asked.items() if name != but])

    def counts():
        answers = []
        for name, how in COUNTED.items():
            column = d.lazy().filter(keep(name)).select(name)
            if how == "values":
                answers.append(column.group_by(name).len())
            elif how == "bins":
                answers.append(column.group_by((pl.col(name)).floor().clip(0, 40)).len())
            elif how == "weeks":
                answers.append(column.group_by(pl.col(name).dt.truncate("1w")).len())
            else:
                answers.append(column.select(pl.col(name).count()))
        return pl.collect_all(answers)

    return lambda: d.lazy().filter(keep()).select(pl.len()).collect().item(), counts


def of_duckdb(data):
    import duckdb
    import pandas as pd

    db = duckdb.connect()
    frame = pd.DataFrame(data)
    db.execute("create table d as select * from frame")
    asked = {"category": "category in ('0', '1', '5')", "flag_x": "not flag_x", "time_x": "time_x >= timestamp '2017-03-01'"}

    def keep(but=None):
        return " and ".join(part for name, part in asked.items() if name != but)

    groups = {"values": "{0}", "bins": "least(floor({0}), 40)", "weeks": "date_trunc('week', {0})"}

    def counts():
        answers = []
        for name, how in COUNTED.items():
            if how == "texts":
                answers.append(db.execute(f"select count({name}) from d where {keep(name)}").fetchall())
            else:
                by = groups[how].format(name)
                answers.append(db.execute(f"select {by}, count(*) from d where {keep(name)} group by 1").fetchall())
        return answers

    return lambda: db.execute(f"select count(*) from d where {keep()}").fetchone()[0], counts


def timed(question):
    question()
    samples = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        question()
        samples.append((time.perf_counter() - start) * 1e3)
    return np.quantile(samples, [0.5, 0.99])


def main():
    data = columns()
    print(f"{ROWS:,} rows, {REPEATS} repeats; ms, p50 and p99")
    rows = None
    for name, system in [("pandas", of_pandas), ("polars", of_polars), ("duckdb", of_duckdb)]:
        try:
            kept, counts = system(data)
        except ImportError as error:
            print(f"{name:8} left out: {error}")
            continue
        answer = kept()
        # They are asked the same.
        assert rows in (None, answer), (name, answer, rows)
        rows = answer
        for what, question in [("filter", kept), ("counts", counts)]:
            p50, p99 = timed(question)
            print(f"{name:8} {what:7} {p50:9.2f} {p99:9.2f}")


main()
