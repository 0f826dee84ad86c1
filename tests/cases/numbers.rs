//! Numbers, times, keys and kinds of columns are what the file says.
