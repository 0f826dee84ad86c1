#!/bin/sh
# Measures inkfield and, where they are here, the systems it is compared with, on the same drawings; one table at the end.
#
# BENCH_FRAMES   frames for each figure (default 1000)            BENCH_SIZES    numbers of drawings (default 150152 1000000)
# BENCH_OUT      folder for files and results (target/bench)      BENCH_PEERS    folder of the peers' scripts (../shared/peers)
# BENCH_PYTHON   a Python that has what the peers need (python3)
set -eu
unset CDPATH
cd "$(dirname "$0")/.."

# What is printed before anything is done. The minutes here and below are those of a machine with two cores.
purpose='inkfield: sets up, builds the release and measures it beside other systems. Leave the machine alone meanwhile.'
rust_parts=''
steps=7

# shellcheck source=scripts/lib.sh
. scripts/lib.sh
# shellcheck source=scripts/install.sh
. scripts/install.sh

# Scripts below run in other folders.
absolute() {
    case $1 in
        /*) printf '%s' "$1" ;;
        *) printf '%s/%s' "$(pwd)" "$1" ;;
    esac
}

target=$(absolute "${CARGO_TARGET_DIR:-target}")
inkfield=$target/release/inkfield
out=$(absolute "${BENCH_OUT:-$target/bench}")
peers=$(absolute "${BENCH_PEERS:-../shared/peers}")
python=${BENCH_PYTHON:-python3}
frames=${BENCH_FRAMES:-1000}
sizes=${BENCH_SIZES:-150152 1000000}
needs=$run_needs$build_needs
build_minutes=16
if [ -e "$inkfield" ]; then build_minutes=1; fi
work="the release build ($(about "$build_minutes")), then the measuring (up to an hour)."

# Why the peers cannot be measured; nothing where they can.
peers_missing() {
    if [ ! -d "$peers" ]; then
        echo "there is no folder $peers (BENCH_PEERS names another one)"
    elif ! have "$python"; then
        echo "there is no $python (BENCH_PYTHON names another one)"
    elif ! "$python" -c 'import numpy, psutil' 2>/dev/null; then
        echo "$python lacks numpy or psutil; $peers/README.md says what to install (BENCH_PYTHON names another Python)"
    fi
}

measure_inkfield() {
    for size in $sizes; do
        say "   $size drawings"
        # The peers' size is read from the files that they read.
        input=demo:$size
        if [ "$size" = 150152 ]; then input=$out/data/octopus.npy; fi
        attempt "run \`$inkfield doctor\`; it says what is missing." \
            "$inkfield" bench --json --baseline --frames "$frames" "$input" >"$out/inkfield-$size.json"
    done
}

# The adapter that was measured, as the documents name it.
adapter() { sed -n '1s/.*"adapter":"\([^"]*\)".*/\1/p' "$out"/inkfield-*.json | head -n 1; }

measure_peers() {
    : >"$out/peers.jsonl"
    left_out=$(peers_missing)
    if [ -n "$left_out" ]; then
        say "   the peers were left out: $left_out"
        return
    fi
    # They write beside their results.
    for script in load_peers.py native_peers.py thumbs.py bokeh_peer.py regl_peer.py; do
        say "   $script"
        if ! (cd "$out" && PEERS_DATA=$out/data PEERS_OUT=$out/peers.jsonl "$python" "$peers/$script" >"$out/$script.log" 2>&1)
        then
            left_out="$left_out $script"
            say "   $script gave no figure: see $out/$script.log"
        fi
    done
}

# One line a figure. Our documents and the peers' lines are read without a JSON parser: their forms are known.
print_table() {
    say '| system | work | figure | median | p95 | n |'
    say '| --- | --- | --- | ---: | ---: | ---: |'
    for size in $sizes; do awk "$awk_common"'
        {
            count = split($0, part, /\{"name":/)
            for (i = 2; i <= count; i++) {
                figure = part[i]
                sub(/^"/, "", figure)
                sub(/".*/, "", figure)
                if (value(part[i], "n") == 0) continue
                row("inkfield", value(part[1], "rows") " drawings", figure ", " value(part[i], "unit"), \
                    value(part[i], "p50"), value(part[i], "p95"), value(part[i], "n"))
                naive = value(part[i], "baseline_p50")
                if (naive != "" && naive != "null")
                    row("inkfield, naive", value(part[1], "rows") " drawings", figure ", " value(part[i], "unit"), naive, "", "")
            }
        }' "$out/inkfield-$size.json"
    done
    awk "$awk_common"'
        {
            who = value($0, "system")
            work = value($0, "work")
            rest = $0
            while (match(rest, /"[a-z0-9_]+": (\{"median": [^}]*\}|[-0-9.]+[,}])/)) {
                found = substr(rest, RSTART, RLENGTH)
                rest = substr(rest, RSTART + RLENGTH)
                figure = found
                sub(/^"/, "", figure)
                sub(/".*/, "", figure)
                if (figure ~ /^(rows|pick_hits|tiles)$/) continue
                if (found ~ /median/) row(who, work, figure, value(found, "median"), value(found, "p95"), value(found, "n"))
                else row(who, work, figure, value(found, figure), "", 1)
            }
            if ($0 ~ /"failed": /) row(who, work, "failed: " value($0, "failed"), "", "", "")
        }' "$out/peers.jsonl"
}

awk_common='
    # The text or number of a key; empty where there is none.
    function value(text, key) {
        if (!match(text, "\"" key "\": *(\"[^\"]*\"|[-+.0-9e]+|null)")) return ""
        text = substr(text, RSTART + length(key) + 3, RLENGTH - length(key) - 3)
        gsub(/^ *"?|"$/, "", text)
        return text
    }
    function row(who, work, figure, median, p95, n) {
        gsub(/\|/, "/", work)
        print "| " who " | " work " | " figure " | " median " | " p95 " | " n " |"
    }'

read_arguments "$@"
set_up

begin 'release build' "$build_minutes"
# Without quotes: -q or nothing.
# shellcheck disable=SC2086
attempt 'fix what cargo says above, then run this script again.' cargo build $quiet --release --locked
end

begin 'drawings' 1
mkdir -p "$out"
if [ ! -e "$out/data/octopus.ndjson" ]; then
    attempt 'make room (600 MB are needed) or name another folder in BENCH_OUT.' "$inkfield" demo --out "$out/data"
fi
end

begin 'inkfield' 20
measure_inkfield
end

begin 'peers' 30
measure_peers
end

begin 'table' 0
{
    say "$(uname -srm), $(nproc 2>/dev/null || echo '?') cores, $(adapter), $(date -u +%Y-%m-%d); \`sh scripts/bench.sh\`, $frames frames"
    say
    print_table
    if [ -n "$left_out" ]; then
        say
        say "Left out: $left_out"
    fi
} >"$out/table.md"
cat "$out/table.md"
say "   the table: $out/table.md"
end
