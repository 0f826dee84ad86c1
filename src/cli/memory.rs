//! Memory of this process: what it took at most, and whether it may take more.

use super::CliError;

/// What a drawing takes in a layout and its index, bytes (23 were measured).
pub(super) const LAYOUT_BYTES: u64 = 24;

/// What the columns of a record take while they grow, bytes (48 were measured on the demo's five).
pub(super) const RECORD_BYTES: u64 = 64;

/// Asks the system for the memory that `rows` drawings need and gives it back at once: where it refuses, a message can still
/// be written, while an allocation that fails later ends the process.
pub(super) fn refuse_if_short(rows: u32, bytes_per_row: u64) -> Result<(), CliError> {
    let bytes = u64::from(rows) * bytes_per_row;
    let granted = usize::try_from(bytes).is_ok_and(|bytes| Vec::<u8>::new().try_reserve_exact(bytes).is_ok());
    if granted { Ok(()) } else { Err(CliError::Memory { rows, bytes }) }
}

/// Most bytes this process ever held in memory; `None` where the system does not say.
pub fn peak_bytes() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kib: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kib * 1024)
}
