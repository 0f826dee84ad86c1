# Shared by demo.sh and test.sh: what is missing, the plan, consent, and steps with their times (install.sh installs).
# To be sourced with the repository root as the working directory.
# shellcheck shell=sh
# shellcheck disable=SC2034,SC2154  # variables go both ways between this file and the scripts that source it

# One thing a line: how to see that it is here, and its package on Debian and Ubuntu, Fedora, Arch.
# The libraries are those that winit, wgpu and the clipboard open while running; nothing is linked against them.
run_needs='
library:libvulkan.so.1          libvulkan1           vulkan-loader         vulkan-icd-loader
software-vulkan-driver          mesa-vulkan-drivers  mesa-vulkan-drivers   vulkan-swrast
library:libX11.so.6             libx11-6             libX11                libx11
library:libX11-xcb.so.1         libx11-xcb1          libX11-xcb            libx11
library:libxcb.so.1             libxcb1              libxcb                libxcb
library:libXcursor.so.1         libxcursor1          libXcursor            libxcursor
library:libXi.so.6              libxi6               libXi                 libxi
library:libxkbcommon.so.0       libxkbcommon0        libxkbcommon          libxkbcommon
library:libxkbcommon-x11.so.0   libxkbcommon-x11-0   libxkbcommon-x11      libxkbcommon-x11
library:libwayland-client.so.0  libwayland-client0   libwayland-client     wayland
'
# Rust links with the C compiler, and one crate (ring) holds C; cargo downloads over https.
build_needs='
command:cc                      gcc                  gcc                   gcc
c-library-to-link               libc6-dev            glibc-devel           glibc
certificates                    ca-certificates      ca-certificates       ca-certificates
'
# The window tests start an X server and a Wayland compositor of their own, and one of them a session bus.
test_needs='
command:Xvfb                    xvfb                 xorg-x11-server-Xvfb  xorg-server-xvfb
command:setxkbmap               x11-xkb-utils        setxkbmap             xorg-setxkbmap
command:xauth                   xauth                xorg-x11-xauth        xorg-xauth
command:weston                  weston               weston                weston
command:dbus-daemon             dbus-daemon          dbus-daemon           dbus
'

program=$0
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
# Graphics drivers complain on standard error where there is no such folder (containers, root).
if [ -z "${XDG_RUNTIME_DIR:-}" ]; then
    XDG_RUNTIME_DIR=$scratch
    export XDG_RUNTIME_DIR
fi
# dash runs the line above only where the script itself ends.
trap 'exit 130' INT
trap 'exit 143' TERM
# ldconfig lies where only root looks.
PATH=$PATH:/usr/sbin:/sbin
cargo_bin=${CARGO_HOME:-${HOME:-/root}/.cargo}/bin
rust_wanted=$(sed -n 's/^rust-version *= *"\([0-9.]*\)".*/\1/p' Cargo.toml)
# Compiler output without a terminal is a log: only warnings and errors are of use there.
quiet=-q
if [ -t 2 ]; then quiet=; fi

say() { printf '%s\n' "$*"; }

fail() {
    printf '%s: %s\n' "$program" "$*" >&2
    exit 1
}

have() { command -v "$1" >/dev/null 2>&1; }

# --- steps -----------------------------------------------------------------------------------------------------------

step=0

# begin NAME MINUTES: opens a step; the minutes are those of a machine with two cores.
begin() {
    step=$((step + 1))
    step_name=$1
    step_start=$(date +%s)
    say "== $step_name ($step of $steps), $(about "$2")"
}

about() {
    case $1 in
        0) echo 'less than a minute' ;;
        1) echo 'about 1 minute' ;;
        *) echo "about $1 minutes" ;;
    esac
}

end() { say "   $step_name: done in $(($(date +%s) - step_start)) s"; }

# attempt ADVICE COMMAND…: runs the command of a step; when it fails, the last line names the step and what to do.
attempt() {
    advice=$1
    shift
    "$@" || fail "$step_name failed after $(($(date +%s) - step_start)) s: $advice"
}

# --- what is here ----------------------------------------------------------------------------------------------------

find_system() {
    case $(uname -s) in
        Linux)
            if have apt-get && have dpkg; then echo debian
            elif have dnf; then echo fedora
            elif have pacman; then echo arch
            else echo linux; fi ;;
        Darwin) echo macos ;;
        MINGW* | MSYS* | CYGWIN*) echo windows ;;
        *) echo other ;;
    esac
}

# A machine may hold the libraries of several architectures; only its own can be opened.
has_library() {
    case $(uname -m) in
        x86_64) abi=x86-64 ;;
        aarch64) abi=AArch64 ;;
        *) abi= ;;
    esac
    ldconfig -p 2>/dev/null | awk -v name="$1" -v abi="$abi" '$1 == name && index($0, abi) { found = 1 } END { exit !found }'
}

has_file() {
    for candidate in "$@"; do
        if [ -e "$candidate" ]; then return 0; fi
    done
    return 1
}

present() {
    case $1 in
        library:*) has_library "${1#library:}" ;;
        command:*) have "${1#command:}" ;;
        software-vulkan-driver)
            has_file /usr/share/vulkan/icd.d/lvp_icd*.json /etc/vulkan/icd.d/lvp_icd*.json \
                /usr/local/share/vulkan/icd.d/lvp_icd*.json ;;
        # A compiler that does not know where the start-up object lies answers with its bare name.
        c-library-to-link) have cc && [ -e "$(cc -print-file-name=crt1.o)" ] && has_file /usr/include/stdio.h ;;
        certificates)
            has_file /etc/ssl/certs/ca-certificates.crt /etc/pki/tls/certs/ca-bundle.crt \
                /etc/ca-certificates/extracted/tls-ca-bundle.pem /etc/ssl/cert.pem /etc/ssl/ca-bundle.pem ;;
        *) return 1 ;;
    esac
}

# missing: the packages (elsewhere: the things themselves) that $needs asks for and that are not here, in one line.
missing() {
    printf '%s\n' "$needs" | while read -r check debian fedora arch; do
        if [ -z "$check" ] || present "$check"; then continue; fi
        case $system in
            debian) echo "$debian" ;;
            fedora) echo "$fedora" ;;
            arch) echo "$arch" ;;
            *) echo "${check#*:}" ;;
        esac
    done | sort -u | tr '\n' ' ' | sed 's/ $//'
}

rust_version() { rustc --version 2>/dev/null | awk '{ print $2 }'; }

rust_is_new_enough() {
    have cargo && cargo --version >/dev/null 2>&1 && rust_version | awk -F. -v wanted="$rust_wanted" '
        { split(wanted, want, "."); if ($1 > want[1] + 0 || ($1 == want[1] + 0 && $2 >= want[2] + 0)) found = 1 }
        END { exit !found }'
}

rust_parts_missing() {
    for part in ${rust_parts:-}; do
        case $part in
            rustfmt) cargo fmt --version >/dev/null 2>&1 || echo rustfmt ;;
            clippy) cargo clippy --version >/dev/null 2>&1 || echo clippy ;;
        esac
    done | tr '\n' ' ' | sed 's/ $//'
}

# Sets rust_todo: empty, parts, update (rustup is here) or install.
look_at_rust() {
    # rustup's folder is in the PATH of new terminals only.
    if ! rust_is_new_enough && [ -x "$cargo_bin/cargo" ]; then
        PATH=$cargo_bin:$PATH
    fi
    if rust_is_new_enough; then
        rust_todo=
        if [ -n "$(rust_parts_missing)" ]; then rust_todo=parts; fi
    elif have rustup; then
        rust_todo=update
    else
        rust_todo=install
    fi
}

# --- the plan, and consent -------------------------------------------------------------------------------------------

usage() {
    say "Usage: sh $program [--yes]"
    say
    say "$purpose"
    say
    say 'Installs what is missing: on Debian and Ubuntu with apt-get, and Rust with rustup. It says first what that is,'
    say 'and asks before it uses sudo. On other systems it says what to install.'
    say
    say '  --yes   do not ask (CI=true does the same)'
    say '  --help  this text'
}

read_arguments() {
    consent=no
    if [ "${CI:-}" = true ]; then consent=yes; fi
    for argument in "$@"; do
        case $argument in
            --yes | -y) consent=yes ;;
            --help | -h) usage; exit 0 ;;
            *)
                printf '%s: there is no option "%s"; --help lists them\n' "$program" "$argument" >&2
                exit 2 ;;
        esac
    done
}

is_root() { [ "$(id -u)" = 0 ]; }

install_command() { say "apt-get install -y --no-install-recommends $packages"; }

print_plan() {
    say "$purpose"
    if [ -n "$packages" ]; then
        case $system in
            debian)
                rights=', as root'
                if ! is_root; then rights=', by sudo'; fi
                say "Missing, to be installed with apt-get$rights (1 to 3 minutes, up to 700 MB on disk):"
                say "  $packages" ;;
            *) advise_packages ;;
        esac
    fi
    case $rust_todo in
        install)
            say "Missing: Rust $rust_wanted or newer, to be installed with rustup for this user (about 2 minutes, 700 MB on disk):"
            say '  rustup from the distribution where it has a package of that name, else (with curl) by the installer of https://sh.rustup.rs' ;;
        update) say "Missing: Rust $rust_wanted or newer, to be installed with rustup here (about 2 minutes): the newest stable" ;;
        parts) say "Missing: $(rust_parts_missing), to be installed with rustup (less than a minute)" ;;
    esac
    if [ -z "$packages$rust_todo" ]; then say 'Nothing is missing, nothing will be installed.'; fi
    say "Then: $work"
}

# Systems whose packages are left to the user: the missing things are named, and the work goes on without them.
advise_packages() {
    case $system in
        fedora) say "Not found here; install with: sudo dnf install $packages" ;;
        arch) say "Not found here; install with: sudo pacman -S --needed $packages" ;;
        macos) say 'macOS: nothing but Rust and the command line tools (xcode-select --install) is needed.' ;;
        windows) say 'Windows: nothing but Rust and the Visual Studio C++ build tools is needed.' ;;
        *) say "Not found here, to be installed with the system's package manager: $packages" ;;
    esac
    case $system:$needs in
        *Xvfb*) if ! have Xvfb; then say 'Without Xvfb the window tests cannot run; they say so when it is their turn.'; fi
            if ! have weston; then say 'Without weston the window tests under Wayland cannot run; they say so when it is their turn.'; fi ;;
    esac
}

# Root is not asked; without a terminal nothing is done that would need sudo.
ask() {
    if [ "$consent" = yes ]; then return; fi
    if is_root || [ "$system" != debian ] || [ -z "$packages$rust_todo" ]; then return; fi
    if [ ! -t 0 ]; then
        if [ -z "$packages" ]; then return; fi
        fail "nobody can be asked here (no terminal). Run \`sudo apt-get update && sudo $(install_command)\` and then this script again, or \`sh $program --yes\`."
    fi
    printf 'May this be installed, with sudo where it needs root? [y/N] '
    read -r answer || answer=
    case $answer in
        y | Y | yes | Yes | YES) consent=yes ;;
        *) fail "nothing was installed. Install it yourself (above), or run \`sh $program --yes\`." ;;
    esac
}

# --- both scripts begin and end alike ----------------------------------------------------------------------------------

# set_up: from the plan to a machine that can build; wants $purpose, $work, $needs, $rust_parts and $steps.
set_up() {
    toolchain=
    system=$(find_system)
    packages=$(missing)
    look_at_rust
    print_plan
    ask
    set_up_packages
    set_up_rust
}

# The last words of both scripts.
print_own_file() {
    say 'To look at files of your own:'
    say "  $inkfield YOUR.npy YOUR.ndjson"
    say "To have the command everywhere: cargo$toolchain install --path . --locked"
}
