//! Releases that are edited by a seeded script, each character knowing which sentence it came from: the right answer is
//! known by construction. Leaves out how an answer is judged.

use std::ops::Range;

/// A seeded sequence of numbers (SplitMix64), so that every run sees the same scripts.
pub struct Dice(u64);

/// A character of the new text and the old character it comes from or stands for.
#[derive(Clone, Copy)]
struct Ink {
    c: char,
    /// The sentence it belongs to; `None` for what was inserted.
    owner: Option<usize>,
    /// The old character that it is, unchanged.
    was: Option<usize>,
}

type Sentence = Vec<Ink>;

/// A release on its way from the old text to the new one.
#[derive(Clone)]
struct Draft {
    /// What stands between paragraphs.
    blank: &'static str,
    paragraphs: Vec<Vec<Sentence>>,
    touched: Vec<bool>,
}

/// What is asked of re-anchoring, and the right answer.
pub struct Ask {
    /// In code points of the old text.
    pub old: Range<usize>,
    /// In code points of the new text; `None` if it is gone.
    pub truth: Option<Range<usize>>,
    /// Whether no edit touched its sentence.
    pub untouched: bool,
    /// Whether the sentence has a copy somewhere, so that an honest answer may be `ambiguous`.
    pub copied: bool,
    /// What the answer of a twin would be that stands right beside it: nobody can say which of the two is which.
    pub twin: Option<Option<Range<usize>>>,
}

/// One old and new text with what is asked.
pub struct Case {
    pub old: String,
    pub new: String,
    pub asks: Vec<Ask>,
}

/// The kinds of edits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edit {
    Typos,
    Numbers,
    Words,
    Inserted,
    Removed,
    Moved,
    Split,
    Merged,
    Cut,
    LookAlike,
    TwiceRemoved,
    TwiceAdded,
    TwiceChanged,
    Reordered,
    Typography,
    Decomposed,
    CrLf,
    Rewrapped,
    MovedAndChanged,
    Replaced,
    Several,
}

pub const EDITS: [Edit; 21] = [
    Edit::Typos,
    Edit::Numbers,
    Edit::Words,
    Edit::Inserted,
    Edit::Removed,
    Edit::Moved,
    Edit::Split,
    Edit::Merged,
    Edit::Cut,
    Edit::LookAlike,
    Edit::TwiceRemoved,
    Edit::TwiceAdded,
    Edit::TwiceChanged,
    Edit::Reordered,
    Edit::Typography,
    Edit::Decomposed,
    Edit::CrLf,
    Edit::Rewrapped,
    Edit::MovedAndChanged,
    Edit::Replaced,
    Edit::Several,
];

/// The edits that change one sentence or a few and can be combined.
const LOCAL: [Edit; 12] = [
    Edit::Typos,
    Edit::Numbers,
    Edit::Words,
    Edit::Inserted,
    Edit::Removed,
    Edit::Moved,
    Edit::Split,
    Edit::Merged,
    Edit::Cut,
    Edit::Reordered,
    Edit::MovedAndChanged,
    Edit::Replaced,
];

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, n: usize) -> usize {
        (self.next() % n.max(1) as u64) as usize
    }

    fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }
}

/// Makes a case: `source` edited, with sentences of `others` where something new is needed.
pub fn case(source: &str, others: &[&str], edit: Edit, dice: &mut Dice) -> Case {
    let mut sentences: Vec<Vec<String>> = paragraphs(source);
    let pool: Vec<String> = others.iter().flat_map(|text| paragraphs(text)).flatten().collect();
    let mut copies: Vec<String> = Vec::new();
    // Edits that need a copy or a look-alike in the old text.
    let mut victim = None;
    if matches!(edit, Edit::LookAlike | Edit::TwiceRemoved | Edit::TwiceChanged) {
        let p = dice.below(sentences.len());
        let s = dice.below(sentences[p].len());
        let mut copy = sentences[p][s].clone();
        if edit == Edit::LookAlike {
            copy = look_alike(&copy, &pool, dice);
        } else {
            copies.push(copy.clone());
        }
        let q = dice.below(sentences.len());
        if ends(&copy) && ends(&sentences[q][0]) {
            let at = dice.below(sentences[q].len() + 1);
            sentences[q].insert(at, copy);
            victim = Some((p, if q == p && at <= s { s + 1 } else { s }));
        } else {
            // A heading is a paragraph of its own, and nothing is written behind it on its line.
            sentences.insert(q, vec![copy]);
            victim = Some((if q <= p { p + 1 } else { p }, s));
        }
    }
    let blank = if dice.one_in(3) { "\n" } else { "\n\n" };
    let (old, mut draft) = Draft::new(&sentences, blank);
    if let Some((p, s)) = victim {
        match edit {
            Edit::LookAlike | Edit::TwiceRemoved => draft.remove(p, s),
            _ => draft.change_words(p, s, &pool, dice),
        }
        if dice.one_in(3) {
            draft.apply(*dice.pick(&LOCAL), &pool, dice);
        }
    } else if edit == Edit::TwiceAdded {
        let (p, s) = draft.any(dice);
        let mut copy = draft.paragraphs[p][s].clone();
        copies.push(copy.iter().map(|ink| ink.c).collect());
        copy.iter_mut().for_each(|ink| (ink.owner, ink.was) = (None, None));
        let q = dice.below(draft.paragraphs.len());
        let first: String = draft.paragraphs[q][0].iter().map(|ink| ink.c).collect();
        if ends(&copies[0]) && ends(&first) {
            let at = dice.below(draft.paragraphs[q].len() + 1);
            draft.paragraphs[q].insert(at, copy);
        } else {
            draft.paragraphs.insert(q, vec![copy]);
        }
    } else if edit == Edit::Several {
        for _ in 0..4 + dice.below(7) {
            draft.apply(*dice.pick(&LOCAL), &pool, dice);
        }
        if dice.one_in(3) {
            draft.apply(*dice.pick(&[Edit::Typography, Edit::Decomposed, Edit::CrLf, Edit::Rewrapped]), &pool, dice);
        }
    } else {
        draft.apply(edit, &pool, dice);
        if dice.one_in(4) {
            draft.apply(*dice.pick(&LOCAL), &pool, dice);
        }
    }
    let new = draft.text(edit, dice);
    Case { asks: asks(&old, &new, &draft, &copies, dice), old: old.text, new: new.iter().map(|ink| ink.c).collect() }
}

struct Old {
    text: String,
    ranges: Vec<Range<usize>>,
}

impl Draft {
    fn new(sentences: &[Vec<String>], blank: &'static str) -> (Old, Self) {
        let mut old = Old { text: String::new(), ranges: Vec::new() };
        let (mut at, mut paragraphs) = (0, Vec::new());
        for (p, paragraph) in sentences.iter().enumerate() {
            let mut inked = Vec::new();
            for (s, sentence) in paragraph.iter().enumerate() {
                let gap = if s > 0 {
                    " "
                } else if p > 0 {
                    blank
                } else {
                    ""
                };
                old.text.push_str(gap);
                at += gap.len();
                let owner = old.ranges.len();
                let start = at;
                inked.push(
                    sentence
                        .chars()
                        .enumerate()
                        .map(|(i, c)| Ink { c, owner: Some(owner), was: Some(start + i) })
                        .collect(),
                );
                old.text.push_str(sentence);
                at += sentence.chars().count();
                old.ranges.push(start..at);
            }
            paragraphs.push(inked);
        }
        let touched = vec![false; old.ranges.len()];
        (old, Self { blank, paragraphs, touched })
    }

    fn any(&self, dice: &mut Dice) -> (usize, usize) {
        let p = dice.below(self.paragraphs.len());
        (p, dice.below(self.paragraphs[p].len()))
    }

    fn touch(&mut self, p: usize, s: usize) {
        for ink in &self.paragraphs[p][s] {
            if let Some(owner) = ink.owner {
                self.touched[owner] = true;
            }
        }
    }

    fn remove(&mut self, p: usize, s: usize) {
        self.touch(p, s);
        self.paragraphs[p].remove(s);
        if self.paragraphs[p].is_empty() && self.paragraphs.len() > 1 {
            self.paragraphs.remove(p);
        }
    }

    fn apply(&mut self, edit: Edit, pool: &[String], dice: &mut Dice) {
        if self.paragraphs.iter().all(Vec::is_empty) {
            return;
        }
        self.paragraphs.retain(|paragraph| !paragraph.is_empty());
        let (p, s) = self.any(dice);
        match edit {
            Edit::Typos => {
                for _ in 0..1 + dice.below(3) {
                    self.typo(p, s, dice);
                }
            }
            Edit::Numbers => self.numbers(dice),
            Edit::Words => self.change_words(p, s, pool, dice),
            Edit::Inserted => {
                for _ in 0..1 + dice.below(3) {
                    let (p, _) = self.any(dice);
                    let at = dice.below(self.paragraphs[p].len() + 1);
                    self.paragraphs[p].insert(at, fresh(dice.pick(pool).as_str()));
                }
            }
            Edit::Removed => self.remove(p, s),
            Edit::Moved | Edit::MovedAndChanged => {
                if edit == Edit::MovedAndChanged {
                    if dice.one_in(2) { self.typo(p, s, dice) } else { self.change_words(p, s, pool, dice) }
                }
                self.touch(p, s);
                let sentence = self.paragraphs[p].remove(s);
                self.paragraphs.retain(|paragraph| !paragraph.is_empty());
                if self.paragraphs.is_empty() {
                    self.paragraphs.push(Vec::new());
                }
                let q = dice.below(self.paragraphs.len());
                let at = dice.below(self.paragraphs[q].len() + 1);
                self.paragraphs[q].insert(at, sentence);
            }
            Edit::Split => self.split(p, s, dice),
            Edit::Merged => self.merge(dice),
            Edit::Cut => {
                self.touch(p, s);
                let sentence = &mut self.paragraphs[p][s];
                let words = words(sentence);
                if words.len() >= 6 {
                    let half = words.len() / 2;
                    if dice.one_in(2) {
                        let end = sentence.last().copied();
                        sentence.truncate(words[half - 1].end);
                        if dice.one_in(2) && end.is_some_and(|ink| ink.c == '.') {
                            sentence.extend(end);
                        }
                    } else {
                        sentence.drain(..words[half].start);
                        capitalise(sentence, true);
                    }
                }
            }
            Edit::Reordered => {
                let n = self.paragraphs.len();
                let (a, b) = (dice.below(n), dice.below(n));
                if dice.one_in(2) {
                    self.paragraphs.swap(a, b);
                } else {
                    let paragraph = self.paragraphs.remove(a);
                    self.paragraphs.insert(b, paragraph);
                }
                for p in a.min(b)..=a.max(b) {
                    for s in 0..self.paragraphs[p].len() {
                        self.touch(p, s);
                    }
                }
            }
            Edit::Replaced => {
                self.touch(p, s);
                self.paragraphs[p][s] = fresh(dice.pick(pool).as_str());
            }
            Edit::Typography => self.each_char(|c| match c {
                '’' => Some("'"),
                '\'' => Some("’"),
                '«' | '»' => Some("\""),
                '–' => Some("-"),
                'œ' => Some("oe"),
                '…' => Some("..."),
                '\u{a0}' => Some(" "),
                _ => None,
            }),
            Edit::Decomposed => self.each_char(|c| {
                let composed = "éèêëàâäîïôöùûüçÉÈÀÇ";
                let decomposed = [
                    "e\u{301}", "e\u{300}", "e\u{302}", "e\u{308}", "a\u{300}", "a\u{302}", "a\u{308}", "i\u{302}",
                    "i\u{308}", "o\u{302}", "o\u{308}", "u\u{300}", "u\u{302}", "u\u{308}", "c\u{327}", "E\u{301}",
                    "E\u{300}", "A\u{300}", "C\u{327}",
                ];
                composed.chars().position(|known| known == c).map(|at| decomposed[at])
            }),
            Edit::Rewrapped | Edit::CrLf => {}
            Edit::LookAlike | Edit::TwiceRemoved | Edit::TwiceAdded | Edit::TwiceChanged | Edit::Several => {}
        }
    }

    /// Spells characters differently; the sentences are none the less the same.
    fn each_char(&mut self, spell: impl Fn(char) -> Option<&'static str>) {
        for sentence in self.paragraphs.iter_mut().flatten() {
            *sentence = sentence
                .iter()
                .flat_map(|&ink| match spell(ink.c) {
                    Some(other) => other.chars().map(|c| Ink { c, ..ink }).collect(),
                    None => vec![ink],
                })
                .collect();
        }
    }

    fn typo(&mut self, p: usize, s: usize, dice: &mut Dice) {
        self.touch(p, s);
        let sentence = &mut self.paragraphs[p][s];
        let long: Vec<Range<usize>> = words(sentence).into_iter().filter(|word| word.len() >= 4).collect();
        if long.is_empty() {
            return;
        }
        let word = dice.pick(&long).clone();
        let at = word.start + 1 + dice.below(word.len() - 2);
        let letter = (b'a' + dice.below(26) as u8) as char;
        match dice.below(4) {
            0 => sentence.swap(at, at + 1),
            1 => drop(sentence.remove(at)),
            2 => sentence[at] = Ink { c: letter, was: None, ..sentence[at] },
            _ => sentence.insert(at, Ink { c: letter, was: None, ..sentence[at] }),
        }
    }

    fn numbers(&mut self, dice: &mut Dice) {
        let with: Vec<(usize, usize)> = self
            .paragraphs
            .iter()
            .enumerate()
            .flat_map(|(p, paragraph)| (0..paragraph.len()).map(move |s| (p, s)))
            .filter(|&(p, s)| self.paragraphs[p][s].iter().any(|ink| ink.c.is_ascii_digit()))
            .collect();
        if with.is_empty() {
            return;
        }
        for _ in 0..1 + dice.below(3) {
            let &(p, s) = dice.pick(&with);
            self.touch(p, s);
            for ink in self.paragraphs[p][s].iter_mut().filter(|ink| ink.c.is_ascii_digit()) {
                if dice.one_in(2) {
                    (ink.c, ink.was) = ((b'0' + dice.below(10) as u8) as char, None);
                }
            }
        }
    }

    /// Replaces up to three in ten words, one at least.
    fn change_words(&mut self, p: usize, s: usize, pool: &[String], dice: &mut Dice) {
        let n = words(&self.paragraphs[p][s]).len();
        if n < 4 {
            return;
        }
        self.touch(p, s);
        for _ in 0..1 + dice.below((n * 3 / 10).max(1)) {
            let found = words(&self.paragraphs[p][s]);
            if found.is_empty() {
                return;
            }
            let word = dice.pick(&found).clone();
            let owner = self.paragraphs[p][s][word.start].owner;
            let other = a_word(pool, dice);
            self.paragraphs[p][s].splice(word, other.chars().map(|c| Ink { c, owner, was: None }));
        }
    }

    fn split(&mut self, p: usize, s: usize, dice: &mut Dice) {
        let found = words(&self.paragraphs[p][s]);
        if found.len() < 8 {
            return;
        }
        self.touch(p, s);
        let at = 3 + dice.below(found.len() - 6);
        let (end, next) = (found[at].end, found[at + 1].start);
        let sentence = &mut self.paragraphs[p][s];
        let owner = sentence[end - 1].owner;
        let mut second = sentence.split_off(next);
        sentence.truncate(end);
        sentence.push(Ink { c: '.', owner, was: None });
        capitalise(&mut second, true);
        self.paragraphs[p].insert(s + 1, second);
    }

    fn merge(&mut self, dice: &mut Dice) {
        let with: Vec<usize> = (0..self.paragraphs.len()).filter(|&p| self.paragraphs[p].len() > 1).collect();
        if with.is_empty() {
            return;
        }
        let p = *dice.pick(&with);
        let s = dice.below(self.paragraphs[p].len() - 1);
        self.touch(p, s);
        self.touch(p, s + 1);
        let mut second = self.paragraphs[p].remove(s + 1);
        capitalise(&mut second, false);
        let first = &mut self.paragraphs[p][s];
        while first.last().is_some_and(|ink| ".!? »".contains(ink.c)) {
            first.pop();
        }
        let glue: &&str = dice.pick(&[", ", " et ", " ; ", ", et ", " and "]);
        first.extend(glue.chars().map(|c| Ink { c, owner: None, was: None }));
        first.extend(second);
    }

    fn text(&self, edit: Edit, dice: &mut Dice) -> Vec<Ink> {
        let mut out: Vec<Ink> = Vec::new();
        let plain = |c: char| Ink { c, owner: None, was: None };
        let blank = if edit == Edit::CrLf { self.blank.replace('\n', "\r\n") } else { self.blank.to_owned() };
        let width = 50 + dice.below(40);
        for (p, paragraph) in self.paragraphs.iter().filter(|paragraph| !paragraph.is_empty()).enumerate() {
            if p > 0 {
                out.extend(blank.chars().map(plain));
            }
            let begun = out.len();
            for (s, sentence) in paragraph.iter().enumerate() {
                if s > 0 {
                    out.push(plain(' '));
                }
                out.extend(sentence);
            }
            if edit == Edit::Rewrapped {
                let mut column = 0;
                for ink in &mut out[begun..] {
                    column += 1;
                    if ink.c == ' ' && column >= width {
                        (ink.c, column) = ('\n', 0);
                    }
                }
            }
        }
        out
    }
}

fn asks(old: &Old, new: &[Ink], draft: &Draft, copies: &[String], dice: &mut Dice) -> Vec<Ask> {
    let chars: Vec<char> = old.text.chars().collect();
    let mut asks = Vec::new();
    for (id, range) in old.ranges.iter().enumerate() {
        let words_of = |range: &Range<usize>| chars[range.clone()].iter().collect::<String>();
        let copied = copies.contains(&words_of(range))
            || old.ranges.iter().enumerate().any(|(other, twin)| other != id && words_of(twin) == words_of(range));
        let beside = [id.checked_sub(1), Some(id + 1)]
            .into_iter()
            .flatten()
            .find(|&other| old.ranges.get(other).is_some_and(|twin| words_of(twin) == words_of(range)));
        let twin_of = |of: &Range<usize>| {
            let other = &old.ranges[beside?];
            let shift = |at: usize| at - range.start + other.start;
            let moved = shift(of.start)..shift(of.end);
            Some(cover(new, |ink| ink.was.is_some_and(|at| moved.contains(&at))))
        };
        let untouched = !draft.touched[id] && beside.is_none();
        let truth = cover(new, |ink| ink.owner == Some(id));
        asks.push(Ask { old: range.clone(), truth, untouched, copied, twin: twin_of(range) });
        // A few words of the sentence, where all of them stayed or all went with it.
        let found = words(&chars[range.clone()].iter().map(|&c| Ink { c, owner: None, was: None }).collect::<Vec<_>>());
        if found.len() < 4 {
            continue;
        }
        let first = dice.below(found.len() - 2);
        let last = first + 1 + dice.below((found.len() - first - 1).min(5));
        let part = range.start + found[first].start..range.start + found[last].end;
        let truth = cover(new, |ink| ink.was.is_some_and(|at| part.contains(&at)));
        let whole = |found: &Range<usize>| {
            part.clone().all(|at| new[found.clone()].iter().any(|ink| ink.was == Some(at)))
                && new[found.clone()].iter().all(|ink| ink.was.is_some_and(|at| part.contains(&at)))
        };
        if untouched || truth.as_ref().is_some_and(whole) || !new.iter().any(|ink| ink.owner == Some(id)) {
            asks.push(Ask { twin: twin_of(&part), old: part, truth, untouched, copied });
        }
    }
    asks
}

fn cover(new: &[Ink], mine: impl Fn(&Ink) -> bool) -> Option<Range<usize>> {
    let first = new.iter().position(&mine)?;
    let last = new.iter().rposition(&mine)?;
    Some(first..last + 1)
}

fn fresh(text: &str) -> Sentence {
    text.chars().map(|c| Ink { c, owner: None, was: None }).collect()
}

/// Whether a sentence ends as one, other than a heading.
fn ends(sentence: &str) -> bool {
    sentence.ends_with(['.', '!', '?', '»', '"'])
}

fn look_alike(text: &str, pool: &[String], dice: &mut Dice) -> String {
    let mut sentence = fresh(text);
    let digits = sentence.iter().filter(|ink| ink.c.is_ascii_digit()).count();
    if digits > 1 && dice.one_in(2) {
        for ink in sentence.iter_mut().filter(|ink| ink.c.is_ascii_digit()) {
            ink.c = (b'0' + dice.below(10) as u8) as char;
        }
    } else {
        for _ in 0..1 + dice.below(3) {
            let found = words(&sentence);
            let word = dice.pick(&found).clone();
            sentence.splice(word, fresh(&a_word(pool, dice)));
        }
    }
    let changed: String = sentence.iter().map(|ink| ink.c).collect();
    if changed == text { format!("De même, {changed}") } else { changed }
}

fn a_word(pool: &[String], dice: &mut Dice) -> String {
    loop {
        let sentence = fresh(dice.pick(pool).as_str());
        let found = words(&sentence);
        if !found.is_empty() {
            let word = dice.pick(&found).clone();
            return sentence[word].iter().map(|ink| ink.c).collect();
        }
    }
}

fn capitalise(sentence: &mut Sentence, upper: bool) {
    if let Some(ink) = sentence.iter_mut().find(|ink| ink.c.is_alphanumeric()) {
        let c = ink.c;
        let other = if upper { c.to_uppercase().next() } else { c.to_lowercase().next() };
        if let Some(other) = other.filter(|&other| other != c) {
            (ink.c, ink.was) = (other, None);
        }
    }
}

fn words(sentence: &[Ink]) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for (i, ink) in sentence.iter().enumerate() {
        if ink.c.is_alphanumeric() {
            match found.last_mut() {
                Some(word) if word.end == i => word.end = i + 1,
                _ => found.push(i..i + 1),
            }
        }
    }
    found
}

/// Paragraphs and their sentences; good enough for texts written for this test.
fn paragraphs(text: &str) -> Vec<Vec<String>> {
    text.split('\n')
        .filter(|line| !line.trim().is_empty())
        .map(|line| {
            let chars: Vec<char> = line.trim().chars().collect();
            let (mut sentences, mut from) = (Vec::new(), 0);
            for i in 0..chars.len() {
                let ends = ".!?".contains(chars[i])
                    && chars.get(i + 1) == Some(&' ')
                    && chars.get(i + 2).is_some_and(|c| c.is_uppercase() || *c == '«' || *c == '"')
                    && i > 2
                    && chars[i - 2].is_alphanumeric();
                if ends && !chars[..i].ends_with(&['D', 'r']) {
                    sentences.push(chars[from..=i].iter().collect::<String>().trim().to_owned());
                    from = i + 1;
                }
            }
            sentences.push(chars[from..].iter().collect::<String>().trim().to_owned());
            sentences.retain(|sentence| !sentence.is_empty());
            sentences
        })
        .collect()
}
