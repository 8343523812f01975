//! The program: hands the command line to [`parkweekly::cli`], and a run without a command to the reader.
//! Must not hold more than what both are told by the environment; the two never meet but here.

use parkweekly::app::looks::Looks;
use parkweekly::app::reading::Reading;
use parkweekly::app::{Exit, Failure};
use parkweekly::cli;
use parkweekly::config::outlive_file_size_limit;
use parkweekly::look::draw_all_colours;
use parkweekly::source::pdf::{ASIDE, read_aside};
use parkweekly::tui::{self, Ending, Left, Setup};
use signal_hook::low_level::emulate_default_handler;
use std::env;
use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// What a panic of the main thread would end the program with.
const PANICKED: u8 = 101;

fn main() -> ExitCode {
    if is_aside() {
        return ExitCode::from(read_aside());
    }
    // Where that fails, the limit ends the program as it does any other; what was kept is kept.
    let _ = outlive_file_size_limit();
    let mut ending = Ending::Quit;
    let is_dumb = env::var_os("TERM").is_some_and(|term| term == "dumb");
    let has_screen = !is_dumb && std::io::stdout().is_terminal();
    let mut read = |settings: &cli::Settings, reading| {
        let left = read(settings, reading)?;
        ending = left.ending;
        Ok(left.told)
    };
    let program = program();
    let exit = cli::run(
        env::args_os(),
        &program,
        |name| env::var_os(name),
        has_screen.then_some(&mut read),
    );
    match (ending, exit) {
        (Ending::Panicked, _) => ExitCode::from(PANICKED),
        (Ending::Signal(signal), _) | (Ending::Quit, Exit::Signal(signal)) => {
            // Whoever started the program is to see that the signal ended it.
            let raised = emulate_default_handler(signal);
            ExitCode::from(raised.map_or(Exit::Failed, |()| Exit::Done).code())
        }
        (Ending::Quit, exit) => ExitCode::from(exit.code()),
    }
}

/// Where this program is, even if another one is put in its place meanwhile. Where it is not known, PDF alone cannot be read.
fn program() -> PathBuf {
    let own = Path::new("/proc/self/exe");
    if own.exists() {
        own.to_owned()
    } else {
        env::current_exe().unwrap_or_default()
    }
}

/// Whether this process was started by another of this program to read a PDF.
fn is_aside() -> bool {
    let mut arguments = env::args_os().skip(1);
    arguments.next().is_some_and(|argument| argument == ASIDE) && arguments.next().is_none()
}

/// Opens the reader. The one place where it is called.
fn read(settings: &cli::Settings, reading: Reading) -> Result<Left, Failure> {
    let config = &settings.loaded.config;
    let warning = settings.loaded.warning(settings.language);
    let theme = settings.loaded.theme();
    let warning = warning.into_iter().chain(theme.warning(settings.language));
    draw_all_colours();
    let failures = [reading.failures, reading.warnings].concat();
    tui::run(
        reading.store,
        Setup {
            language: settings.language,
            keymap: config.keymap.clone(),
            page: config.page,
            read_after: config.read_after,
            looks: Looks::new(config.screen.clone(), |name| env::var_os(name))
                .with_theme(theme.written),
            origin: reading.origin,
            failures: failures.into_iter().chain(warning).collect(),
            awaited: reading.awaited,
            shelf: reading.shelf,
            greeting: reading.greeting,
        },
    )
}
