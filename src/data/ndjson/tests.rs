//! Unit tests of the record reader.
