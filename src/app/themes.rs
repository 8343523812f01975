//! The theme that is set, and all there are: those that are built in, and theme files of the user's own.
//! Must not make or change a file, or look at what the terminal can do.

use super::Failure;
use super::settings::{Unread, line, text};
use crate::config::{BUILT_IN, Fault, Language, Named, Problem, Written, built_in, read_theme};
use crate::text::nearest;
use std::fs;
use std::path::{Path, PathBuf};

/// The end of the name of a theme file.
const END: &str = "toml";

/// Something that is wrong with a theme file, or with the line of the settings that names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Located {
    /// The file.
    pub path: PathBuf,
    /// What is wrong in it.
    pub problem: Problem,
}

/// The theme that is set.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Chosen {
    /// Its name, or the path of its file, as it is written; none where none is set.
    pub name: Option<String>,
    /// The theme; none where none is set, or it cannot be taken and the one that goes with the background has its place.
    pub written: Option<Written>,
    /// All that is wrong with it.
    pub problems: Vec<Located>,
}

impl Chosen {
    /// What is to be told of it at the start; none where all is well.
    #[must_use]
    pub fn warning(&self, language: Language) -> Option<Failure> {
        let first = self.problems.first()?;
        let arguments = vec![
            ("n", self.problems.len().to_string()),
            ("name", self.name.clone().unwrap_or_default()),
            ("first", first.line(language)),
        ];
        Some(Failure::new("theme-faulty", arguments))
    }
}

impl Located {
    /// What is wrong, and where: `mine.toml:3:1: match: …`.
    #[must_use]
    pub fn line(&self, language: Language) -> String {
        format!("{}:{}", self.path.display(), line(&self.problem, language))
    }
}

/// A theme that can be set by its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Its name.
    pub name: String,
    /// Its file; none of one that is built in.
    pub path: Option<PathBuf>,
}

/// Where theme files are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Themes {
    /// The settings file.
    settings: PathBuf,
    /// The home folder of this user, for `~`.
    home: Option<PathBuf>,
}

/// What is read of the files of a theme on the way to those that it inherits.
#[derive(Default)]
struct Way {
    files: Vec<PathBuf>,
    problems: Vec<Located>,
}

impl Themes {
    /// Themes beside this settings file, whether it is there or not.
    #[must_use]
    pub fn beside(settings: Option<&Path>, home: Option<PathBuf>) -> Self {
        Self {
            settings: settings.map(Path::to_owned).unwrap_or_default(),
            home,
        }
    }

    /// Reads the theme that is named in the settings.
    #[must_use]
    pub fn chosen(&self, named: Option<&Named>) -> Chosen {
        let Some(named) = named else {
            return Chosen::default();
        };
        let mut way = Way::default();
        let found = self.find(&named.name, &mut way);
        let mut problems = way.problems;
        let written = found.map_err(|fault| {
            let problem = Problem {
                line: named.line,
                column: named.column,
                key: "screen.theme".to_owned(),
                fault,
            };
            problems.push(Located {
                path: self.settings.clone(),
                problem,
            });
        });
        Chosen {
            name: Some(named.name.clone()),
            written: written.ok().filter(|_| problems.is_empty()),
            problems,
        }
    }

    /// A theme with what it inherits. A name is first looked for in the folder `themes` beside the settings, then among those
    /// that are built in; what has a slash in it or ends with `.toml` is the path of a file.
    fn find(&self, name: &str, way: &mut Way) -> Result<Written, Fault> {
        let is_left = |path: &PathBuf| !way.files.contains(path) || built_in(name).is_none();
        // One's own `dark` may inherit the one that is built in.
        let Some(path) = self.file(name).filter(is_left) else {
            return built_in(name).ok_or_else(|| self.unknown(name));
        };
        if way.files.contains(&path) {
            return Err(Fault::Circle(name.to_owned()));
        }
        let text = text(&path).map_err(|unread| unread_file(&path, unread))?;
        way.files.push(path.clone());
        let (written, problems) = read_theme(&text, &mut |name| self.find(name, way));
        way.files.pop();
        let located = problems.into_iter().map(|problem| Located {
            path: path.clone(),
            problem,
        });
        way.problems.extend(located);
        Ok(written)
    }

    /// The text of the file of a theme.
    ///
    /// # Errors
    /// There is no such theme, or its file cannot be read.
    pub fn text(&self, name: &str) -> Result<String, Fault> {
        if let Some(path) = self.file(name) {
            return text(&path).map_err(|unread| unread_file(&path, unread));
        }
        let mut all = BUILT_IN.into_iter();
        let found = all.find(|(known, _)| *known == name);
        found.map_or_else(|| Err(self.unknown(name)), |(_, text)| Ok(text.to_owned()))
    }

    /// The file of a theme, unless it is one that is built in or there is none.
    #[must_use]
    pub fn file(&self, name: &str) -> Option<PathBuf> {
        self.path(name).or_else(|| self.own(name))
    }

    /// The file that a name is the path of, if it is one. From the folder of the settings, or from home behind `~`.
    fn path(&self, name: &str) -> Option<PathBuf> {
        let path = Path::new(name);
        let is_path = path.components().count() > 1
            || name.contains(std::path::is_separator)
            || path.extension().is_some_and(|end| end == END);
        let under_home = path.strip_prefix("~").ok().zip(self.home.as_ref());
        is_path.then(|| match under_home {
            Some((rest, home)) => home.join(rest),
            None => self.folder().join(path),
        })
    }

    fn folder(&self) -> &Path {
        self.settings.parent().unwrap_or_else(|| Path::new(""))
    }

    /// The theme file of this name, if there is one.
    fn own(&self, name: &str) -> Option<PathBuf> {
        let path = self.folder().join("themes").join(format!("{name}.{END}"));
        path.is_file().then_some(path)
    }

    /// That there is no theme of this name, and which one may be meant.
    fn unknown(&self, name: &str) -> Fault {
        let all = self.all();
        let known = all.iter().map(|theme| theme.name.as_str());
        let near = nearest(name, known.chain(["auto"]));
        Fault::Theme(name.to_owned(), near.map(str::to_owned))
    }

    /// All themes that have a name: those that are built in, then those of the folder, by name. One of the folder takes the place
    /// of one that is built in.
    #[must_use]
    pub fn all(&self) -> Vec<Known> {
        let files = fs::read_dir(self.folder().join("themes"));
        let files = files.into_iter().flatten().flatten();
        let mut own: Vec<Known> = files
            .filter_map(|file| {
                let path = file.path();
                let is_theme = path.extension().is_some_and(|end| end == END) && path.is_file();
                let name = path.file_stem()?.to_str()?.to_owned();
                is_theme.then_some(Known {
                    name,
                    path: Some(path),
                })
            })
            .collect();
        own.sort_by(|a, b| a.name.cmp(&b.name));
        let is_own = |name: &str| own.iter().any(|theme| theme.name == name);
        let names = BUILT_IN.into_iter().map(|(name, _)| name);
        let mut all: Vec<Known> = names
            .filter(|name| !is_own(name))
            .map(|name| Known {
                name: name.to_owned(),
                path: None,
            })
            .collect();
        all.append(&mut own);
        all
    }

    /// A theme by its name or the path of its file.
    #[must_use]
    pub fn of(&self, name: &str) -> Chosen {
        self.chosen(Some(&Named {
            name: name.to_owned(),
            line: 1,
            column: 1,
        }))
    }
}

fn unread_file(path: &Path, unread: Unread) -> Fault {
    let path = path.display().to_string();
    match unread {
        Unread::Missing => Fault::NoTheme(path),
        Unread::Folder => Fault::Folder(path),
        Unread::NoText => Fault::NoText(path),
        Unread::Otherwise(reason) => Fault::Unread(path, reason),
    }
}

#[cfg(test)]
mod tests;
