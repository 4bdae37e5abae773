//! `cargo xtask build`: the static site in `dist/`.

use std::fs;
use std::path::PathBuf;

use crate::process::{self, Stopwatch};
use crate::{Outcome, tools};

/// Where the site is built.
pub(crate) fn dist() -> PathBuf {
    process::root().join("dist")
}

pub(crate) fn run(arguments: &[String]) -> Outcome {
    process::no_arguments("build", arguments)?;
    build()?;
    println!("The site is in {}", dist().display());
    Ok(())
}

/// Installs what is missing and builds the site.
pub(crate) fn build() -> Outcome {
    let mut trunk = tools::trunk("release")?;
    println!("Building the page ...");
    let watch = Stopwatch::start();
    process::run(trunk.args(["build", "--release"]))?;
    check_page(&process::read(&dist().join("index.html"))?)?;
    check_modules()?;
    println!("Built in {} s", watch.elapsed().as_secs());
    Ok(())
}

/// No file that is published may name a folder of the machine it was built on.
fn check_modules() -> Outcome {
    for path in process::files(&dist())? {
        let bytes = fs::read(&path).map_err(|error| format!("cannot read {}: {error}", path.display()))?;
        for private in tools::private_folders() {
            if names_folder(&bytes, &format!("{}/", private.display())) {
                return Err(format!("{} names the folder {}", path.display(), private.display()));
            }
        }
    }
    Ok(())
}

fn names_folder(bytes: &[u8], folder: &str) -> bool {
    bytes.windows(folder.len()).any(|window| window == folder.as_bytes())
}

/// The page must work from any path and under its own policy; both are easily broken by a change to index.html.
fn check_page(page: &str) -> Outcome {
    for prefix in ["href=\"/", "src=\"/", "content=\"/"] {
        if let Some(at) = page.find(prefix) {
            let place: String = page[at..].chars().take(60).collect();
            return Err(format!(
                "dist/index.html has an absolute address, which fails in a sub-path: {place}"
            ));
        }
    }
    if page.contains("<style") {
        return Err("dist/index.html has an inline style sheet, which its policy forbids".to_owned());
    }
    for script in page.split("<script").skip(1) {
        let tag = script.split('>').next().unwrap_or("");
        if !tag.contains(" src=") {
            return Err("dist/index.html has an inline script, which its policy forbids".to_owned());
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_relative_page_with_external_scripts_is_fine() {
        assert_eq!(check_page("<link href=\"./a.css\"><script src=\"./a.js\" defer></script>"), Ok(()));
    }

    #[test]
    fn a_folder_of_this_machine_is_found() {
        assert!(names_folder(b"at /opt/lab/src/a.rs", "/opt/lab/"));
        assert!(!names_folder(b"at ./src/a.rs", "/opt/lab/"));
    }

    #[test]
    fn what_would_break_the_page_is_refused() {
        for (page, word) in [
            ("<link href=\"/a.css\">", "absolute"),
            ("<img src=\"/a.svg\">", "absolute"),
            ("<meta content=\"/texts-en.json\">", "absolute"),
            ("<style>a{}</style>", "inline style"),
            ("<script type=\"module\">f()</script>", "inline script"),
        ] {
            let message = check_page(page).expect_err(page);
            assert!(message.contains(word), "{message}");
        }
    }
}
