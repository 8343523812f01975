//! The program: hands the command line to [`parkweekly::cli`], and a run without a command to the reader.
//! Must not hold anything else; the two never meet but here.

use parkweekly::app::Failure;
use parkweekly::cli;
use std::io::IsTerminal as _;
use std::process::ExitCode;

fn main() -> ExitCode {
    let exit = cli::run(std::env::args_os(), |name| std::env::var_os(name), read);
    ExitCode::from(exit.code())
}

/// Opens the reader. The one place where it is called.
fn read(_settings: &cli::Settings) -> Result<(), Failure> {
    if !std::io::stdout().is_terminal() {
        return Err(Failure::new("reader-needs-terminal", vec![]));
    }
    Err(Failure::new("reader-missing", vec![]))
}
