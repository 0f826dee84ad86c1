//! What becomes of a panic, ours or a library's: one sentence, never half a message and a backtrace.

use std::cell::{Cell, RefCell};
use std::panic::{AssertUnwindSafe, PanicHookInfo, catch_unwind};

thread_local! {
    /// How many [`caught`] are at work on this thread: they report a panic themselves.
    static CATCHING: Cell<u32> = const { Cell::new(0) };
    /// What the last panic of this thread said.
    static SAID: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Replaces Rust's own report of a panic. What [`caught`] does not see (it happened on another thread) is told at once.
pub fn install() {
    std::panic::set_hook(Box::new(|info| {
        let said = sentence(info);
        tracing::debug!("{said}\n{}", std::backtrace::Backtrace::force_capture());
        if CATCHING.get() == 0 {
            tracing::error!("a part of the program has failed and ended early: {said}");
        }
        SAID.set(Some(said));
    }));
}

/// Does `work`; what it panicked with, in a sentence, where it did.
pub fn caught<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    CATCHING.set(CATCHING.get() + 1);
    // What `work` left half done is dropped with it: nobody looks at it afterwards.
    let result = catch_unwind(AssertUnwindSafe(work));
    CATCHING.set(CATCHING.get() - 1);
    result.map_err(|payload| SAID.take().unwrap_or_else(|| message(payload.as_ref())))
}

/// "what happened (crate, file and line)", in one line.
fn sentence(info: &PanicHookInfo<'_>) -> String {
    let said = message(info.payload());
    match info.location() {
        Some(place) => format!("{said} ({}:{})", short(place.file()), place.line()),
        None => said,
    }
}

fn message(payload: &(dyn std::any::Any + Send)) -> String {
    let text = payload.downcast_ref::<&str>().copied().or_else(|| payload.downcast_ref::<String>().map(String::as_str));
    let words: Vec<&str> = text.unwrap_or("no reason is given").split_whitespace().collect();
    words.join(" ")
}

/// A source file from its crate's name on.
fn short(file: &str) -> &str {
    let registry = file.replace('\\', "/").find("/registry/src/");
    let inside = registry.and_then(|at| file.get(at + "/registry/src/".len()..));
    inside.and_then(|inside| inside.split_once(['/', '\\'])).map_or(file, |(_, from_crate)| from_crate)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::panic, reason = "panics are what is tested")]

    use super::{caught, install, short};

    #[test]
    fn a_panic_becomes_one_line_that_says_where() {
        install();
        assert_eq!(caught(|| 7), Ok(7));
        let said = caught(|| panic!("the server\n   has {}", "left")).unwrap_err();
        assert!(said.starts_with("the server has left (src/panics.rs:") && said.ends_with(')'), "{said}");
        // One inside of another's reach is its own.
        let both = caught(|| (caught(|| panic!("inner")).unwrap_err(), 5));
        assert!(both.is_ok_and(|(inner, rest)| inner.starts_with("inner (") && rest == 5));
    }

    #[test]
    fn a_place_is_named_from_its_crate_on() {
        let file = "/home/a/.cargo/registry/src/index.crates.io-1949cf8c6b5b557f/winit-0.30.13/src/randr.rs";
        assert_eq!(short(file), "winit-0.30.13/src/randr.rs");
        assert_eq!(short("src/app/mod.rs"), "src/app/mod.rs");
    }
}
