//! The scripts that are known to contradict RFC 9293, each with the clause.

use std::fs;
use std::path::Path;

use serde::Deserialize;

/// Known departures, as `departures.toml` lists them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Departures {
    /// In the order of the file.
    #[serde(default, rename = "departure")]
    pub entries: Vec<Departure>,
}

/// Scripts that contradict the standard.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Departure {
    /// The end of their paths; `*` matches anything within a name.
    pub scripts: String,
    /// The clause that they contradict.
    pub clause: String,
    /// What they demand instead.
    pub reason: String,
}

impl Departures {
    /// Reads the file at `path`.
    ///
    /// # Errors
    /// A message about what is wrong with the file.
    pub fn read(path: &Path) -> Result<Self, String> {
        let text = fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
        toml::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))
    }

    /// The entry for the script at `path`.
    #[must_use]
    pub fn find(&self, path: &Path) -> Option<&Departure> {
        let path: Vec<_> = path.iter().map(|part| part.to_string_lossy().into_owned()).collect();
        self.entries.iter().find(|entry| {
            let pattern: Vec<_> = entry.scripts.split('/').collect();
            let start = path.len().checked_sub(pattern.len());
            start.is_some_and(|start| path[start..].iter().zip(&pattern).all(|(name, part)| fits(name, part)))
        })
    }
}

/// Whether `name` matches `pattern`.
fn fits(name: &str, pattern: &str) -> bool {
    let Some((start, rest)) = pattern.split_once('*') else { return name == pattern };
    let Some(name) = name.strip_prefix(start) else { return false };
    (0..=name.len()).filter(|at| name.is_char_boundary(*at)).any(|at| fits(&name[at..], rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_fits_the_end_of_a_path() {
        let text = "[[departure]]\nscripts = \"a/b-*-c*.pkt\"\nclause = \"x\"\nreason = \"y\"\n";
        let departures: Departures = toml::from_str(text).expect("reads");
        for (path, is_listed) in [
            ("top/a/b-1-c2.pkt", true),
            ("a/b--c.pkt", true),
            ("b-1-c.pkt", false),
            ("top/a/b-1-d.pkt", false),
            ("a/d/b-1-c.pkt", false),
        ] {
            assert_eq!(departures.find(Path::new(path)).is_some(), is_listed, "{path}");
        }
    }

    #[test]
    fn an_entry_without_its_clause_is_an_error() {
        assert!(toml::from_str::<Departures>("[[departure]]\nscripts = \"a\"\nreason = \"b\"").is_err());
    }
}
