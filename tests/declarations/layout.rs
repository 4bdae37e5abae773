//! Declarations laid out for people: a field a line, a variant a line, comments where they belong.

/// A line is broken before it is longer.
const WIDTH: usize = 118;

/// Lays out a comment and a type, as ts-rs writes them.
pub(crate) fn lay_out(text: &str) -> String {
    // Rust's links mean nothing here, and a name in quotation marks is a name.
    let mut text = text.replace("[`", "`").replace("`]", "`").replace("Self::", "");
    for tag in ["type", "kind", "state"] {
        text = text.replace(&format!("{{ \"{tag}\":"), &format!("{{ {tag}:"));
    }
    let is_struct = text.contains(" = { \n");
    let text = if is_struct {
        text.replace(", };", ",\n};")
    } else {
        text.replace(" = { ", " =\n| { ").replace("} | ", "}\n| ").replace(", }", " }")
    };
    let mut lines = Vec::new();
    let mut comment: Vec<&str> = Vec::new();
    let mut inner = 0;
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if line == "/**" || !comment.is_empty() {
            comment.push(line);
            if line == "*/" {
                push_comment(&mut lines, inner, &comment);
                comment.clear();
            }
        } else if line.starts_with("type ") {
            push_line(&mut lines, 0, &format!("export {line}"));
            inner = if is_struct { 1 } else { 2 };
        } else if line.starts_with('}') {
            push_line(&mut lines, 0, line);
        } else {
            push_line(&mut lines, if line.starts_with("| ") { 1 } else { inner }, line);
        }
    }
    let end = if text.ends_with(';') { "\n" } else { ";\n" };
    lines.join("\n") + end
}

fn push_comment(lines: &mut Vec<String>, depth: usize, comment: &[&str]) {
    let indent = "  ".repeat(depth);
    if let [_, only, _] = comment {
        lines.push(format!("{indent}/** {} */", only.trim_start_matches("* ")));
        return;
    }
    for line in comment {
        let space = if line.starts_with('*') { " " } else { "" };
        lines.push(format!("{indent}{space}{line}"));
    }
}

fn push_line(lines: &mut Vec<String>, depth: usize, line: &str) {
    let mut rest = format!("{}{line}", "  ".repeat(depth));
    while rest.len() > WIDTH {
        let Some(end) = rest[..WIDTH].rfind(" | ") else { break };
        let next = format!("{}{}", "  ".repeat(depth + 1), rest[end..].trim_start());
        rest.truncate(end);
        lines.push(std::mem::replace(&mut rest, next));
    }
    lines.push(rest);
}
