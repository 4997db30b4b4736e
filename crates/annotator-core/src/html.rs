//! The text of a release that comes as HTML: what a reader would copy out of the article, in order. Paragraphs,
//! headings and list items are paragraphs, separated by blank lines. Nothing is run, loaded or kept as markup.
//! Leaves out layout: whether a style sheet hides something is not known here. Any string is taken, in linear time;
//! what tags, comments and character references are follows the HTML standard (13.2.5, tokenization).

use std::ops::Range;

use crate::decode::windows_1252;

/// The text of the article of an HTML page.
///
/// Where the page says which part that is (`article`, `main`), the rest is left out. White space is collapsed as HTML
/// does, `br` is a line break, `pre` is kept as it is, and the cells of a table row are separated by tabs, as `innerText`
/// does (HTML 3.2.7). Scripts, styles, templates, comments, menus and hidden elements are dropped.
///
/// # Examples
///
/// ```
/// use annotator_core::html::article_text;
/// let page = "<nav>Menu</nav><article><h1>Un&nbsp;titre</h1><p>L&rsquo;accord<br>dure   3&#160;ans.</article>";
/// assert_eq!(article_text(page), "Un\u{a0}titre\n\nL’accord\ndure 3\u{a0}ans.");
/// ```
pub fn article_text(html: &str) -> String {
    let mut page = Page::default();
    let mut rest = Scanner { html, at: 0 };
    while let Some(piece) = rest.next() {
        match piece {
            Piece::Text(text) => page.text(text),
            Piece::Open { name, hidden, closed } => {
                let known = element(name);
                if known == Element::Raw {
                    rest.skip_raw(name);
                } else if !(closed && name.eq_ignore_ascii_case("svg")) {
                    // `<svg/>` has no content; elsewhere the slash means nothing (HTML 13.1.2.1).
                    page.open(name, known, hidden);
                }
            }
            Piece::Close(name) => page.close(name, element(name)),
        }
    }
    page.finish()
}

/// Whether a text is HTML, by how it begins (WHATWG MIME Sniffing 7.1).
pub fn is_html(text: &str) -> bool {
    const STARTS: [&str; 18] = [
        "<!doctype html",
        "<html",
        "<head",
        "<script",
        "<iframe",
        "<h1",
        "<div",
        "<font",
        "<table",
        "<a",
        "<style",
        "<title",
        "<b",
        "<body",
        "<br",
        "<p",
        "<article",
        "<main",
    ];
    let text = text.trim_start_matches(['\u{feff}', ' ', '\t', '\n', '\r', '\u{c}']);
    text.starts_with("<!--")
        || STARTS.iter().any(|start| {
            let begins = text.get(..start.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(start));
            begins && text[start.len()..].starts_with([' ', '>', '\t', '\n', '\r'])
        })
}

/// The charset that a page declares in a `meta` element within its first 1024 bytes (HTML 13.2.3.2), for pages that
/// come without a label. UTF-16 cannot be declared so and is read as UTF-8, as the standard says.
pub fn declared_charset(bytes: &[u8]) -> Option<&str> {
    let head = &bytes[..bytes.len().min(1024)];
    let mut at = 0;
    while let Some(found) = find_ignoring_case(&head[at..], b"<meta") {
        at += found + 5;
        let tag = &head[at..];
        let tag = &tag[..tag.iter().position(|&byte| byte == b'>').unwrap_or(tag.len())];
        let Some(found) = find_ignoring_case(tag, b"charset") else { continue };
        let value = tag[found + 7..].trim_ascii_start();
        let Some(value) = value.strip_prefix(b"=") else { continue };
        let value = value.trim_ascii_start();
        let value = value.strip_prefix(b"\"").or(value.strip_prefix(b"'")).unwrap_or(value);
        let end =
            value.iter().position(|byte| byte.is_ascii_whitespace() || b"\"';>/".contains(byte)).unwrap_or(value.len());
        let label = std::str::from_utf8(&value[..end]).ok().filter(|label| !label.is_empty())?;
        return Some(if label.get(..6).is_some_and(|label| label.eq_ignore_ascii_case("utf-16")) {
            "utf-8"
        } else {
            label
        });
    }
    None
}

fn find_ignoring_case(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window.eq_ignore_ascii_case(wanted))
}

/// What an element means for the text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Element {
    /// Flows with the words around it.
    Inline,
    /// Stands in lines of its own.
    Block,
    /// Dropped with all its content.
    Dropped,
    /// Dropped; its content is not markup and ends at its closing tag only (HTML 13.2.5.2 and 13.2.5.3).
    Raw,
    /// `br`.
    Break,
    /// A cell of a table row.
    Cell,
    /// `pre` and `listing`.
    Kept,
    /// `article`.
    Article,
    /// `main`.
    Main,
}

const BLOCKS: &str = " address aside blockquote body caption center dd details dir div dl dt fieldset figcaption figure \
    footer form h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li menu ol optgroup p search section summary table \
    tbody tfoot thead tr ul ";
const DROPPED: &str = " nav template svg select datalist button canvas audio video object map dialog ";
const RAW: &str = " script style title textarea iframe noembed noframes noscript xmp ";

fn element(name: &str) -> Element {
    let mut lower = [b' '; 12];
    // No element that matters has a longer name.
    let Some(inside) = lower.get_mut(1..=name.len()).filter(|inside| inside.len() < 11) else { return Element::Inline };
    inside.copy_from_slice(name.as_bytes());
    inside.make_ascii_lowercase();
    let Ok(wanted) = std::str::from_utf8(&lower[..name.len() + 2]) else { return Element::Inline };
    match wanted {
        " br " => Element::Break,
        " td " | " th " => Element::Cell,
        " pre " | " listing " => Element::Kept,
        " article " => Element::Article,
        " main " => Element::Main,
        _ if BLOCKS.contains(wanted) => Element::Block,
        _ if DROPPED.contains(wanted) => Element::Dropped,
        _ if RAW.contains(wanted) => Element::Raw,
        _ => Element::Inline,
    }
}

/// The paragraphs found so far.
#[derive(Default)]
struct Page<'a> {
    paragraphs: Vec<Paragraph>,
    /// The paragraph being written.
    current: String,
    /// Collapsible white space has been seen and not written.
    space: bool,
    /// How many elements of each kind are open.
    kept: usize,
    article: usize,
    main: usize,
    /// How many articles have begun that are not inside another one.
    articles: usize,
    /// The next line feed is the one behind `<pre>`.
    opened_pre: bool,
    /// The element that is being dropped.
    dropped: Option<Dropped<'a>>,
}

struct Paragraph {
    text: String,
    article: bool,
    main: bool,
}

/// An element that is dropped once it is closed; if it never is, its content stays.
struct Dropped<'a> {
    name: &'a str,
    depth: usize,
    /// How much there was when it opened.
    paragraphs: usize,
    current: usize,
    space: bool,
    open: [usize; 3],
}

impl<'a> Page<'a> {
    fn text(&mut self, text: &str) {
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            if c == '&' {
                let (decoded, len) = reference(rest);
                self.put(decoded.unwrap_or('&'));
                rest = &rest[len..];
            } else {
                // CR LF and CR are line feeds (HTML 13.2.3.5); NUL is ignored (13.2.6.4.7).
                let len = if rest.starts_with("\r\n") { 2 } else { c.len_utf8() };
                if c != '\0' {
                    self.put(if c == '\r' { '\n' } else { c });
                }
                rest = &rest[len..];
            }
        }
    }

    fn put(&mut self, c: char) {
        let opened_pre = std::mem::take(&mut self.opened_pre);
        if self.kept > 0 {
            if !(opened_pre && c == '\n') {
                self.current.push(c);
            }
        } else if matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}') {
            self.space = true;
        } else {
            self.write_space();
            self.current.push(c);
        }
    }

    fn write_space(&mut self) {
        if std::mem::take(&mut self.space) && !self.current.is_empty() && !self.current.ends_with(['\n', '\t']) {
            self.current.push(' ');
        }
    }

    fn end_paragraph(&mut self) {
        self.space = false;
        self.opened_pre = false;
        let text = std::mem::take(&mut self.current);
        // Inside `dropped` even an empty paragraph counts, so that what was before can be put back.
        if !text.trim_matches(['\n', '\t', ' ']).is_empty() || self.dropped.is_some() {
            self.paragraphs.push(Paragraph { text, article: self.article > 0, main: self.main > 0 });
        }
    }

    fn open(&mut self, name: &'a str, known: Element, hidden: bool) {
        let block = matches!(known, Element::Block | Element::Kept | Element::Article | Element::Main);
        if block && self.dropped.as_ref().is_some_and(|dropped| dropped.name.eq_ignore_ascii_case("p")) {
            // A block ends the paragraph before it, closed or not (HTML 13.1.2.4).
            self.drop_element();
        }
        if let Some(dropped) = &mut self.dropped {
            if dropped.name.eq_ignore_ascii_case(name) {
                dropped.depth += 1;
            }
        } else if known == Element::Dropped || (hidden && !is_void(name)) {
            if block || ["nav", "dialog"].iter().any(|known| known.eq_ignore_ascii_case(name)) {
                self.end_paragraph();
            }
            self.dropped = Some(Dropped {
                name,
                depth: 1,
                paragraphs: self.paragraphs.len(),
                current: self.current.len(),
                space: self.space,
                open: [self.kept, self.article, self.main],
            });
        }
        match known {
            Element::Break => {
                self.space = false;
                self.current.push('\n');
            }
            Element::Cell => {
                self.space = false;
                if !self.current.is_empty() {
                    self.current.push('\t');
                }
            }
            Element::Inline | Element::Raw | Element::Dropped => {}
            Element::Block | Element::Kept | Element::Article | Element::Main => {
                self.end_paragraph();
                match known {
                    Element::Kept => (self.kept, self.opened_pre) = (self.kept + 1, true),
                    Element::Article => {
                        self.articles += usize::from(self.article == 0);
                        self.article += 1;
                    }
                    Element::Main => self.main += 1,
                    _ => {}
                }
            }
        }
    }

    fn close(&mut self, name: &str, known: Element) {
        if let Some(dropped) = &mut self.dropped
            && dropped.name.eq_ignore_ascii_case(name)
        {
            dropped.depth -= 1;
            if dropped.depth == 0 {
                self.drop_element();
                return;
            }
        }
        match known {
            Element::Block | Element::Kept | Element::Article | Element::Main => {
                self.end_paragraph();
                let open = match known {
                    Element::Kept => &mut self.kept,
                    Element::Article => &mut self.article,
                    Element::Main => &mut self.main,
                    _ => return,
                };
                *open = open.saturating_sub(1);
            }
            // `</br>` is a line break (HTML 13.2.6.4.7).
            Element::Break => self.open("br", known, false),
            _ => {}
        }
    }

    /// Puts back what there was before the dropped element opened.
    fn drop_element(&mut self) {
        let Some(dropped) = self.dropped.take() else { return };
        if let Some(first) = self.paragraphs.get_mut(dropped.paragraphs) {
            self.current = std::mem::take(&mut first.text);
        }
        self.paragraphs.truncate(dropped.paragraphs);
        self.current.truncate(dropped.current);
        self.space = dropped.space;
        [self.kept, self.article, self.main] = dropped.open;
    }

    fn finish(mut self) -> String {
        self.end_paragraph();
        let all = |of: fn(&Paragraph) -> bool| -> usize {
            self.paragraphs.iter().filter(|paragraph| of(paragraph)).map(|paragraph| paragraph.text.len()).sum()
        };
        let (article, main, whole) = (all(|p| p.article), all(|p| p.main), all(|_| true));
        // Several articles that are the smaller part of the page are teasers of other pages, and so is a tiny one.
        let around = if main > 0 { main } else { whole };
        let part = if self.articles > 1 { 2 } else { 4 };
        let wanted: fn(&Paragraph) -> bool = if part * article >= around && article > 0 {
            |p| p.article
        } else if main > 0 {
            |p| p.main
        } else {
            |_| true
        };
        let mut out = String::with_capacity(whole);
        for paragraph in self.paragraphs.iter().filter(|paragraph| wanted(paragraph)) {
            let text = paragraph.text.trim_matches('\n').trim_end_matches([' ', '\t', '\n']);
            if !text.trim().is_empty() {
                if !out.is_empty() {
                    out.push_str("\n\n");
                }
                out.push_str(text);
            }
        }
        out
    }
}

/// Elements without content, which a `hidden` attribute cannot hide anything in (HTML 13.1.2).
fn is_void(name: &str) -> bool {
    const VOID: &str = " area base br col embed hr img input link meta source track wbr ";
    VOID.split(' ').any(|void| !void.is_empty() && void.eq_ignore_ascii_case(name))
}

/// A piece of an HTML page.
enum Piece<'a> {
    Text(&'a str),
    Open { name: &'a str, hidden: bool, closed: bool },
    Close(&'a str),
}

/// Goes through a page once, from the start to the end.
struct Scanner<'a> {
    html: &'a str,
    at: usize,
}

impl<'a> Scanner<'a> {
    fn next(&mut self) -> Option<Piece<'a>> {
        loop {
            let rest = self.html.get(self.at..).filter(|rest| !rest.is_empty())?;
            let bytes = rest.as_bytes();
            if bytes[0] != b'<'
                || !bytes.get(1).is_some_and(|&next| next.is_ascii_alphabetic() || b"!/?".contains(&next))
            {
                let end = bytes[1..].iter().position(|&byte| byte == b'<').map_or(rest.len(), |at| at + 1);
                self.at += end;
                return Some(Piece::Text(&rest[..end]));
            }
            if rest.starts_with("<!--") {
                self.at += comment_len(rest);
            } else if matches!(bytes[1], b'!' | b'?')
                || (bytes[1] == b'/' && !bytes.get(2).is_some_and(u8::is_ascii_alphabetic))
            {
                if rest == "</" {
                    self.at += 2;
                    return Some(Piece::Text(rest));
                }
                // A doctype, or what the standard calls a bogus comment (HTML 13.2.5.41).
                self.at += rest.find('>').map_or(rest.len(), |at| at + 1);
            } else {
                let closing = bytes[1] == b'/';
                let from = if closing { 2 } else { 1 };
                let Some(tag) = tag(rest, from) else {
                    // The page ends inside a tag, which is dropped (HTML 13.2.5.8, EOF).
                    self.at = self.html.len();
                    return None;
                };
                self.at += tag.len;
                let name = &rest[tag.name];
                return Some(if closing {
                    Piece::Close(name)
                } else {
                    Piece::Open { name, hidden: tag.hidden, closed: rest[..tag.len].ends_with("/>") }
                });
            }
        }
    }

    /// Goes behind the closing tag of a raw text element, or to the end.
    fn skip_raw(&mut self, name: &str) {
        let bytes = self.html.as_bytes();
        while let Some(found) = self.html[self.at..].find("</") {
            let begin = self.at + found + 2;
            let end = begin + name.len();
            let closes = bytes.get(begin..end).is_some_and(|close| close.eq_ignore_ascii_case(name.as_bytes()));
            if closes && bytes.get(end).is_none_or(|&next| b" \t\n\x0c\r/>".contains(&next)) {
                self.at = tag(&self.html[begin - 2..], 2).map_or(self.html.len(), |tag| begin - 2 + tag.len);
                return;
            }
            self.at = begin;
        }
        self.at = self.html.len();
    }
}

/// The length of the comment at the start of `rest` (HTML 13.2.5.42 to 13.2.5.51).
fn comment_len(rest: &str) -> usize {
    for empty in ["<!-->", "<!--->"] {
        if rest.starts_with(empty) {
            return empty.len();
        }
    }
    let mut at = 4;
    while let Some(found) = rest[at..].find("--") {
        let behind = at + found + 2;
        for end in [">", "!>"] {
            if rest[behind..].starts_with(end) {
                return behind + end.len();
            }
        }
        at = behind - 1;
    }
    rest.len()
}

struct Tag {
    name: Range<usize>,
    hidden: bool,
    len: usize,
}

/// The tag at the start of `rest`, whose name begins at `from` (HTML 13.2.5.8, 13.2.5.32 to 13.2.5.40). `None` if it
/// does not end.
fn tag(rest: &str, from: usize) -> Option<Tag> {
    let bytes = rest.as_bytes();
    let skip = |mut at: usize, those: fn(u8) -> bool| {
        while bytes.get(at).is_some_and(|&byte| those(byte)) {
            at += 1;
        }
        at
    };
    let blank = |byte: u8| matches!(byte, b' ' | b'\t' | b'\n' | b'\x0c' | b'\r');
    let name_end = skip(from, |byte| !matches!(byte, b' ' | b'\t' | b'\n' | b'\x0c' | b'\r' | b'/' | b'>'));
    let mut hidden = false;
    let mut at = name_end;
    loop {
        at = skip(at, |byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\x0c' | b'\r' | b'/'));
        if *bytes.get(at)? == b'>' {
            return Some(Tag { name: from..name_end, hidden, len: at + 1 });
        }
        let begin = at;
        // An equals sign at the start belongs to the name (13.2.5.32).
        at = skip(at + 1, |byte| !matches!(byte, b' ' | b'\t' | b'\n' | b'\x0c' | b'\r' | b'/' | b'>' | b'='));
        let is_hidden = bytes[begin..at].eq_ignore_ascii_case(b"hidden");
        at = skip(at, blank);
        let mut value: &[u8] = b"";
        if bytes.get(at) == Some(&b'=') {
            at = skip(at + 1, blank);
            let begin = at;
            match bytes.get(at)? {
                quote @ (b'"' | b'\'') => {
                    let len = bytes[at + 1..].iter().position(|byte| byte == quote)?;
                    value = &bytes[at + 1..at + 1 + len];
                    at += len + 2;
                }
                b'>' => {}
                _ => {
                    at = skip(at, |byte| !matches!(byte, b' ' | b'\t' | b'\n' | b'\x0c' | b'\r' | b'>'));
                    value = &bytes[begin..at];
                }
            }
        }
        // `until-found` is text that a search in the page shows.
        hidden |= is_hidden && !value.eq_ignore_ascii_case(b"until-found");
    }
}

/// The character of the reference at the start of `rest`, and its length (HTML 13.2.5.72 to 13.2.5.80). `None` and the
/// length of the ampersand if it is none.
fn reference(rest: &str) -> (Option<char>, usize) {
    let bytes = rest.as_bytes();
    if bytes.get(1) == Some(&b'#') {
        let hex = matches!(bytes.get(2), Some(b'x' | b'X'));
        let from = if hex { 3 } else { 2 };
        let radix = if hex { 16 } else { 10 };
        let mut code: u32 = 0;
        let mut at = from;
        while let Some(digit) = bytes.get(at).and_then(|&byte| char::from(byte).to_digit(radix)) {
            code = code.saturating_mul(radix).saturating_add(digit);
            at += 1;
        }
        if at == from {
            return (None, 1);
        }
        let c = match code {
            0 => char::REPLACEMENT_CHARACTER,
            // Codes of Windows-1252 are read as such (13.2.5.80).
            0x80..=0x9f => windows_1252(code as u8),
            _ => char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER),
        };
        return (Some(c), at + usize::from(bytes.get(at) == Some(&b';')));
    }
    let len = bytes[1..].iter().take(LONGEST_NAME).take_while(|byte| byte.is_ascii_alphanumeric()).count();
    let name = &rest[1..1 + len];
    if bytes.get(1 + len) == Some(&b';')
        && let Some(c) = named(name)
    {
        return (Some(c), len + 2);
    }
    // Old names need no semicolon, and the longest one counts.
    for end in (2..=len).rev() {
        if let Some(c) = old_name(&name[..end]) {
            return (Some(c), end + 1);
        }
    }
    (None, 1)
}

/// No name in the tables is longer.
const LONGEST_NAME: usize = 10;

/// Names that need no semicolon: ASCII and Latin-1 (HTML 13.5).
fn old_name(name: &str) -> Option<char> {
    Some(match name {
        "amp" | "AMP" => '&',
        "lt" | "LT" => '<',
        "gt" | "GT" => '>',
        "quot" | "QUOT" => '"',
        "COPY" => '©',
        "REG" => '®',
        _ => {
            let at = LATIN_1.split_ascii_whitespace().position(|known| known == name)?;
            char::from(0xa0 + at as u8)
        }
    })
}

/// A name with its semicolon. Of the 2 231 names of HTML 13.5, those that texts are written with.
fn named(name: &str) -> Option<char> {
    old_name(name).or_else(|| {
        let mut pairs = OTHERS.split_ascii_whitespace();
        while let (Some(known), Some(value)) = (pairs.next(), pairs.next()) {
            if known == name {
                return u32::from_str_radix(value, 16).ok().and_then(char::from_u32);
            }
        }
        None
    })
}

/// The names of U+00A0 to U+00FF, in order.
const LATIN_1: &str = "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 \
    acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig \
    Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave \
    Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave \
    iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml";

/// Other names and their codes.
const OTHERS: &str = "apos 27 Tab 9 NewLine a excl 21 num 23 dollar 24 percnt 25 lpar 28 rpar 29 ast 2a plus 2b comma 2c \
    period 2e sol 2f colon 3a semi 3b equals 3d quest 3f commat 40 lsqb 5b lbrack 5b bsol 5c rsqb 5d rbrack 5d lowbar 5f \
    grave 60 lcub 7b lbrace 7b verbar 7c vert 7c rcub 7d rbrace 7d half bd \
    OElig 152 oelig 153 Scaron 160 scaron 161 Zcaron 17d zcaron 17e Ccaron 10c ccaron 10d Cacute 106 cacute 107 Lstrok 141 \
    lstrok 142 Nacute 143 nacute 144 Sacute 15a sacute 15b Rcaron 158 rcaron 159 Ecaron 11a ecaron 11b Abreve 102 abreve 103 \
    Gbreve 11e gbreve 11f Scedil 15e scedil 15f inodot 131 Idot 130 Yuml 178 fnof 192 circ 2c6 tilde 2dc \
    ensp 2002 emsp 2003 numsp 2007 puncsp 2008 thinsp 2009 hairsp 200a zwnj 200c zwj 200d lrm 200e rlm 200f \
    hyphen 2010 dash 2010 ndash 2013 mdash 2014 horbar 2015 lsquo 2018 rsquo 2019 rsquor 2019 sbquo 201a ldquo 201c \
    rdquo 201d rdquor 201d bdquo 201e dagger 2020 Dagger 2021 bull 2022 hellip 2026 mldr 2026 permil 2030 pertenk 2031 \
    prime 2032 Prime 2033 lsaquo 2039 rsaquo 203a oline 203e frasl 2044 NoBreak 2060 euro 20ac numero 2116 trade 2122 \
    frac13 2153 frac23 2154 frac18 215b larr 2190 uarr 2191 rarr 2192 darr 2193 harr 2194 rArr 21d2 hArr 21d4 \
    forall 2200 part 2202 exist 2203 empty 2205 nabla 2207 isin 2208 notin 2209 prod 220f sum 2211 minus 2212 radic 221a \
    prop 221d infin 221e cap 2229 cup 222a int 222b sim 223c asymp 2248 ap 2248 ne 2260 equiv 2261 le 2264 leq 2264 \
    ge 2265 geq 2265 sub 2282 sup 2283 loz 25ca star 2606 starf 2605 check 2713 cross 2717 spades 2660 clubs 2663 \
    hearts 2665 diams 2666 \
    Alpha 391 Beta 392 Gamma 393 Delta 394 Theta 398 Lambda 39b Pi 3a0 Sigma 3a3 Phi 3a6 Psi 3a8 Omega 3a9 alpha 3b1 \
    beta 3b2 gamma 3b3 delta 3b4 epsilon 3b5 zeta 3b6 eta 3b7 theta 3b8 iota 3b9 kappa 3ba lambda 3bb mu 3bc nu 3bd xi 3be \
    pi 3c0 rho 3c1 sigma 3c3 tau 3c4 phi 3c6 chi 3c7 psi 3c8 omega 3c9";
