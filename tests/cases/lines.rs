//! Lines of record files that are no plain ndjson.
