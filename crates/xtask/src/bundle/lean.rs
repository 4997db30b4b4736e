//! Takes from JavaScript and CSS what only its readers need: whole-line comments and indentation.
//! Leaves out everything that would ask for a parser; what remains differs in no token.

/// The source without comments that have lines of their own, and without indentation. A comment `/*!` stays.
/// The source as it is, if a template may reach over a line end, where white space counts.
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
            lean.push_str(line);
            lean.push('\n');
        }
    }
    lean
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_with_lines_of_their_own_and_indentation_go() {
        let source =
            "/*! kept */\n/** a\n * `b\n */\n  // c\nlet x = 1; // stays: 'http://x'\n\n    return x\n/* one */\n;";
        assert_eq!(strip(source), "/*! kept */\nlet x = 1; // stays: 'http://x'\nreturn x\n;\n");
    }

    #[test]
    fn a_source_where_white_space_counts_stays() {
        for source in ["let x = `a\n  // b\n`;\n", "/* a */ code();\n"] {
            assert_eq!(strip(source), source);
        }
    }
}
