//! Sets of more files than may be open at a time.
