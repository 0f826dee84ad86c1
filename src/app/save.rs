//! `S`: saves the picture that `render` draws, labels included, without holding a frame up.

use super::Wake;
use super::session::Session;
use crate::export::write_png;
use crate::gpu::context::GpuError;
use crate::gpu::readback::{copy_to_buffer, readback_buffer, rgba_of};
use std::path::PathBuf;
use std::sync::Arc;
use winit::event_loop::EventLoopProxy;

/// Starts saving the scatter's finished picture; the event loop hears how it went.
pub fn start(session: &mut Session, proxy: &EventLoopProxy<Wake>) -> Result<(), GpuError> {
    let gpu = Arc::clone(session.renderer.gpu());
    let mut encoder = gpu.device.create_command_encoder(&wgpu::CommandEncoderDescriptor { label: Some("save") });
    let picture = session.renderer.compose_alone(&session.scene.scatter_frame(), &mut encoder)?;
    let (size, format) = ([picture.width(), picture.height()], picture.format());
    let buffer = readback_buffer(&gpu.device, size, 4);
    copy_to_buffer(&mut encoder, &picture, size, 4, &buffer);
    let submission = gpu.queue.submit([encoder.finish()]);
    let (sender, receiver) = std::sync::mpsc::channel();
    buffer.slice(..).map_async(wgpu::MapMode::Read, move |result| {
        // The thread below waits for it.
        let _ = sender.send(result.map_err(|error| error.to_string()));
    });
    let (path, proxy) = (free_path(session.dataset.title()), proxy.clone());
    let work = move || {
        let saved = gpu
            .wait_for_submission(&submission)
            .map_err(|error| error.to_string())
            .and_then(|()| receiver.recv().map_err(|error| error.to_string())?)
            .and_then(|()| {
                buffer.slice(..).get_mapped_range().map(|view| view.to_vec()).map_err(|error| error.to_string())
            })
            .and_then(|padded| {
                write_png(&path, size, &rgba_of(&padded, size, format)).map_err(|error| error.to_string())
            });
        // The window may be gone by now: nobody is left to tell.
        let _ = proxy.send_event(Wake::Saved(saved.map(|()| path)));
    };
    if let Err(error) = std::thread::Builder::new().name("save".to_owned()).spawn(work) {
        tracing::error!("no thread to save with: {error}");
    }
    Ok(())
}

/// A name in the current folder that is not taken: `octopus.png`, `octopus-2.png` …
fn free_path(title: &str) -> PathBuf {
    let stem = safe_stem(title);
    let folder = std::env::current_dir().unwrap_or_default();
    let names = std::iter::once(format!("{stem}.png")).chain((2..).map(|n| format!("{stem}-{n}.png")));
    names.map(|name| folder.join(name)).find(|path| !path.exists()).unwrap_or_default()
}

/// A title as a file name: letters, digits and dashes.
pub(super) fn safe_stem(title: &str) -> String {
    let stem: String = title.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).take(60).collect();
    let words: Vec<&str> = stem.split('-').filter(|word| !word.is_empty()).collect();
    if words.is_empty() { "inkfield".to_owned() } else { format!("inkfield-{}", words.join("-")) }
}

#[cfg(test)]
mod tests {
    use super::safe_stem;

    #[test]
    fn faults_28_a_title_cannot_leave_the_folder() {
        assert_eq!(safe_stem("quickdraw / 13 categories"), "inkfield-quickdraw-13-categories");
        assert_eq!(safe_stem("../../etc/passwd"), "inkfield-etc-passwd");
        assert_eq!(safe_stem("\u{202e}.."), "inkfield");
    }
}
