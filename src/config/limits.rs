//! The limits that the system sets to this program.
//! Must not lift any.

/// Lets a limit on the size of files make a write fail, instead of ending the program: what was said to be kept is kept, and the
/// rest is told.
///
/// # Errors
/// The system does not let the signal be caught.
pub fn outlive_file_size_limit() -> std::io::Result<()> {
    #[cfg(unix)]
    {
        use signal_hook::{consts::SIGXFSZ, flag};
        use std::sync::{Arc, atomic::AtomicBool};
        // Nobody asks the flag: it is enough that the signal has a handler. The write then fails with EFBIG.
        flag::register(SIGXFSZ, Arc::new(AtomicBool::new(false)))?;
    }
    Ok(())
}
