//! The end of the command by Ctrl-C and SIGTERM.

/// Runs a function before a signal ends the process, which exits with 128 and the signal's number, as
/// shells count it. Systems other than Unix end the process by themselves.
///
/// # Errors
/// The system's, where it gives no handler or no thread.
#[cfg(unix)]
pub(crate) fn before_exit(act: impl FnOnce() + Send + 'static) -> std::io::Result<()> {
    use signal_hook::consts::{SIGINT, SIGTERM};

    let mut signals = signal_hook::iterator::Signals::new([SIGINT, SIGTERM])?;
    let wait = move || {
        if let Some(signal) = signals.forever().next() {
            act();
            std::process::exit(128 + signal);
        }
    };
    let thread = std::thread::Builder::new().name("signals".to_owned());
    thread.spawn(wait).map(drop)
}

#[cfg(not(unix))]
pub(crate) fn before_exit(_: impl FnOnce() + Send + 'static) -> std::io::Result<()> {
    Ok(())
}
