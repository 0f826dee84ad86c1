#!/bin/sh
# Uses the window at random for some minutes and watches it: sh scripts/soak.sh MINUTES [SEED]
#
# The release runs under an X server of its own. Gestures and files, good and bad, come from a seed; every hover is held against
# the oracle; memory, handles, threads and errors are watched. The last lines are a table of figures.
#
# SOAK_OUT   folder for the figures (target/soak): summary.md, samples.csv, pids (the processes that take part)
set -eu
unset CDPATH
cd "$(dirname "$0")/.."

minutes=${1:-}
seed=${2:-1}
case $minutes:$seed in
    *[!0-9.:]* | :* | *:)
        echo 'Usage: sh scripts/soak.sh MINUTES [SEED]' >&2
        exit 2 ;;
esac
shift $#

# What is printed before anything is done. The minutes here and below are those of a machine with two cores.
purpose="inkfield: sets up, builds the release and uses its window at random for $minutes minutes (seed $seed) under Xvfb."
rust_parts=''
steps=4

# shellcheck source=scripts/lib.sh
. scripts/lib.sh
# shellcheck source=scripts/install.sh
. scripts/install.sh

target=${CARGO_TARGET_DIR:-target}
needs=$run_needs$build_needs$test_needs
work="the release build and the tests' (about 20 minutes at first), then $minutes minutes of use."

absolute() {
    case $1 in
        /*) printf '%s' "$1" ;;
        *) printf '%s/%s' "$(pwd)" "$1" ;;
    esac
}
out=$(absolute "${SOAK_OUT:-$target/soak}")

read_arguments "$@"
set_up

# $quiet stands without quotes: -q or nothing.
# shellcheck disable=SC2086
{
    begin 'build' 20
    attempt 'fix what cargo says above, then run this script again.' cargo build $quiet --release --locked
    attempt 'fix what cargo says above, then run this script again.' cargo test $quiet --no-run --locked --test window
    end
}

begin 'soak' "${minutes%.*}"
# A machine without Xvfb must not pass. Copies run: what is built meanwhile changes nothing.
mkdir -p "$out"
cp "$target/release/inkfield" "$out/inkfield"
export CI=true INKFIELD_BINARY="$out/inkfield" INKFIELD_SOAK_MINUTES="$minutes" INKFIELD_SOAK_SEED="$seed" INKFIELD_SOAK_OUT="$out"
attempt 'what was wrong stands above.' cargo test -q --locked --test window soak_ -- --nocapture
end
say "the figures: $out/summary.md"
