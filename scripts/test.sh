#!/bin/sh
# Sets up a machine and runs every check. The last line sums up the tests: "N passed, N failed".
set -eu
unset CDPATH
cd "$(dirname "$0")/.."

# What is printed before anything is done. The minutes here and below are those of a machine with two cores.
purpose='inkfield: sets up and runs every check: format, clippy, docs, licences, all tests (windows under Xvfb and weston).'
rust_parts='rustfmt clippy'
steps=8

# shellcheck source=scripts/lib.sh
. scripts/lib.sh
# shellcheck source=scripts/install.sh
. scripts/install.sh

target=${CARGO_TARGET_DIR:-target}
# What an earlier run computed is not to answer a test.
export INKFIELD_CACHE=off
# A machine that builds once has no use for what a second build would save time with: 3 GB of disk.
if [ "${CI:-}" = true ]; then export CARGO_INCREMENTAL=0; fi
inkfield=$target/release/inkfield
needs=$run_needs$build_needs$test_needs
clippy_minutes=4
build_minutes=13
if [ -e "$target/debug/inkfield" ]; then
    clippy_minutes=1
    build_minutes=1
fi
work="every check, $(about $((clippy_minutes + build_minutes + 13))) in all."

# Adds up the result lines of all test programs; one that ended without such a line (a crash) counts as failed.
sum_up() {
    awk -v status="$1" '
        /^test result: / {
            for (i = 1; i < NF; i++) {
                if ($(i + 1) == "passed;") passed += $i
                if ($(i + 1) == "failed;") failed += $i
                if ($(i + 1) == "ignored;") ignored += $i
            }
        }
        END {
            if (ignored) printf "%d ignored\n", ignored
            if (status && !failed) { print "a test program ended without its result, see above"; failed = 1 }
            printf "%d passed, %d failed\n", passed, failed
            exit failed || !passed
        }' "$scratch/tests.log"
}

read_arguments "$@"
set_up
# Exported pages are tried in a browser, and their script by Node.js, where these can be had: not every system has a browser that runs
# in a container.
for need in node:nodejs chromium:chromium; do
    if have "${need%%:*}" || [ "$system" != debian ]; then continue; fi
    refresh_lists
    { { is_root || have sudo; } && apt install -y --no-install-recommends "${need##*:}"; } ||
        say "   ${need##*:} cannot be installed: the tests of exported pages that need it will say NOT RUN"
done

# $quiet stands without quotes: -q or nothing.
# shellcheck disable=SC2086
{
    begin 'format' 0
    attempt 'run "cargo fmt".' cargo fmt --check
    attempt 'run "cargo fmt" in fuzz/.' cargo fmt --check --manifest-path fuzz/Cargo.toml
    end

    begin 'clippy' "$clippy_minutes"
    attempt 'fix the warnings above.' cargo clippy $quiet --all-targets --locked -- -D warnings
    end

    begin 'docs' 1
    attempt 'fix the documentation warnings above.' env RUSTDOCFLAGS='-D warnings' cargo doc $quiet --no-deps --locked
    end

    begin 'build the tests' "$build_minutes"
    attempt 'fix what cargo says above.' cargo test $quiet --no-run --locked
    end
}

begin 'licences, bans and sources of the dependencies' 0
if cargo deny --version >/dev/null 2>&1; then
    attempt 'look at deny.toml and at the crate named above.' cargo deny --locked check licenses bans sources
else
    say 'NOT RUN: cargo-deny is not installed. To run this step: cargo install cargo-deny --locked (about 5 minutes)'
fi
end

begin 'tests' 12
# A pipe's exit status is its last command's: cargo's is kept in a file.
{
    cargo test --locked --no-fail-fast 2>&1 && echo 0 >"$scratch/status" || echo $? >"$scratch/status"
} | tee "$scratch/tests.log"
end

status=$(cat "$scratch/status")
if [ "$status" = 0 ]; then
    # The tests need no release build.
    if [ ! -e "$inkfield" ]; then say 'For the release build and the demo: sh scripts/demo.sh'; fi
    print_own_file
else
    say "tests failed: their names stand above under \"failures:\"; one alone runs with \`cargo test NAME\`."
fi
sum_up "$status"
