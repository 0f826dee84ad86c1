//! The threads that all cores' work is shared among; a system that gives none is an error, not a panic.

use std::error::Error;
use std::io;
use std::sync::OnceLock;

/// Starts the threads before they are first needed: rayon would panic where it cannot start them by itself.
pub fn start() -> io::Result<()> {
    static REFUSED: OnceLock<Option<String>> = OnceLock::new();
    let refused = REFUSED.get_or_init(|| {
        let built = rayon::ThreadPoolBuilder::new().build_global();
        // Only the system's refusals have a source; else the threads are there already.
        built.err().and_then(|error| error.source().map(ToString::to_string))
    });
    refused.as_ref().map_or(Ok(()), |what| Err(io::Error::other(what.clone())))
}
