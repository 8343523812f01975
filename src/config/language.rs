//! The language of the interface, and its words from `assets/locales`.
//! The only place that asks for a word; everything shown to a reader comes through [`Language::say`].

use rust_i18n::t;
use std::borrow::Cow;
use std::fmt::Display;

/// A language that the interface speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum Language {
    /// 中文
    #[default]
    Chinese,
    /// English
    English,
}

impl Language {
    /// Every language, in the order of preference.
    pub const ALL: [Self; 2] = [Self::Chinese, Self::English];

    /// The code used in `assets/locales` and by `--lang`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Chinese => "zh",
            Self::English => "en",
        }
    }

    /// The language of a code or a locale name: `zh`, `zh_CN.UTF-8`, `en-GB`. `None` for any other, `C` and `POSIX` among them.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        let code = code.to_ascii_lowercase();
        let language = code.split(['_', '-', '.', '@']).next()?;
        match language {
            "zh" => Some(Self::Chinese),
            "en" => Some(Self::English),
            _ => None,
        }
    }

    /// The language of a run: what `chosen` names, else the first of the locale variables that is set.
    ///
    /// A locale that names no language (`C`, `POSIX`, none at all) means Chinese, the language of what is read; one
    /// that names a language other than Chinese means English.
    #[must_use]
    pub fn detect(chosen: Option<Self>, variable: impl Fn(&str) -> Option<String>) -> Self {
        if let Some(language) = chosen {
            return language;
        }
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
            .into_iter()
            .find_map(|name| variable(name).filter(|value| !value.is_empty()))
            .unwrap_or_default();
        let base = locale.split(['.', '@']).next().unwrap_or_default();
        match base {
            "" | "C" | "POSIX" => Self::Chinese,
            _ => Self::from_code(base).unwrap_or(Self::English),
        }
    }

    /// The word or sentence for `key`.
    #[must_use]
    pub fn say(self, key: &str) -> Cow<'static, str> {
        Cow::Owned(t!(key, locale = self.code()).into_owned())
    }

    /// The sentence for `key` with `%{name}` filled in from `arguments`; the one for `key-one`, where there is one, if the
    /// argument `n` is 1.
    #[must_use]
    pub fn say_with(self, key: &str, arguments: &[(&str, &dyn Display)]) -> String {
        let names: Vec<&str> = arguments.iter().map(|(name, _)| *name).collect();
        let values: Vec<String> = arguments
            .iter()
            .map(|(_, value)| value.to_string())
            .collect();
        let is_one = names
            .iter()
            .zip(&values)
            .any(|pair| pair == (&"n", &"1".to_owned()));
        let one = format!("{key}-one");
        let key = if is_one && self.knows(&one) {
            &one
        } else {
            key
        };
        rust_i18n::replace_patterns(&self.say(key), &names, &values)
    }

    /// Whether `key` has words in this language.
    #[must_use]
    pub fn knows(self, key: &str) -> bool {
        crate::_rust_i18n_try_translate(self.code(), key).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::{Action, Context, Group};

    fn detect(variables: &[(&str, &str)]) -> Language {
        Language::detect(None, |name| {
            variables
                .iter()
                .find(|(key, _)| *key == name)
                .map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn the_locale_decides_unless_a_language_is_chosen() {
        assert_eq!(detect(&[]), Language::Chinese);
        assert_eq!(detect(&[("LANG", "C.UTF-8")]), Language::Chinese);
        assert_eq!(detect(&[("LANG", "zh_CN.UTF-8")]), Language::Chinese);
        assert_eq!(detect(&[("LANG", "en_US.UTF-8")]), Language::English);
        assert_eq!(detect(&[("LANG", "de_DE.UTF-8")]), Language::English);
        assert_eq!(
            detect(&[("LANG", "en_US"), ("LC_ALL", "zh_TW")]),
            Language::Chinese
        );
        assert_eq!(
            detect(&[("LANG", "en_US"), ("LC_ALL", "")]),
            Language::English
        );
        assert_eq!(
            Language::detect(Some(Language::English), |_| Some("zh_CN".into())),
            Language::English
        );
    }

    #[test]
    fn arguments_are_filled_in() {
        for language in Language::ALL {
            assert!(
                language
                    .say_with("count.items", &[("n", &64)])
                    .contains("64")
            );
        }
    }

    #[test]
    fn every_action_and_group_has_words_in_every_language() {
        for language in Language::ALL {
            let everywhere = Action::ALL
                .into_iter()
                .flat_map(|action| Context::ALL.map(|context| (action, context)));
            for (action, context) in everywhere {
                for word in [action.word(context), action.short_word(context)] {
                    assert!(language.knows(&word), "{word} in {}", language.code());
                }
            }
            for group in Group::ALL {
                assert!(
                    language.knows(group.word()),
                    "{} in {}",
                    group.word(),
                    language.code()
                );
            }
        }
    }
}
