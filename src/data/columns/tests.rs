//! Unit tests of the columns.
