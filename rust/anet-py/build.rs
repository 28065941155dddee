//! Copies the docstrings of the stubs in `_native/` to where the `doc!` macro finds them, so that each is written once:
//! an editor reads the stub, `help()` reads the same words.

use std::path::{Path, PathBuf};
use std::{env, fs};

const STUBS: &str = "../../python/anet_lite/_native";

fn main() {
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR")).join("docs");
    // A docstring that the stubs lost must not linger from the last build.
    let _ = fs::remove_dir_all(&out);
    fs::create_dir_all(&out).expect("the build folder can be written");
    copy(Path::new(STUBS), &out);
}

/// Copies the docstrings of a stub, or of all stubs of a folder. Cargo looks at what is named here before it builds again.
fn copy(path: &Path, out: &Path) {
    println!("cargo::rerun-if-changed={}", path.display());
    if path.is_dir() {
        for entry in fs::read_dir(path).expect("the stubs can be read") {
            copy(&entry.expect("the stubs can be read").path(), out);
        }
    } else if path.extension().is_some_and(|end| end == "pyi") {
        extract(&fs::read_to_string(path).expect("the stubs can be read"), out);
    }
}

/// Writes one file for each docstring: `snapshot.md`, `SparseEncoder.md`, `SparseEncoder.encode.md`.
fn extract(stub: &str, out: &Path) {
    let mut class = String::new();
    let mut owner = String::new();
    let mut lines = stub.lines().peekable();
    while let Some(line) = lines.next() {
        let code = line.trim_start();
        let indented = code.len() < line.len();
        if let Some(name) = named(code, "class ") {
            class = name.to_owned();
            owner = class.clone();
        } else if let Some(name) = named(code, "def ") {
            owner = if indented { format!("{class}.{name}") } else { name.to_owned() };
        } else if let Some(name) = attribute(code)
            && lines.peek().is_some_and(|next| next.trim_start().starts_with("\"\"\""))
        {
            owner = format!("{class}.{name}");
        } else if let Some(first) = code.strip_prefix("\"\"\"") {
            let indent = line.len() - code.len();
            let text = docstring(first, indent, &mut lines);
            // What stands before the first name is the stub's own.
            if !owner.is_empty() {
                fs::write(out.join(format!("{owner}.md")), text).expect("the build folder can be written");
            }
        }
    }
}

fn named<'a>(code: &'a str, keyword: &str) -> Option<&'a str> {
    code.strip_prefix(keyword)?.split(['(', ':']).next()
}

/// The name before a colon: an attribute where a docstring comes next, otherwise a parameter.
fn attribute(code: &str) -> Option<&str> {
    let (name, _) = code.split_once(": ")?;
    name.chars().all(|letter| letter.is_alphanumeric() || letter == '_').then_some(name)
}

fn docstring<'a>(first: &str, indent: usize, lines: &mut impl Iterator<Item = &'a str>) -> String {
    let mut text = String::new();
    let mut line = first;
    loop {
        if let Some(last) = line.strip_suffix("\"\"\"") {
            text.push_str(last);
            return text.trim_end().replace("\\\\", "\\");
        }
        text.push_str(line);
        text.push('\n');
        let next = lines.next().expect("a docstring ends");
        line = next.get(indent..).unwrap_or("");
    }
}
