//! Lists the experiments of `scenarios/`, without the blanks between their fields: a new experiment is a new file there,
//! and is named nowhere else.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use serde_json::Value;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = Path::new("../../scenarios");
    println!("cargo::rerun-if-changed={}", folder.display());
    let entries = fs::read_dir(folder)?.map(|entry| Ok(entry?.path()));
    let mut files = entries.collect::<io::Result<Vec<PathBuf>>>()?;
    files.retain(|file| file.extension().is_some_and(|extension| extension == "json"));
    files.sort();
    let short = |file: &PathBuf| -> Result<String, Box<dyn Error>> {
        let text = fs::read_to_string(file)?;
        let read = serde_json::from_str::<Value>(&text);
        // One that is no JSON is left as it is: the tests say where the fault is.
        Ok(read.map_or(text, |scenario| scenario.to_string()))
    };
    let texts = files.iter().map(short).collect::<Result<Vec<_>, _>>()?;
    fs::write(Path::new(&env::var("OUT_DIR")?).join("scenarios.rs"), format!("&{texts:?}"))?;
    Ok(())
}
