//! Takes from JavaScript and CSS what only its readers need: comments, indentation, line ends that separate nothing,
//! long private names, and the variable that wasm-bindgen puts every result into.
//! Leaves out everything that would ask for a parser.

/// The source without comments, and without indentation. A comment `/*!` stays, and one behind something that may go on in
/// it: a string, a pattern. The source as it is, if a template may reach over a line end, where white space counts.
pub(crate) fn strip(source: &str) -> String {
    let mut lean = String::with_capacity(source.len());
    let mut in_comment = false;
    for line in source.lines().map(str::trim) {
        let begins = line.starts_with("/*") && !line.starts_with("/*!");
        if in_comment || begins {
            match line.split_once("*/") {
                None => in_comment = true,
                Some((_, "")) => in_comment = false,
                // Code behind a comment, on one line: nobody here writes so.
                Some(_) => return source.to_owned(),
            }
        } else if !line.is_empty() && !line.starts_with("//") {
            if line.matches('`').count() % 2 == 1 {
                return source.to_owned();
            }
            lean.push_str(without_comment(line));
            lean.push('\n');
        }
    }
    lean
}

/// A line without the comment behind it, if what stands before is whole.
fn without_comment(line: &str) -> &str {
    let is_whole = |code: &str| {
        code.ends_with([';', '{', '}', ')', ','])
            && ['\'', '"', '`'].iter().all(|it| code.matches(*it).count() % 2 == 0)
    };
    line.split_once(" // ").map(|(code, _)| code).filter(|code| is_whole(code)).unwrap_or(line)
}

/// The source without the line ends behind `;`, `{` and `,`, where neither language needs one. A line that may have a
/// comment keeps its end.
pub(crate) fn join(source: &str) -> String {
    if source.lines().any(|line| line.matches('`').count() % 2 == 1) {
        return source.to_owned(); // a template over several lines, where all white space counts
    }
    let mut joined = String::with_capacity(source.len());
    for line in source.lines() {
        joined.push_str(line);
        if !line.ends_with([';', '{', ',']) || line.contains("//") || line.contains("*/") {
            joined.push('\n');
        }
    }
    joined
}

/// The glue of wasm-bindgen with `return …;` in the place of `const ret = …;` and `return ret;` on the next line.
pub(crate) fn without_results(glue: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    for line in glue.lines() {
        let result =
            lines.last().and_then(|last| last.strip_prefix("const ret = ")).map(|result| format!("return {result}"));
        match (line, result) {
            ("return ret;", Some(result)) if result.ends_with(';') => *lines.last_mut().expect("it was there") = result,
            _ => lines.push(line.to_owned()),
        }
    }
    lines.join("\n") + "\n"
}

/// The source with short private names in its class. As it is, if a name stands where it could be something else, as in
/// a string, or if there are more names than letters for them.
pub(crate) fn with_short_private_names(source: &str) -> String {
    const LETTERS: &[u8; 52] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    let mut names: Vec<&str> = Vec::new();
    let mut short = String::with_capacity(source.len());
    let mut rest = source;
    while let Some((before, after)) = rest.split_once('#') {
        short.push_str(before);
        short.push('#');
        let (name, behind) = after.split_at(after.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(after.len()));
        let line = short[..short.len() - 1].rsplit('\n').next().unwrap_or_default();
        let declares = matches!(line, "" | "async " | "get " | "static ") || line.ends_with("; ");
        if !name.is_empty() && (line.ends_with('.') || declares) {
            let place = names.iter().position(|known| *known == name).unwrap_or_else(|| {
                names.push(name);
                names.len() - 1
            });
            short.extend((LETTERS.len() <= place).then_some('_'));
            short.push(char::from(LETTERS[place % LETTERS.len()]));
        } else if !name.is_empty() && source.contains(&format!(".#{name}")) {
            return source.to_owned();
        } else {
            short.push_str(name);
        }
        rest = behind;
    }
    short.push_str(rest);
    if names.len() <= 2 * LETTERS.len() { short } else { source.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_indentation_go() {
        let source =
            "/*! kept */\n/** a\n * `b\n */\n  // c\nlet x = 'http://x'; // d\n\n    f('a; // b')\n/* one */\n;";
        assert_eq!(strip(source), "/*! kept */\nlet x = 'http://x';\nf('a; // b')\n;\n");
    }

    #[test]
    fn a_source_where_white_space_counts_stays() {
        for source in ["let x = `a\n  // b\n`;\n", "/* a */ code();\n"] {
            assert_eq!(strip(source), source);
        }
    }

    #[test]
    fn lines_are_joined_where_their_end_separates_nothing() {
        let source = "let x = {\na: 1,\nb: 2\n}\nf(); // a, b,\ng();\n[1].h();\n";
        assert_eq!(join(source), "let x = {a: 1,b: 2\n}\nf(); // a, b,\ng();[1].h();");
    }

    #[test]
    fn a_result_is_returned_without_a_variable() {
        let glue =
            "const ret = arg0 === 1;\nreturn ret;\nconst ret = f(\n1);\nreturn ret;\nconst ret = 2;\nreturn ret + 1;\n";
        let lean = "return arg0 === 1;\nconst ret = f(\n1);\nreturn ret;\nconst ret = 2;\nreturn ret + 1;\n";
        assert_eq!(without_results(glue), lean);
    }

    #[test]
    fn private_names_are_short_and_nothing_else_is_renamed() {
        let source = "class A {\n#first = '#fff'; #second;\nasync #third() { this.#first = other?.#second; }\n}\n";
        let short = "class A {\n#a = '#fff'; #b;\nasync #c() { this.#a = other?.#b; }\n}\n";
        assert_eq!(with_short_private_names(source), short);
        let unsure = "class A {\n#first = '#first';\nf() { this.#first; }\n}\n";
        assert_eq!(with_short_private_names(unsure), unsure);
    }
}
