# Installs what lib.sh found missing: system packages with apt-get, Rust with rustup. Sourced by demo.sh and test.sh.
# shellcheck shell=sh
# shellcheck disable=SC2034,SC2154  # variables go both ways between this file and lib.sh

as_root() {
    if is_root; then
        "$@"
    elif [ -t 0 ]; then
        sudo "$@"
    else
        sudo -n "$@"
    fi
}

apt() { as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300 "$@" >>"$scratch/apt.log" 2>&1; }

check_sudo() {
    if is_root || have sudo; then return; fi
    fail "there is no sudo here. As root, run \`apt-get install -y --no-install-recommends $1\`, then this script again."
}

# A repository that does not answer stops nothing: whether the packages can be had, the installation tells.
refresh_lists() {
    if [ -e "$scratch/lists" ]; then return; fi
    apt update || say '   apt-get update did not reach every repository; going on'
    : >"$scratch/lists"
}

install_packages() {
    check_sudo "$1"
    refresh_lists
    # Names without quotes: a list of words.
    # shellcheck disable=SC2086
    if apt install -y --no-install-recommends $1; then return; fi
    tail -n 20 "$scratch/apt.log" >&2
    fail "$step_name: apt-get could not install \"$1\" (its last lines stand above): fix that, then run this script again."
}

set_up_packages() {
    begin 'system packages' "$(if [ -n "$packages" ] && [ "$system" = debian ]; then echo 2; else echo 0; fi)"
    case $system in
        debian)
            if [ -n "$packages" ]; then
                install_packages "$packages"
                packages=$(missing)
                if [ -n "$packages" ]; then fail "$step_name: installed, but still not found: $packages. See \`ldconfig -p\` and /usr/share/vulkan/icd.d."; fi
            fi ;;
    esac
    end
}

# rustup comes from the distribution where that is possible without taking a cargo or rustc away that is packaged there.
install_rustup() {
    if [ "$system" = debian ] && { is_root || { have sudo && [ "$consent" = yes ]; }; } && ! has_file /usr/bin/cargo /usr/bin/rustc; then
        refresh_lists
        # A name that only other packages mention has no candidate ("(none)").
        if LC_ALL=C apt-cache policy rustup 2>/dev/null | grep -q 'Candidate: [^(]'; then
            say '   rustup: the package of this distribution'
            install_packages rustup
            return
        fi
    fi
    if ! have curl; then
        if [ "$system" = debian ]; then
            install_packages curl
        else
            fail "$step_name: install Rust from https://rustup.rs (or curl, then run this script again)."
        fi
    fi
    say "   rustup: running the installer of https://sh.rustup.rs; it installs into $cargo_bin and adds that to the PATH of new terminals"
    curl --proto '=https' --tlsv1.2 -sSf -o "$scratch/rustup-init.sh" https://sh.rustup.rs ||
        fail "$step_name: https://sh.rustup.rs cannot be reached. Install Rust $rust_wanted or newer yourself (https://rustup.rs), then run this script again."
    # An older Rust of the distribution stays as it is; the one of rustup goes before it.
    RUSTUP_INIT_SKIP_PATH_CHECK=yes sh "$scratch/rustup-init.sh" -y -q --profile minimal -c clippy -c rustfmt >"$scratch/rustup.log" 2>&1 || {
        tail -n 20 "$scratch/rustup.log" >&2
        fail "$step_name: the installer failed (its last lines stand above). Install Rust $rust_wanted or newer yourself (https://rustup.rs), then run this script again."
    }
    PATH=$cargo_bin:$PATH
}

# What the user has chosen as the default stays; where it is too old, the newest stable serves this run only.
update_rust() {
    rustup toolchain install stable --no-self-update --profile minimal -c clippy -c rustfmt >"$scratch/rustup.log" 2>&1 || {
        tail -n 20 "$scratch/rustup.log" >&2
        fail "$step_name: rustup could not install the stable toolchain (its last lines stand above). Run \`rustup toolchain install stable\`, then this script again."
    }
    if rust_is_new_enough; then return; fi
    if rustup default >/dev/null 2>&1; then
        export RUSTUP_TOOLCHAIN=stable
        toolchain=' +stable'
    else
        rustup default stable >>"$scratch/rustup.log" 2>&1 || fail "$step_name: run \`rustup default stable\`, then this script again."
    fi
}

set_up_rust() {
    begin 'Rust' "$(if [ -n "$rust_todo" ]; then echo 2; else echo 0; fi)"
    case $rust_todo in
        install)
            case $system in
                debian) install_rustup ;;
                *) fail "$step_name: install Rust $rust_wanted or newer from https://rustup.rs, then run this script again." ;;
            esac
            if ! rust_is_new_enough && have rustup; then update_rust; fi ;;
        update) update_rust ;;
    esac
    rust_is_new_enough ||
        fail "$step_name: version $rust_wanted or newer is needed, this is $(rust_version). Run \`rustup update stable\`, then this script again."
    parts=$(rust_parts_missing)
    if [ -n "$parts" ]; then
        # Names without quotes: a list of words.
        # shellcheck disable=SC2086
        { have rustup && rustup component add $parts >"$scratch/rustup.log" 2>&1; } ||
            fail "$step_name: \`cargo fmt\` and \`cargo clippy\` are needed; missing: $parts. Run \`rustup component add $parts\`, or install them with the system's package manager."
    fi
    end
}
