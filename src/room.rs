//! How much memory this process may still take, as the system tells in its files, and what is left on a disk; unknown where it does not say.

use std::fmt;
use std::fs::{File, read_to_string};
use std::path::Path;
use std::sync::OnceLock;

/// What sets a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// The process's own.
    AddressSpace,
    /// What the machine has.
    Machine,
    /// What the container or service may take.
    ControlGroup,
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::AddressSpace => "address space, `ulimit -v`",
            Self::Machine => "free memory and swap",
            Self::ControlGroup => "memory limit of the control group",
        })
    }
}

/// What is left below a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Room {
    /// Bytes.
    pub(crate) left: u64,
    /// Which limit.
    pub(crate) limit: Limit,
}

/// The tightest of all limits; `None` where the system tells of none.
pub(crate) fn least() -> Option<Room> {
    [address_space(), machine(), control_group()].into_iter().flatten().min_by_key(|room| room.left)
}

/// The room that does not hold so many bytes; `None` where it does. Where the system tells no numbers, it is asked for that
/// much, and gets it back at once.
pub(crate) fn short_of(bytes: u64) -> Option<Room> {
    if let Some(room) = least() {
        return (room.left < bytes).then_some(room);
    }
    let granted =
        |bytes: u64| usize::try_from(bytes).is_ok_and(|bytes| Vec::<u8>::new().try_reserve_exact(bytes).is_ok());
    if granted(bytes) {
        return None;
    }
    let left = std::iter::successors(Some(bytes / 2), |bytes| Some(bytes / 2)).find(|&bytes| granted(bytes))?;
    Some(Room { left, limit: Limit::Machine })
}

/// What is left of a limited address space.
pub(crate) fn address_space() -> Option<Room> {
    let most = address_limit(&read_to_string("/proc/self/limits").ok()?)?;
    let taken = kib_of(&read_to_string("/proc/self/status").ok()?, "VmSize:")?;
    Some(Room { left: most.saturating_sub(taken), limit: Limit::AddressSpace })
}

/// Whether there is a limit of the address space at all: as it was when first asked.
pub(crate) fn is_address_space_limited() -> bool {
    static LIMITED: OnceLock<bool> = OnceLock::new();
    *LIMITED.get_or_init(|| address_space().is_some())
}

/// Most bytes this process ever held in memory; `None` where the system does not say.
pub fn peak_bytes() -> Option<u64> {
    kib_of(&read_to_string("/proc/self/status").ok()?, "VmHWM:")
}

/// Bytes that are left on a file's disk, and all it has; `None` where the system does not say.
pub(crate) fn on_disk(file: &File) -> Option<(u64, u64)> {
    #[cfg(unix)]
    {
        let disk = rustix::fs::fstatvfs(file).ok()?;
        Some((disk.f_bavail.saturating_mul(disk.f_frsize), disk.f_blocks.saturating_mul(disk.f_frsize)))
    }
    #[cfg(not(unix))]
    {
        let _ = file;
        None
    }
}

fn machine() -> Option<Room> {
    let told = read_to_string("/proc/meminfo").ok()?;
    let left = kib_of(&told, "MemAvailable:")? + kib_of(&told, "SwapFree:").unwrap_or(0);
    Some(Room { left, limit: Limit::Machine })
}

/// Version 2 of control groups; what caches of files take can be taken back.
fn control_group() -> Option<Room> {
    let own = read_to_string("/proc/self/cgroup").ok()?;
    let path = own.lines().find_map(|line| line.strip_prefix("0::/"))?;
    // The groups above limit this one, too.
    let root = Path::new("/sys/fs/cgroup");
    let own = root.join(path);
    let rooms = own.ancestors().take_while(|folder| folder.starts_with(root)).filter_map(|folder| {
        let number = |name: &str| read_to_string(folder.join(name)).ok()?.trim().parse::<u64>().ok();
        let (most, taken) = (number("memory.max")?, number("memory.current")?);
        let caches = read_to_string(folder.join("memory.stat")).ok().and_then(|told| cached(&told)).unwrap_or(0);
        Some(most.saturating_sub(taken.saturating_sub(caches)))
    });
    rooms.min().map(|left| Room { left, limit: Limit::ControlGroup })
}

/// The soft limit of the address space, bytes; `None` where there is none.
fn address_limit(limits: &str) -> Option<u64> {
    let line = limits.lines().find_map(|line| line.strip_prefix("Max address space"))?;
    line.split_whitespace().next()?.parse().ok()
}

/// A line such as `VmSize:  1234 kB`, in bytes.
fn kib_of(told: &str, name: &str) -> Option<u64> {
    let line = told.lines().find_map(|line| line.strip_prefix(name))?;
    line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok()?.checked_mul(1024)
}

fn cached(stat: &str) -> Option<u64> {
    stat.lines().find_map(|line| line.strip_prefix("file "))?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_15_limits_are_read_as_the_system_writes_them() {
        let limits = "Limit                     Soft Limit           Hard Limit           Units     \n\
                      Max cpu time              unlimited            unlimited            seconds   \n\
                      Max address space         512000000            unlimited            bytes     \n";
        assert_eq!(address_limit(limits), Some(512_000_000));
        assert_eq!(address_limit(&limits.replace("512000000", "unlimited")), None);
        assert_eq!(kib_of("VmPeak:\t  20 kB\nVmSize:\t   12 kB\n", "VmSize:"), Some(12 << 10));
        assert_eq!(kib_of("VmSize:\t   12\n", "VmSize:"), None);
        assert_eq!(kib_of("MemAvailable:   18446744073709551615 kB\n", "MemAvailable:"), None);
        assert_eq!(cached("anon 7\nfile 4096\nfile_mapped 1\n"), Some(4096));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn faults_15_this_machine_tells_how_much_is_left() {
        let (room, peak) = (least(), peak_bytes());
        assert!(room.is_some_and(|room| room.left > 1 << 20) && peak.is_some_and(|peak| peak > 1 << 20), "{room:?}");
    }
}
