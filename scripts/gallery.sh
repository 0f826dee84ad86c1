#!/bin/sh
# Makes the pictures of docs/gallery.md with the built-in drawings: what `render` draws, and the window under Xvfb.
# Needs a built inkfield (INKFIELD, else target/release), imagemagick, xvfb and xdotool. With DIGITS, the path of the digits that
# docs/gallery.md speaks of, their pictures are made as well.
set -eu
cd "$(dirname "$0")/.."
inkfield=${INKFIELD:-$PWD/target/release/inkfield}
out=$PWD/docs/gallery
drawings=demo:20000:1 size=860x540
mkdir -p "$out"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# Nothing remembered by the user's own windows, and nothing left in their folders.
export XDG_RUNTIME_DIR="$work" XDG_STATE_HOME="$work" XDG_CONFIG_HOME="$work" XDG_CACHE_HOME="$work" XDG_DATA_HOME="$work"

# Under 150 kB each: half the size where need be, and a palette.
keep() {
    for colours in 256 128 64 32 16; do
        convert "$work/$1.png" -dither None -colors "$colours" -define png:compression-level=9 "png8:$out/$1.png"
        [ "$(wc -c < "$out/$1.png")" -lt 150000 ] && return
    done
    echo "gallery: $1.png stays over 150 kB" >&2
    exit 1
}

# picture NAME OPTION…: what `render` draws.
picture() {
    name=$1
    shift
    "$inkfield" render "$drawings" --size "$size" "$@" --out "$work/$name.png"
    keep "$name"
}

# window NAME KEYS OPTION…: the window after KEYS, a list of xdotool's commands with `;` between them.
window() {
    name=$1 keys=$2
    shift 2
    DRAWINGS=$drawings NAME=$name KEYS=$keys WORK=$work INKFIELD=$inkfield xvfb-run -a -s "-screen 0 1280x800x24" sh -c '
        "$INKFIELD" "$DRAWINGS" "$@" --state-log "$WORK/$NAME.jsonl" & window=$!
        rest() { n=$1; until [ "$(grep -c rest_after "$WORK/$NAME.jsonl" 2>/dev/null || true)" -ge "$n" ] 2>/dev/null; do sleep 0.2; done; }
        rest 1
        xdotool windowfocus "$(xdotool search --onlyvisible --name . | head -n 1)"
        echo "$KEYS" | tr ";" "\n" | while read -r command; do
            before=$(grep -c rest_after "$WORK/$NAME.jsonl")
            # shellcheck disable=SC2086
            [ -z "$command" ] || { eval "xdotool $command"; rest $((before + 1)); }
        done
        import -window "$(xdotool search --onlyvisible --name . | head -n 1)" "$WORK/$NAME.png"
        kill $window
    ' window "$@"
    keep "$name"
}

picture grid --color-by countrycode --theme night
picture sorted --sort timestamp --color-by timestamp --palette cividis
picture groups --layout groups --by countrycode --color-by recognized
picture timeline --layout timeline --color-by recognized --theme night
picture ink --layout ink
picture xy --layout xy --by timestamp,countrycode --color-by countrycode --theme night
picture index --layout index --where 'countrycode in ("DE", "FR", "KR")' --fade --color-by countrycode
picture likeness --layout sorted --zoom 5 --color-by recognized
picture likeness-night --layout sorted --zoom 5 --color-by recognized --theme night
picture map --layout map --clusters --color-by cluster --theme night
picture map-paper --layout map --clusters --color-by cluster
picture near --zoom 24 --caption countrycode --color-by recognized
picture in-strokes --ink --zoom 34 --color-by countrycode --theme night
if [ -n "${DIGITS:-}" ]; then
    drawings=$DIGITS size=1000x620
    for theme in paper night; do
        picture "digits-map-$theme" --layout map --color-by label --theme "$theme"
        picture "digits-sorted-$theme" --layout sorted --sorted-from map --color-by label --theme "$theme"
    done
    mv "$out/digits-map-paper.png" "$out/digits.png"
    drawings=demo:20000:1 size=860x540
fi
window facets "key f" --color-by countrycode --size 620x620
window clusters "key k" --layout map --theme night --size 620x620
window findings 'key d;sleep 15;key n;key n' --size 660x640
window strokes "mousemove 200 300 click 1;key h;key h" --zoom 24 --size 660x640
window together "key b; mousemove 60 120 mousedown 1 mousemove 200 260 mousemove 335 445 mouseup 1; key ctrl+k; type 'replay the'; key Return; mousemove 330 616; click 1" --zoom 20 --size 660x640
window by-stroke "key b; mousemove 60 120 mousedown 1 mousemove 200 260 mousemove 335 445 mouseup 1; key ctrl+k; type median; key Return; mousemove 600 690" --zoom 4 --theme night --size 420x640
window selection "key b; mousemove 200 200 mousedown 1 mousemove 300 260 mousemove 420 360 mouseup 1" --theme night --size 560x460
window palette "key ctrl+k; type colour" --size 560x460
