//! Makes the names of the page's messages, so that they stand in the texts alone: a message is added by a line in each
//! language's `messages.json`. The compiler finds one that nobody uses.

use std::error::Error;
use std::path::Path;
use std::{env, fs};

use serde_json::{Map, Value};

fn main() -> Result<(), Box<dyn Error>> {
    let file = "texts/en/messages.json";
    println!("cargo::rerun-if-changed={file}");
    let messages: Map<String, Value> = serde_json::from_str(&fs::read_to_string(file)?)?;
    let variants = messages.iter().map(|(name, text)| format!("    #[doc = {text}]\n    {},\n", camel(name)));
    let variants: String = variants.collect();
    let names: Vec<_> = messages.keys().collect();
    let code = format!(
        "/// A text of the page.\n\
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]\n\
        #[cfg_attr(test, derive(strum::VariantArray))]\n\
        pub enum Msg {{\n{variants}}}\n\
        /// What the texts call them.\n\
        const NAMES: [&str; {}] = {names:?};\n",
        names.len(),
    );
    fs::write(Path::new(&env::var("OUT_DIR")?).join("messages.rs"), code)?;
    Ok(())
}

/// `deliver-now` as the name of a variant: `DeliverNow`.
fn camel(name: &str) -> String {
    let word = |word: &str| word[..1].to_uppercase() + &word[1..];
    name.split('-').map(word).collect()
}
