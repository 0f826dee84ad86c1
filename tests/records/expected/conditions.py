"""What pandas keeps by conditions: writes conditions.ndjson and conditions.json beside itself.

Run with a Python that has pandas: python3 tests/records/expected/conditions.py [FOLDER], FOLDER with the real drawings (`pairs`,
`pairs2000`); without it their part is left out. Nullable types (`convert_dtypes`) have three truths, as conditions do; times are
made UTC, and what pandas says of missing ones (false, not missing) is corrected here. Rows are told by how many there are and by the sum of their numbers.
"""
import json
import random
import sys
from pathlib import Path

import pandas as pd

HERE = Path(__file__).parent


def made():
    """120 records: all types, some values missing, some keys absent."""
    r = random.Random(5)
    for row in range(120):
        record = {
            "word": r.choice(["cat", "cat", "fish", "dog", "Größe", "", None]),
            "prediction": r.choice(["cat", "fish", "dog", None]),
            "countrycode": r.choice(["DE", "DE", "US", "IN", "IS", "NO"]),
            "recognized": r.choice([True, True, False, False, None]),
            "score": r.choice([None, r.randrange(-8, 9) / 4, r.random()]),
            "strokes": r.randrange(1, 30),
            "timestamp": f"2017-0{r.randrange(1, 5)}-{r.randrange(1, 29):02} {r.randrange(24):02}:{r.randrange(60):02}:{r.randrange(60):02}.{r.randrange(10**5):05} UTC",
            "key_id": str(4_500_000_000_000_000 + r.randrange(10**15)),
        }
        if row % 7 == 3:
            del record["timestamp"]
        if row % 11 == 5:
            record["timestamp"] = "2017-03-01 00:00:00 UTC"
        yield {key: value for key, value in record.items() if value is not None or r.random() < 0.5}


def frame(path):
    df = pd.DataFrame([json.loads(line) for line in path.read_text().splitlines()])
    df = df.drop(columns=["drawing"], errors="ignore")
    if "timestamp" in df:
        df["timestamp"] = pd.to_datetime(df["timestamp"], format="%Y-%m-%d %H:%M:%S.%f UTC", utc=True, errors="coerce").fillna(
            pd.to_datetime(df["timestamp"], format="%Y-%m-%d %H:%M:%S UTC", utc=True, errors="coerce")
        )
    return df.convert_dtypes()


def at(text):
    return pd.Timestamp(text, tz="UTC")


MADE = {
    'countrycode = "DE"': lambda d: d.countrycode == "DE",
    'countrycode = "DE" and not recognized and timestamp >= 2017-03-01 and word in ("cat", "fish") and key_id ~ "^4"': lambda d: (
        (d.countrycode == "DE")
        & ~d.recognized
        & (d.timestamp >= at("2017-03-01"))
        & d.word.isin(["cat", "fish"])
        & d.key_id.str.contains("^4")
    ),
    "countrycode in (IN, IS)": lambda d: d.countrycode.isin(["IN", "IS"]),
    "word != prediction": lambda d: d.word != d.prediction,
    "word = prediction or not recognized": lambda d: (d.word == d.prediction) | ~d.recognized,
    "not (word = prediction and recognized)": lambda d: ~((d.word == d.prediction) & d.recognized),
    "recognized": lambda d: d.recognized,
    "recognized is missing": lambda d: d.recognized.isna(),
    "score > 0.5": lambda d: d.score > 0.5,
    "not score > 0.5": lambda d: ~(d.score > 0.5),
    "score != 0.25": lambda d: d.score != 0.25,
    "score between -0.5 and 0.5": lambda d: d.score.between(-0.5, 0.5),
    "score not in (0.25, 0.5) and strokes >= 10": lambda d: (d.score != 0.25) & (d.score != 0.5) & (d.strokes >= 10),
    "-1 <= score < strokes": lambda d: (d.score >= -1) & (d.score < d.strokes),
    "strokes < 5 or score is missing and word = cat": lambda d: (d.strokes < 5) | (d.score.isna() & (d.word == "cat")),
    "timestamp < 2017-03-01": lambda d: d.timestamp < at("2017-03-01"),
    "not timestamp < 2017-03-01": lambda d: d.timestamp.notna() & ~(d.timestamp < at("2017-03-01")),
    "timestamp <= 2017-03-01": lambda d: d.timestamp <= at("2017-03-01"),
    "timestamp = 2017-03": lambda d: d.timestamp.dt.strftime("%Y-%m") == "2017-03",
    "timestamp = 2017-03-01": lambda d: d.timestamp.dt.strftime("%Y-%m-%d") == "2017-03-01",
    "timestamp != 2017-03-01": lambda d: d.timestamp.notna() & (d.timestamp.dt.strftime("%Y-%m-%d") != "2017-03-01"),
    "timestamp is not missing and strokes = 7": lambda d: d.timestamp.notna() & (d.strokes == 7),
    'word contains "IS"': lambda d: d.word.str.contains("is", case=False, regex=False),
    'word ~ "^.{4}$"': lambda d: d.word.str.contains("^.{4}$"),
    'word !~ "^(?:cat|dog)$"': lambda d: ~d.word.str.contains("^(?:cat|dog)$"),
    'word = ""': lambda d: d.word == "",
    "word > prediction": lambda d: d.word > d.prediction,
    "row < 10 or row between 50 and 59": lambda d: pd.Series((d.index < 10) | ((d.index >= 50) & (d.index <= 59))),
    "key_id < 5000000000000000": lambda d: d.key_id.astype("Int64") < 5_000_000_000_000_000,
}

PAIRS = {
    "countrycode = US": lambda d: d.countrycode == "US",
    "not recognized": lambda d: ~d.recognized,
    "recognized and countrycode not in (US, GB, DE)": lambda d: d.recognized & ~d.countrycode.isin(["US", "GB", "DE"]),
    'countrycode ~ "^[A-F]"': lambda d: d.countrycode.str.contains("^[A-F]"),
    "countrycode >= F and countrycode < S or row < 3": lambda d: ((d.countrycode >= "F") & (d.countrycode < "S")) | pd.Series(d.index < 3),
}
RAW = {
    "timestamp >= 2017-03-01": lambda d: d.timestamp >= at("2017-03-01"),
    "timestamp between 2017-01-20 and 2017-03-05": lambda d: d.timestamp.between(at("2017-01-20"), at("2017-03-05")),
    'key_id ~ "^[46]" and not recognized': lambda d: d.key_id.str.contains("^[46]") & ~d.recognized,
    "key_id > 5500000000000000": lambda d: d.key_id.astype("Int64") > 5_500_000_000_000_000,
}


def kept(df, conditions):
    def of(keep):
        rows = df.index[keep(df).astype("boolean").fillna(False)]
        return [len(rows), int(sum(rows))]

    return {text: of(keep) for text, keep in conditions.items()}


(HERE / "conditions.ndjson").write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in made()))
answers = {"conditions.ndjson": kept(frame(HERE / "conditions.ndjson"), MADE)}
if len(sys.argv) > 1:
    data = Path(sys.argv[1])
    for path in sorted([*data.glob("pairs/*.ndjson"), *data.glob("pairs2000/*.ndjson")]):
        df = frame(path)
        conditions = PAIRS | (RAW if "key_id" in df else {})
        answers[f"{path.parent.name}/{path.name}"] = kept(df, conditions)
lines = (f"{json.dumps(name)}: {json.dumps(of, ensure_ascii=False)}" for name, of in answers.items())
(HERE / "conditions.json").write_text("{\n" + ",\n".join(lines) + "\n}\n")
