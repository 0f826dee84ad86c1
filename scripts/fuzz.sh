#!/bin/sh
# Fuzzes what strangers' bytes come through, guided by coverage: scripts/fuzz.sh SECONDS [TARGET...]
#
# Each target (npy, forms, beside, records, conditions, fetch, cli; all of them by default) runs for SECONDS of CPU time, two at a
# time, at the lowest priority. forms:FORM and beside:FORM begin with files of one form alone (forms:hdf5; the forms stand in
# tests/fuzz/forms.rs and beside.rs). A target stops at its first finding, whose input is kept. What was learnt stays in
# target/fuzz/corpus, so that a later run goes on from there. Needs Linux and a C++ compiler; the stable toolchain will do.
set -eu
unset CDPATH
cd "$(dirname "$0")/.."

usage() {
    echo 'usage: scripts/fuzz.sh SECONDS [npy|forms|forms:FORM|beside|beside:FORM|records|conditions|fetch|cli ...]' >&2
    exit 2
}
seconds=${1:-}
case $seconds in '' | *[!0-9]*) usage ;; esac
shift
[ $# -gt 0 ] || set -- npy forms beside records conditions fetch cli
for target in "$@"; do
    case $target in
        npy | forms | forms:[a-z0-9]* | beside | beside:[a-z0-9]* | records | conditions | fetch | cli) ;;
        *) usage ;;
    esac
done

folder=$PWD/target/fuzz
host=$(rustc -vV | sed -n 's/^host: //p')
# Where real drawings lie, their beginnings are among the seeds.
export INKFIELD_DATA="${INKFIELD_DATA:-$PWD/../shared/data}"

# What cargo-fuzz sets without a sanitizer: the stable compiler knows these flags. With --target they spare build scripts.
coverage='--cfg fuzzing -Ccodegen-units=1 -Cpasses=sancov-module'
for flag in level=4 inline-8bit-counters pc-table trace-compares; do
    coverage="$coverage -Cllvm-args=-sanitizer-coverage-$flag"
done
for target in "$@"; do
    RUSTFLAGS=$coverage CARGO_TARGET_DIR=$folder/build \
        cargo build --manifest-path fuzz/Cargo.toml --target "$host" --bin "${target%%:*}"
    mkdir -p "$folder/bin" "$folder/corpus/$target" "$folder/seeds/$target" "$folder/found"
    # A copy, so that a build does not change what runs.
    cp "$folder/build/$host/debug/${target%%:*}" "$folder/bin/$target.new"
    mv "$folder/bin/$target.new" "$folder/bin/$target"
done

scratch=$(mktemp -d "${TMPDIR:-/tmp}/inkfield-fuzz.XXXXXX")
[ ! -d /dev/shm ] || { rm -r "$scratch"; scratch=$(mktemp -d /dev/shm/inkfield-fuzz.XXXXXX); }
trap 'rm -rf "$scratch"' EXIT

# CPU time of a process in seconds; nothing once it has ended.
cpu_seconds() {
    awk -v ticks="$(getconf CLK_TCK)" '{ sub(/.*\) /, ""); printf "%d", ($12 + $13) / ticks }' "/proc/$1/stat" 2>/dev/null
}

# Runs libFuzzer on target $1 with the further arguments. An allocation that follows a claimed number fails: there is no
# more than 1 GiB of address space. To be called in a subshell, which becomes libFuzzer.
fuzzer() {
    target=$1
    shift
    longest=1024
    case $target in npy) longest=11000 ;; forms*) longest=16384 ;; records | beside*) longest=4096 ;; esac
    ulimit -v 1048576
    ulimit -c 0
    case $target in *:*) export INKFIELD_FUZZ_FORM="${target#*:}" ;; esac
    export INKFIELD_FUZZ_SEEDS="$folder/seeds/$target" TMPDIR="$scratch"
    exec nice -n 19 "$folder/bin/$target" -max_len="$longest" -rss_limit_mb=512 -timeout="${FUZZ_TIMEOUT:-60}" \
        -artifact_prefix="$folder/found/$target-" -dict="$folder/seeds/$target.dict" "$@" \
        "$folder/corpus/$target" "$folder/seeds/$target"
}

# Runs target $1 until its CPU time is spent; its last lines say what came of it.
run_target() {
    log=$folder/$1.log
    fuzzer "$1" -print_final_stats=1 >"$log" 2>&1 &
    pid=$!
    spent=0
    while now=$(cpu_seconds "$pid") && [ -n "$now" ]; do
        spent=$now
        # libFuzzer ends in good order when it is interrupted.
        [ "$spent" -lt "$seconds" ] || kill -INT "$pid" 2>/dev/null || true
        sleep 1
    done
    status=0
    wait "$pid" || status=$?
    # Interrupted: the time was up.
    [ "$status" != 72 ] || status=0
    # The whole corpus once more, for the coverage.
    [ "$status" != 0 ] || (fuzzer "$1" -runs=0) >"$log.corpus" 2>&1 || status=$?
    covered=$(sed -n 's/.*INITED *//p' "$log.corpus" 2>/dev/null | sed 's/ exec.*//')
    executed=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
    echo "$1: ${executed:-?} executions in $spent s of CPU, $covered"
    if [ "$status" != 0 ]; then
        echo "$1: FOUND something, see $log and $folder/found" >&2
        tail -n 25 "$log" >&2
        return 1
    fi
}

# Two at a time: each of two rows of targets, one after the other.
failed=0
for first in 1 2; do
    (
        number=0
        failed=0
        for target in "$@"; do
            number=$((number + 1))
            [ $((number % 2)) != $((first % 2)) ] || run_target "$target" || failed=1
        done
        exit "$failed"
    ) &
    eval "row$first=$!"
done
# shellcheck disable=SC2154
for row in "$row1" "$row2"; do wait "$row" || failed=1; done
exit "$failed"
