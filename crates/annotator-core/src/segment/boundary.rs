//! Where a paragraph's sentences end: finds the marks in one pass and asks a table of rules whether
//! each of them ends a sentence. Leaves out line breaks (see `layout`), what a mark takes with it
//! (see `cluster`) and the word lists (see `lexicon`).

use super::class;
use super::cluster::{Cluster, Kind};
use super::layout::skip_blanks;
use super::lexicon::{Groups, Lexicon};
use super::next::{Follow, Next};
use super::stop::Stop;
use super::token::Word;
use crate::{Language, Span};

/// Gives the sentences of one paragraph to `emit`, in order; a paragraph is trimmed and not empty.
pub(super) fn split(text: &str, paragraph: Span, language: Language, emit: &mut dyn FnMut(Option<Span>)) {
    let mut scan = Scan {
        text,
        start: paragraph.start(),
        end: paragraph.end(),
        language,
        lexicon: Lexicon::of(language),
        content: paragraph.start(),
        quoted: false,
        bracket: Bracket::default(),
        listed: None,
    };
    let bytes = class::slice(text, 0, paragraph.end());
    let mut at = paragraph.start();
    let ahead = |at: usize| bytes.get(at..)?.iter().position(|&b| OF_INTEREST[b as usize] != 0);
    while let Some(found) = ahead(at) {
        at += found;
        at = match OF_INTEREST[usize::from(class::byte(text, at))] {
            QUOTE => {
                scan.straight_quote(at);
                at + 1
            }
            OPEN => scan.open(at),
            CLOSE => {
                scan.bracket.depth = scan.bracket.depth.saturating_sub(1);
                at + 1
            }
            _ if class::is_mark(class::at(text, at)) => {
                let cluster = scan.cluster(at);
                if cluster.next < scan.end && scan.ends(&cluster) {
                    emit(Span::new(scan.start, cluster.end));
                    scan.restart(cluster.next);
                }
                cluster.end
            }
            _ => at + 1,
        };
    }
    emit(Span::new(scan.start, scan.end));
}

const QUOTE: u8 = 1;
const OPEN: u8 = 2;
const CLOSE: u8 = 3;
const MARK: u8 = 4;

/// The bytes at which the scan stops: ASCII marks, brackets, the straight quotation mark, and the
/// bytes with which the marks of [`class::is_mark`] beyond ASCII begin.
static OF_INTEREST: [u8; 256] = {
    let mut table = [0; 256];
    table[b'"' as usize] = QUOTE;
    table[b'(' as usize] = OPEN;
    table[b'[' as usize] = OPEN;
    table[b')' as usize] = CLOSE;
    table[b']' as usize] = CLOSE;
    let marks = b".!?\xe2\xe3\xef\xd6\xd8\xdb\xe0\xe1";
    let mut at = 0;
    while at < marks.len() {
        table[marks[at] as usize] = MARK;
        at += 1;
    }
    table
};

/// Farther from its opening bracket than this many bytes, a bracket that is still open is taken for a
/// stray one: it must not swallow what follows. The longest asides in prose are some three lines.
const LONGEST_ASIDE: usize = 400;

/// The state of the pass over one paragraph.
pub(super) struct Scan<'t> {
    pub(super) text: &'t str,
    /// The start of the sentence being read.
    pub(super) start: usize,
    /// The end of the paragraph.
    pub(super) end: usize,
    pub(super) language: Language,
    pub(super) lexicon: &'static Lexicon,
    /// The first letter or figure of the sentence, or how far none was found.
    pub(super) content: usize,
    /// Whether a straight quotation mark is open.
    pub(super) quoted: bool,
    pub(super) bracket: Bracket,
    /// The last number of the enumeration that runs through the sentence.
    listed: Option<u32>,
}

/// The outermost bracket that is open.
#[derive(Default)]
pub(super) struct Bracket {
    pub(super) depth: usize,
    /// Where it opened.
    at: usize,
    /// Whether the sentence had begun before it opened.
    pub(super) aside: bool,
    /// The first closing bracket that no other opened for, at or behind a byte from which it was last looked for.
    closes: Option<usize>,
    /// How far closing brackets were looked for.
    searched: usize,
}

impl Scan<'_> {
    fn restart(&mut self, start: usize) {
        self.start = start;
        self.content = start;
        self.bracket.depth = 0;
        self.listed = None;
    }

    /// Takes in an opening bracket; a bracket with nothing but marks inside, as `(...)` or `(?)`, is
    /// passed over whole. Returns where to go on.
    fn open(&mut self, at: usize) -> usize {
        let inside = at + 1;
        let mut end = inside;
        while class::is_mark(class::at(self.text, end)) && end < inside + 12 {
            end += class::at(self.text, end).len_utf8();
        }
        if end > inside && class::closes_bracket(class::at(self.text, end)) {
            return end + 1;
        }
        if self.bracket.depth == 0 {
            self.bracket = Bracket { at, aside: self.has_content(at), ..Bracket::default() };
        }
        self.bracket.depth += 1;
        inside
    }

    /// Takes in a straight quotation mark: what stands beside it says whether it opens or closes; with blanks
    /// on both sides, or words, it does what the one before did not.
    fn straight_quote(&mut self, at: usize) {
        let (before, next) = (class::before(self.text, at), class::at(self.text, at + 1));
        let (left, right) = (class::is_word(before) || class::is_mark(before), class::is_word(next));
        self.quoted = if left == right && !class::is_mark(next) && !matches!(next, ',' | ';' | ':' | ')') {
            !self.quoted
        } else {
            right && !left
        };
    }

    /// Whether the sentence has a letter or a figure before a byte. Looks at each byte once.
    fn has_content(&mut self, before: usize) -> bool {
        while self.content < before {
            let c = class::at(self.text, self.content);
            if class::is_word(c) {
                return true;
            }
            self.content += c.len_utf8();
        }
        false
    }

    /// Whether a byte lies in an aside: brackets that opened inside the sentence and close again soon.
    fn in_aside(&mut self, at: usize) -> bool {
        let bracket = &mut self.bracket;
        if bracket.depth == 0 || !bracket.aside || at > bracket.at + LONGEST_ASIDE {
            return false;
        }
        if bracket.closes.is_none_or(|closes| closes < at) {
            let from = at.max(bracket.searched);
            let limit = (at + LONGEST_ASIDE).min(self.end).max(from);
            let (mut closes, mut inner) = (from, 0);
            while closes < limit {
                match class::byte(self.text, closes) {
                    b'(' | b'[' => inner += 1,
                    b')' | b']' if inner == 0 => break,
                    b')' | b']' => inner -= 1,
                    _ => {}
                }
                closes += 1;
            }
            bracket.closes = (closes < limit).then_some(closes);
            bracket.searched = closes;
        }
        bracket.closes.is_some_and(|closes| closes <= bracket.at + LONGEST_ASIDE)
    }

    /// Whether a sentence ends with this cluster; something follows it in the paragraph.
    fn ends(&mut self, cluster: &Cluster) -> bool {
        if !self.has_content(cluster.mark) {
            return false;
        }
        let next = Next::read(self, cluster.next);
        if cluster.next == cluster.end {
            return self.ends_glued(cluster, &next);
        }
        if next.continues() || self.is_list_number(cluster, &next) || self.in_aside(cluster.end) {
            return false;
        }
        if cluster.quote && self.attributes(cluster, &next) {
            return false;
        }
        match cluster.kind {
            Kind::Strong => self.ends_strong(cluster, &next),
            Kind::Ellipsis => self.ends_ellipsis(cluster, &next),
            Kind::Dot => self.ends_dot(cluster, &next),
        }
    }

    /// Question and exclamation marks.
    fn ends_strong(&self, cluster: &Cluster, next: &Next) -> bool {
        let word = self.word_before(cluster.mark);
        if cluster.aside || word.end == cluster.mark && self.groups(word).any(Groups::MARKED) {
            return next.opens_sentence() && !cluster.aside;
        }
        match next.follow {
            Follow::Lower => {
                let english = self.language == Language::English && cluster.mark > self.start + INTERJECTION;
                let lost = cluster.mark > self.start + EXCLAMATION && self.lost_capital(cluster, next);
                let plain = !cluster.quote && !cluster.closed && !self.quoted;
                plain && (next.quote || english || lost || self.is_informal())
            }
            _ => true,
        }
    }

    fn ends_ellipsis(&self, cluster: &Cluster, next: &Next) -> bool {
        let before = class::before(self.text, cluster.mark);
        match next.follow {
            Follow::Lower | Follow::Digit | Follow::Sign => next.bullet,
            _ => !cluster.aside && !matches!(before, ',' | ';' | ':'),
        }
    }

    /// Whether the sentence started with a small letter: its writer uses no capitals.
    fn is_informal(&self) -> bool {
        class::is_lower(class::at(self.text, self.content)) && !class::is_upper(class::at(self.text, self.content + 1))
    }

    /// Whether a word in lower case opens a sentence whose capital was lost: many French texts have no `À` and no
    /// `É`, and start with `à` and `é` instead; and no abbreviation stands before an article. What stands before the
    /// full stop must be a whole word or a year, not a measure.
    fn lost_capital(&self, cluster: &Cluster, next: &Next) -> bool {
        let word = self.word_before(cluster.mark);
        let lost = !class::at(self.text, next.word.start).is_ascii() || next.groups.any(Groups::ARTICLE);
        self.language == Language::French
            && lost
            && (word.is_empty() || word.len() >= 4 + usize::from(self.behind_number(word)))
    }

    /// A single full stop, followed by a blank.
    fn ends_dot(&self, cluster: &Cluster, next: &Next) -> bool {
        // A no-break space ties what it stands between: `M. Roy` as most typesetters write it.
        if matches!(class::at(self.text, cluster.end), '\u{a0}' | '\u{202f}') && cluster.end == cluster.mark + 1 {
            return false;
        }
        let stop = self.stop(cluster, next);
        if next.dash && cluster.quote && next.follow == Follow::Upper && !next.opens_sentence() {
            return false;
        }
        match stop {
            Stop::Never => false,
            Stop::Soft => {
                !cluster.aside
                    && match next.follow {
                        Follow::Upper => next.opens_sentence(),
                        Follow::Lower | Follow::Digit | Follow::Sign => next.bullet,
                        Follow::Caseless => false,
                    }
            }
            Stop::Weak => {
                !cluster.aside
                    && match next.follow {
                        Follow::Upper => !next.bracket || next.opens_sentence(),
                        Follow::Lower | Follow::Digit | Follow::Sign => next.bullet,
                        Follow::Caseless => true,
                    }
            }
            Stop::Plain => match next.follow {
                Follow::Lower => {
                    next.bullet
                        || !cluster.quote
                            && (next.quote
                                || next.bracket
                                || next.dash
                                || next.groups.any(Groups::CLAUSE)
                                || self.lost_capital(cluster, next)
                                || self.is_informal())
                }
                _ => true,
            },
        }
    }

    /// A full stop, or another mark, with no blank behind it: `objectifs.Il`.
    fn ends_glued(&self, cluster: &Cluster, next: &Next) -> bool {
        let (mark, end) = (cluster.mark, cluster.end);
        if class::is_solid(class::before(self.text, end)) {
            return true;
        }
        let word = self.word_before(mark);
        let last = class::before(self.text, mark);
        let first = class::at(self.text, next.word.start);
        let second = class::at(self.text, next.word.start + first.len_utf8());
        let capitalised = class::is_upper(first)
            && (class::is_lower(second)
                || class::is_apostrophe(second)
                || !first.is_ascii() && class::is_blank(second));
        if !capitalised || self.in_address(mark) {
            return false;
        }
        // A file such as changelog.Debian.gz or .Xauthority.
        let name =
            class::at(self.text, next.word.end) == '.' && class::is_lower(class::at(self.text, next.word.end + 1));
        if (name || cluster.kind == Kind::Dot && class::is_blank(last)) && !next.opens_sentence() {
            return false;
        }
        match cluster.kind {
            _ if cluster.end > mark + 1 || last == '%' || !class::is_word(last) => true,
            Kind::Dot if class::is_figure(last) || class::is_upper(last) => next.opens_sentence() && word.len() > 1,
            // System.Out
            Kind::Dot if class::is_upper(class::at(self.text, word.start)) && !next.opens_sentence() => false,
            Kind::Dot => !word.is_single(self.text) && self.is_plain(word) && !next.groups.any(Groups::DOMAIN),
            _ => true,
        }
    }

    fn is_plain(&self, word: Word) -> bool {
        let abbreviations = Groups::NEVER.or(Groups::SOFT).or(Groups::NEVER_CAPITAL).or(Groups::WEAK);
        !self.groups(word).any(abbreviations)
    }

    /// Whether the stretch without blanks around a byte is a web or mail address or a path.
    fn in_address(&self, at: usize) -> bool {
        let from = at.saturating_sub(LONGEST_ADDRESS).max(self.start);
        let to = (at + LONGEST_ADDRESS).min(self.end);
        let start = class::skip_back(self.text, at, from, |c| !class::is_blank(c));
        let end = class::skip(self.text, at, to, |c| c.is_ascii_graphic());
        let byte = |at| class::byte(self.text, at);
        (start..end).any(|at| match byte(at) {
            b'@' | b'_' => true,
            b':' => byte(at + 1) == b'/',
            b'w' => byte(at + 1) == b'w' && byte(at + 2) == b'w',
            _ => false,
        })
    }

    /// Whether what follows a closed quotation says who spoke: the sentence goes on.
    fn attributes(&self, cluster: &Cluster, next: &Next) -> bool {
        match next.follow {
            Follow::Lower => !next.quote && !next.bracket && !next.bullet && !next.dash,
            Follow::Upper if next.dash => !next.opens_sentence() && !next.quote,
            Follow::Upper if cluster.kind == Kind::Strong && !next.quote && !next.bracket => next.names_speaker(self),
            _ => false,
        }
    }

    /// `1. Résultats`, `II. Méthode`, `Article 3. Objet`, and `2.` of an enumeration begun by `: 1.`
    fn is_list_number(&mut self, cluster: &Cluster, next: &Next) -> bool {
        if cluster.kind != Kind::Dot || next.follow == Follow::Lower && !next.bullet && cluster.quote {
            return false;
        }
        let word = self.word_before(cluster.mark);
        if word.is_empty() || word.end + 1 < cluster.mark {
            return false;
        }
        let shown = word.of(self.text);
        let number = (shown.len() <= 3 && class::figures(self.text, word.start) == shown.len())
            .then(|| shown.iter().fold(0_u32, |value, b| value * 10 + u32::from(*b - b'0')));
        let label = number.is_some()
            || shown.len() == 1
            || shown.len() <= 4 && word.is_all(self.text, |c| matches!(c, 'I' | 'V' | 'X'));
        if !label {
            return false;
        }
        // Labels of several parts, as 1.2. and A.1., start with the first.
        let mut start = word.start;
        while start > self.content {
            let (dot, part) = (class::before(self.text, start), class::before(self.text, start.saturating_sub(1)));
            if dot != '.' || !part.is_ascii_alphanumeric() || start - self.content > 12 {
                break;
            }
            start -= 2;
        }
        let before = self.word_before(self.skip_dots_back(word.start));
        let heading = before.start == self.content && self.groups(before).any(Groups::HEADING);
        if start <= self.content || heading && word.start - before.end <= 2 {
            self.listed = number;
            return true;
        }
        let Some(number) = number else { return false };
        let sign = class::before(self.text, class::skip_back(self.text, word.start, self.start, class::is_blank));
        if (sign == ':' && shown == b"1" || sign == ';')
            && class::is_blank(class::before(self.text, word.start))
            && next.follow == Follow::Upper
        {
            self.listed = Some(number);
            return true;
        }
        let runs_on = self.listed == Some(number.wrapping_sub(1))
            && !next.opens_sentence()
            && !self.groups(before).any(Groups::LABELLED.or(Groups::HEADING));
        if runs_on {
            self.listed = Some(number);
        }
        runs_on
    }

    pub(super) fn skip_blanks(&self, from: usize) -> usize {
        skip_blanks(self.text, from, self.end)
    }
}

/// Up to this many bytes from the start of a sentence, `Oh dear!` is an interjection that the sentence goes on from.
const INTERJECTION: usize = 8;

/// The same for `Pas de panique ! à dix ans` and the like in French, which are longer.
const EXCLAMATION: usize = 24;

/// How far around a full stop the parts of an address are looked for, in bytes.
const LONGEST_ADDRESS: usize = 64;
