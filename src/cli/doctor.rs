//! `doctor`: what this machine can do, and what is missing.

use super::{CliError, say, say_json};
use crate::atlas::{AtlasLimits, AtlasPlan, Pages};
use crate::gpu::context::{
    Gpu, GpuOptions, backend_order, instance, ranked_adapters, refuse_unless_driver_opens, tier_of,
};
use clap::Args;
use serde_json::{Value, json};

/// `doctor`.
#[derive(Debug, Args)]
pub struct DoctorArgs {
    /// Print one JSON document
    #[arg(long)]
    pub json: bool,
}

/// `inkfield doctor`.
pub fn run(args: &DoctorArgs) -> Result<(), CliError> {
    let Screen { display, details, mut advice } = screen();
    let mut adapters = Vec::new();
    // No driver is loaded where it would end the process.
    let order = if refuse_unless_driver_opens().is_ok() { backend_order() } else { Vec::new() };
    for backends in order {
        let instance = instance(backends, None);
        adapters.extend(ranked_adapters(&instance, backends, None).iter().map(describe));
    }
    let chosen = Gpu::headless(&GpuOptions::default());
    let mut answer = serde_json::Map::new();
    answer.insert("display".to_owned(), display.clone().into());
    answer.insert("screen".to_owned(), details);
    answer.insert("adapters".to_owned(), adapters.clone().into());
    let mut text = format!("display   {display}\n");
    for adapter in &adapters {
        let field = |name: &str| {
            adapter
                .get(name)
                .map_or_else(String::new, |value| value.as_str().map_or_else(|| value.to_string(), str::to_owned))
        };
        text += &format!(
            "adapter   {} ({}, {}, driver {})\n          textures up to {} px, {} layers, buffers up to {} MiB\n",
            field("name"),
            field("backend"),
            field("type"),
            field("driver"),
            field("texture_px"),
            field("layers"),
            field("buffer_mib"),
        );
    }
    let failed = match chosen {
        Ok(gpu) => {
            let capacity = capacity(gpu.atlas_limits);
            let reason = if gpu.info.device_type == wgpu::DeviceType::Cpu {
                advice.push(
                    "for speed, install the Vulkan driver of this machine's GPU, if it has one \
                     (Debian, Ubuntu: mesa-vulkan-drivers for AMD and Intel, nvidia-driver for NVIDIA)"
                        .to_owned(),
                );
                "no GPU answered: the software driver draws"
            } else {
                "it is the first GPU that answered"
            };
            let used = json!({
                "name": gpu.info.name, "reason": reason, "tier": gpu.tier.to_string(), "drawings_per_gib": capacity,
            });
            answer.insert("used".to_owned(), used);
            text += &format!(
                "used      {}: {reason}\ntier      {}\nholds     {} drawings of 28 × 28 per GiB of GPU memory\n",
                gpu.info.name,
                gpu.tier,
                crate::words::thousands(capacity),
            );
            None
        }
        Err(error) => {
            answer.insert("used".to_owned(), Value::Null);
            answer.insert("error".to_owned(), error.to_string().into());
            text += &format!("used      none: {error}\n");
            Some(error)
        }
    };
    text.extend(advice.iter().map(|advice| format!("advice    {advice}\n")));
    answer.insert("advice".to_owned(), advice.into());
    if args.json {
        say_json(answer)?;
    } else {
        say(&text)?;
    }
    failed.map_or(Ok(()), |error| Err(crate::headless::HeadlessError::from(error).into()))
}

fn describe(adapter: &wgpu::Adapter) -> Value {
    let (info, limits) = (adapter.get_info(), adapter.limits());
    json!({
        "name": info.name,
        "backend": info.backend.to_string(),
        "type": format!("{:?}", info.device_type),
        "driver": format!("{} {}", info.driver, info.driver_info).trim(),
        "tier": tier_of(adapter).to_string(),
        "texture_px": limits.max_texture_dimension_2d,
        "layers": limits.max_texture_array_layers,
        "buffer_mib": limits.max_buffer_size / 1_048_576,
        "storage_binding_mib": limits.max_storage_buffer_binding_size / 1_048_576,
    })
}

/// Drawings of 28 × 28 that fit in a GiB with mip levels.
fn capacity(limits: AtlasLimits) -> u64 {
    const ROWS: u32 = 1_000_000;
    AtlasPlan::new(ROWS, 28, 28, Pages::Ink, limits)
        .map_or(0, |plan| u64::from(ROWS) * (1 << 30) / plan.gpu_bytes().max(1))
}

/// The display in words, what programs may read of it, and what to do about it.
struct Screen {
    display: String,
    details: Value,
    advice: Vec<String>,
}

/// On Windows and macOS there is nothing to ask.
#[cfg(not(target_os = "linux"))]
fn screen() -> Screen {
    Screen { display: "the system's".to_owned(), details: Value::Null, advice: Vec::new() }
}

#[cfg(target_os = "linux")]
fn screen() -> Screen {
    use crate::app::display::Display;
    let display = Display::ask();
    let mut advice: Vec<String> = display.obstacles().iter().map(ToString::to_string).collect();
    advice.extend(crate::app::display::absent_compositor().map(|absent| absent.to_string()));
    let (words, details) = match &display {
        Display::None => {
            let without = "there is no display for a window; `inkfield render … --out picture.png` draws without one";
            advice.push(without.to_owned());
            ("none".to_owned(), Value::Null)
        }
        Display::Wayland(name) => {
            let words = format!("Wayland {name} (dropping files on the window needs X11: unset WAYLAND_DISPLAY)");
            (words, Value::Null)
        }
        Display::X11 { name, server: Err(reason) } => {
            advice.push(format!("the X server {name} does not answer: {reason}. Set DISPLAY to one that runs"));
            (format!("X11 {name}, which does not answer"), Value::Null)
        }
        Display::X11 { name, server: Ok(server) } => {
            let scale = display.scale().ok().flatten();
            if !crate::app::start::is_plain(server.depth) {
                advice.push(crate::app::AppError::Depth { depth: server.depth }.to_string());
            }
            let ([width, height], [free_width, free_height]) = (server.monitor.size, server.room.size);
            let mut words = format!(
                "X11 {name}: {width} × {height} pixels, {free_width} × {free_height} of them for windows, depth {}",
                server.depth
            );
            if let Some((scale, from)) = scale {
                words += &format!(", scale {scale} ({from})");
            }
            let details = json!({
                "size_px": server.monitor.size,
                "room_px": server.room.size,
                "window_manager": server.is_managed,
                "depth": server.depth,
                "scale": scale.map(|(scale, _)| scale),
                "missing": server.missing,
            });
            (words, details)
        }
    };
    Screen { display: words, details, advice }
}
