//! `config themes` and `config theme`: what themes there are, what they look like, and what their files say.
//! Must not ask the terminal anything.

use super::super::Settings;
use super::super::output::{self, Output, Stop};
use crate::app::looks::{Answers, Looks};
use crate::app::settings::fault;
use crate::app::themes::{Known, Themes};
use crate::app::{Exit, Failure};
use crate::config::Language;
use crate::look::{Role, painted};
use crate::text::{WidthPolicy, clean};
use serde::Serialize;

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Arguments {
    #[arg(long)]
    json: bool,
}

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Named {
    #[arg(value_name = "NAME")]
    name: String,
}

/// The theme that goes with the background.
const AUTO: &str = "auto";

/// What the words of `theme.sample` are an example of.
const SAMPLE: [Role; 7] = [
    Role::Text,
    Role::Section,
    Role::Faint,
    Role::Match,
    Role::Selected,
    Role::Notice,
    Role::Error,
];

/// A line of `config themes --json`.
#[derive(Debug, Serialize)]
struct Line<'t> {
    name: &'t str,
    about: &'t str,
    built_in: bool,
    used: bool,
    path: Option<String>,
}

/// All themes, with the one that is set marked; on a terminal with an example of each.
pub(super) fn run(
    arguments: &Arguments,
    settings: &Settings,
    output: &mut Output,
) -> Result<(), Stop> {
    let (language, loaded) = (settings.language, &settings.loaded);
    let (themes, chosen) = (loaded.themes(), loaded.theme());
    output::warn(chosen.warning(language).as_slice(), language);
    let set = chosen.written.as_ref().and(chosen.name.as_deref());
    let used = set.unwrap_or(AUTO);
    let looks = Looks::new(loaded.config.screen.clone(), |name| std::env::var_os(name));
    let mut all = all(&themes, used);
    all.insert(
        0,
        Known {
            name: AUTO.to_owned(),
            path: None,
        },
    );
    let policy = WidthPolicy::default();
    let widths = all.iter().map(|theme| policy.width(&clean(&theme.name)));
    let widest = widths.max().unwrap_or(0);
    for theme in &all {
        let (name, about) = (clean(&theme.name), about(theme, language));
        let is_used = theme.name == used;
        if arguments.json {
            output.json(&Line {
                name: &name,
                about: &about,
                built_in: theme.path.is_none(),
                used: is_used,
                path: theme.path.as_ref().map(|path| shown(path)),
            })?;
            continue;
        }
        let sign = if is_used { "*" } else { " " };
        let fill = " ".repeat(widest - policy.width(&name));
        output.line(&format!("{sign} {name}{fill}  {about}"))?;
        let written = themes.of(&theme.name).written;
        if let Some(written) = written.filter(|_| output.is_terminal()) {
            let looks = looks.clone().with_theme(Some(written));
            output.line(&format!("  {}", sample(&looks, language)?))?;
        }
    }
    Ok(())
}

/// All themes, with the one that is set, which may be a file that has no name among them.
fn all(themes: &Themes, used: &str) -> Vec<Known> {
    let mut all = themes.all();
    if used != AUTO && all.iter().all(|theme| theme.name != used) {
        all.push(Known {
            name: used.to_owned(),
            path: themes.file(used),
        });
    }
    all
}

fn shown(path: &std::path::Path) -> String {
    clean(&path.display().to_string()).into_owned()
}

/// What a theme is for; of one of the user's own, where it is.
fn about(theme: &Known, language: Language) -> String {
    match &theme.path {
        Some(path) => language.say_with("theme.own", &[("path", &shown(path))]),
        None => language.say(&format!("theme.{}", theme.name)).into_owned(),
    }
}

/// Words in the styles of a theme, as the reader draws them.
fn sample(looks: &Looks, language: Language) -> Result<String, Failure> {
    let theme = looks.look(Answers::default())?.theme;
    let words = language.say("theme.sample");
    let words = words.split_whitespace().zip(SAMPLE);
    let text = theme.style(Role::Text);
    let mut sample = painted(text, " ");
    for (word, role) in words {
        sample.push_str(&painted(theme.style(role), &format!(" {word} ")));
        sample.push_str(&painted(text, " "));
    }
    Ok(sample)
}

/// The file of a theme, as a beginning of one of one's own.
pub(super) fn write(
    arguments: &Named,
    settings: &Settings,
    output: &mut Output,
) -> Result<(), Stop> {
    let language = settings.language;
    let text = settings.loaded.themes().text(&arguments.name);
    let text = text.map_err(|found| {
        let arguments = vec![("reason", fault(&found, language))];
        Failure::new("no-such-theme", arguments).ending(Exit::Nothing)
    })?;
    output.line(&clean_lines(&text))
}

/// Lines without what a terminal could act on.
fn clean_lines(text: &str) -> String {
    let lines: Vec<_> = text.lines().map(clean).collect();
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Config, built_in};
    use crate::keys::Keymap;

    #[test]
    fn a_sample_without_colours_stands_out_as_in_the_reader() {
        let screen = Config::new(Keymap::built_in().unwrap()).screen;
        let looks = Looks::new(screen, |name| (name == "NO_COLOR").then(|| "1".into()));
        let dark = looks.with_theme(built_in("dark"));
        let sample = sample(&dark, Language::English).unwrap();
        for word in [" selected ", " notice "] {
            let (before, _) = sample.split_once(word).unwrap();
            let (_, style) = before.rsplit_once(' ').unwrap();
            assert!(style.contains("\x1b[7m"), "{word}: {sample:?}");
        }
        assert!(
            !sample.contains("[38;") && !sample.contains("[48;"),
            "{sample:?}"
        );
    }
}
