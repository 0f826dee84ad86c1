#!/bin/sh
# Sets up a machine, builds the release and opens the built-in demo; without a display it renders the same picture.
set -eu
unset CDPATH
cd "$(dirname "$0")/.."

# What is printed before anything is done. The minutes here and below are those of a machine with two cores.
purpose='inkfield: sets up, builds the release and opens the built-in demo of 150,152 drawings (no download of data).'
rust_parts=''
steps=4

# shellcheck source=scripts/lib.sh
. scripts/lib.sh
# shellcheck source=scripts/install.sh
. scripts/install.sh

inkfield=${CARGO_TARGET_DIR:-target}/release/inkfield
picture='inkfield-demo.png'
needs=$run_needs$build_needs
build_minutes=16
if [ -e "$inkfield" ]; then build_minutes=1; fi
work="the release build ($(about "$build_minutes")) and the demo (seconds)."

# Whether something answers there, not only whether a variable is set: a terminal may have outlived its display.
display_answers() {
    case $system in macos | windows) return 0 ;; esac
    if [ -n "${WAYLAND_DISPLAY:-}" ]; then
        case $WAYLAND_DISPLAY in
            /*) socket=$WAYLAND_DISPLAY ;;
            *) socket=${XDG_RUNTIME_DIR:-}/$WAYLAND_DISPLAY ;;
        esac
        if [ -S "$socket" ]; then return 0; fi
    fi
    case ${DISPLAY:-} in
        '') return 1 ;;
        :* | unix:*)
            number=${DISPLAY#*:}
            number=${number%%.*}
            [ -S "/tmp/.X11-unix/X$number" ] || grep -q "@/tmp/.X11-unix/X$number\$" /proc/net/unix 2>/dev/null ;;
        # On another machine (ssh -X): only opening the window tells.
        *) return 0 ;;
    esac
}

render_picture() {
    say "   $1: rendering the window's picture into a file instead"
    attempt "run \`$inkfield doctor\`; it says what is missing." "$inkfield" render demo --out "$picture"
    say "   the picture: $(pwd)/$picture"
}

open_demo() {
    if ! display_answers; then
        render_picture 'there is no display'
        return
    fi
    say '   opening the window; close it (or press Ctrl+C here) to end. ? in it shows every key'
    trap 'say; print_own_file; exit 130' INT
    status=0
    "$inkfield" demo || status=$?
    trap 'exit 130' INT
    case $status in
        0) ;;
        # 1 is the environment's fault: no display after all, or none that lets us in.
        1) render_picture 'the window could not be opened (see above)' ;;
        *) fail "$step_name failed with exit code $status (see above): run \`$inkfield doctor\`; it says what this machine can do." ;;
    esac
}

read_arguments "$@"
set_up

begin 'release build' "$build_minutes"
# Without quotes: -q or nothing.
# shellcheck disable=SC2086
attempt 'fix what cargo says above, then run this script again.' cargo build $quiet --release --locked
end

begin 'demo' 0
open_demo
end

print_own_file
