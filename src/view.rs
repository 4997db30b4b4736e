//! What the view remembers beside the session: the cursor, and which blocks of text are drawn in full.
//! Leaves out drawing (`ui`) and what may change (`controller`).

use std::ops::Range;
use std::rc::Rc;

use annotator_core::extent::words_of;
use annotator_core::segment::Segmentation;
use annotator_core::{AnnotationId, Document, Span};

/// Where the person is in the text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cursor {
    /// The sentence that has, or would have, the focus.
    pub head: usize,
    /// The other end of the selected sentences.
    pub anchor: usize,
    /// Whether the person has been in the text at all: before, nothing is drawn as current.
    pub placed: bool,
    /// A stretch chosen by words.
    pub span: Option<Span>,
    /// The word under the word cursor.
    pub word: Option<Span>,
    /// The word from which the chosen stretch grows.
    pin: Option<Span>,
    /// Where the person clicked last.
    pub click: Option<usize>,
}

/// To what the palette of labels belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Offer {
    /// It is not shown.
    #[default]
    Nothing,
    /// A sentence was clicked or tapped.
    Sentence,
    /// Text was selected.
    Stretch,
}

/// How the list is looked at.
#[derive(Debug, Clone, Default)]
pub struct ListView {
    /// What is looked for, in small letters.
    pub search: String,
    /// The one label that is shown; empty for all.
    pub only: String,
    /// In text order; else by label.
    pub by_text: bool,
    /// The group in which somebody has turned to other cards, by the place of its label (`None` in text order), and how
    /// many stand before those; until a card is opened.
    pub page: Option<(Option<usize>, usize)>,
    /// The labels whose marks are not drawn.
    pub hidden: Vec<String>,
}

/// What must get the focus once it is drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Focus {
    /// A sentence.
    Sentence(usize),
    /// The card of an annotation.
    Card(AnnotationId),
}

/// Consecutive paragraphs that are drawn together. Only the first block and those near the visible part get elements for their
/// sentences, so that the cost of drawing follows the screen and not the length of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// The paragraphs.
    pub paragraphs: Range<usize>,
    /// The sentences.
    pub sentences: Range<usize>,
    /// Counts up whenever the block must be drawn anew.
    pub revision: u32,
    /// Whether its sentences have elements of their own.
    pub full: bool,
}

/// Sentences after which a block ends with its paragraph: about two screens of text.
const BLOCK_SENTENCES: usize = 40;

/// Blocks of a long text, which are larger for it: the browser looks at each of them in every frame. With 1000 in place
/// of 2500 a key took 14 ms of work in place of 20.
const MOST_BLOCKS: usize = 1000;

/// Blocks drawn in full from the start, before the browser says what is visible.
pub const FIRST_BLOCKS: usize = 1;

/// Blocks that get their text in one task: a book's thousand take 70 ms, and one screen shows three.
pub const FILLED_AT_ONCE: usize = 100;

impl Cursor {
    /// The first and the last selected sentence.
    pub fn range(&self) -> (usize, usize) {
        (self.head.min(self.anchor), self.head.max(self.anchor))
    }

    /// Goes to a sentence; `extend` keeps the other end of the selection.
    pub fn move_to(&mut self, sentence: usize, extend: bool) {
        self.head = sentence;
        if !extend {
            self.anchor = sentence;
        }
        self.placed = true;
        self.forget_words();
    }

    /// Takes the word cursor and the chosen stretch away.
    pub fn forget_words(&mut self) {
        self.span = None;
        self.word = None;
        self.pin = None;
        self.click = None;
    }

    /// Chooses a stretch of the sentence under the cursor; its last word is under the word cursor, so that it can be
    /// changed from there.
    pub fn choose(&mut self, span: Span, document: &Document) {
        let inside = |word: &Span| span.contains(*word);
        self.span = Some(span);
        self.pin = words_of(document, self.head).into_iter().find(inside);
        let last = document.sentences_of(span).map_or(self.head, |(_, last)| last);
        self.word = words_of(document, last).into_iter().rfind(inside);
    }

    /// Moves the word cursor to the next or previous word, over the ends of sentences too; `extend` chooses what lies
    /// between the word where that began and the new one. Whether there was such a word.
    pub fn step_word(&mut self, document: &Document, forward: bool, extend: bool) -> bool {
        let from = self.word;
        let Some((sentence, word)) = self.next_word(document, forward) else { return false };
        let pin = self.pin.or(from).unwrap_or(word);
        self.move_to(sentence, false);
        self.word = Some(word);
        if extend {
            self.pin = Some(pin);
            self.span = Some(pin.cover(word));
        }
        true
    }

    /// Where a sentence would be split: the word under the cursor, else the word clicked.
    pub fn split_at(&self, document: &Document) -> Option<usize> {
        let click = || {
            let at = self.click?;
            words_of(document, document.sentence_at(at)?).into_iter().rev().find(|word| word.start() <= at)
        };
        self.word.or_else(click).map(Span::start)
    }

    fn next_word(&self, document: &Document, forward: bool) -> Option<(usize, Span)> {
        let mut sentence = self.head;
        loop {
            let words = words_of(document, sentence);
            let mut beyond = words.into_iter().filter(|word| match self.word {
                Some(here) if forward => word.start() >= here.end(),
                Some(here) => word.end() <= here.start(),
                None => true,
            });
            let word = if forward { beyond.next() } else { beyond.next_back() };
            if let Some(word) = word {
                return Some((sentence, word));
            }
            sentence = if forward { sentence + 1 } else { sentence.checked_sub(1)? };
            document.sentences().get(sentence)?;
        }
    }
}

/// Cuts a segmentation into blocks, to take the place of others: all are drawn anew.
pub fn blocks(segmentation: &Rc<Segmentation>, former: &[Block]) -> Vec<Block> {
    let revision = former.iter().map(|block| block.revision + 1).max().unwrap_or_default();
    let mut blocks: Vec<Block> = Vec::new();
    let sentences = segmentation.sentences();
    let size = BLOCK_SENTENCES.max(sentences.len() / MOST_BLOCKS);
    let mut from = 0;
    while from < sentences.len() {
        let wanted = (from + size).min(sentences.len());
        let last_paragraph = sentences[wanted - 1].paragraph;
        let to = sentences.partition_point(|sentence| sentence.paragraph <= last_paragraph);
        blocks.push(Block {
            paragraphs: sentences[from].paragraph..last_paragraph + 1,
            sentences: from..to,
            revision,
            full: blocks.len() < FIRST_BLOCKS,
        });
        from = to;
    }
    blocks
}

/// Lets blocks be drawn anew.
pub fn renew(blocks: &mut [Block]) {
    for block in blocks {
        block.revision += 1;
    }
}

/// The block in which a sentence lies.
pub fn block_of(blocks: &[Block], sentence: usize) -> Option<usize> {
    let index = blocks.partition_point(|block| block.sentences.end <= sentence);
    (index < blocks.len()).then_some(index)
}

#[cfg(test)]
mod tests {
    use super::*;
    use annotator_core::{LabelSet, Release, Text};

    fn document(text: &str) -> Document {
        Document::new(Release::new("essai", "", "fr", "", Text::new(text)), LabelSet::default())
    }

    fn shown(document: &Document, span: Option<Span>) -> &str {
        span.and_then(|span| document.text().slice(span)).unwrap_or_default()
    }

    #[test]
    fn the_word_cursor_goes_over_the_ends_of_sentences() {
        let document = document("Oui. L’État signe.");
        let mut cursor = Cursor::default();
        let mut seen = Vec::new();
        while cursor.step_word(&document, true, false) {
            seen.push((cursor.head, shown(&document, cursor.word).to_owned()));
        }
        let words: Vec<_> = seen.iter().map(|(head, word)| (*head, word.as_str())).collect();
        assert_eq!(words, [(0, "Oui"), (1, "L’"), (1, "État"), (1, "signe")]);
        assert!(cursor.step_word(&document, false, false));
        assert_eq!(shown(&document, cursor.word), "État");
    }

    #[test]
    fn the_chosen_stretch_grows_and_shrinks_around_the_word_where_it_began() {
        let document = document("Un deux trois quatre.");
        let mut cursor = Cursor::default();
        cursor.step_word(&document, true, false);
        cursor.step_word(&document, true, false);
        cursor.step_word(&document, true, true);
        assert_eq!(shown(&document, cursor.span), "deux trois");
        cursor.step_word(&document, false, true);
        assert_eq!(shown(&document, cursor.span), "deux");
        cursor.step_word(&document, false, true);
        assert_eq!(shown(&document, cursor.span), "Un deux");
        cursor.step_word(&document, true, false);
        assert_eq!(cursor.span, None);
    }

    #[test]
    fn a_click_splits_at_the_word_that_was_hit() {
        let document = document("Le groupe signe.");
        let cursor = Cursor { click: Some(6), ..Cursor::default() };
        assert_eq!(cursor.split_at(&document), Some(3));
        assert_eq!(Cursor::default().split_at(&document), None);
    }

    #[test]
    fn blocks_tile_the_sentences_and_end_with_paragraphs() {
        let text = "Une phrase. Une autre.\n".repeat(90);
        let document = document(&text);
        let blocks = blocks(document.segmentation(), &[]);
        assert_eq!(blocks.first().map(|block| block.sentences.start), Some(0));
        for pair in blocks.windows(2) {
            assert_eq!(pair[0].sentences.end, pair[1].sentences.start);
            assert_eq!(pair[0].paragraphs.end, pair[1].paragraphs.start);
        }
        assert_eq!(blocks.last().map(|block| block.sentences.end), Some(180));
        for sentence in 0..180 {
            let block = block_of(&blocks, sentence).expect("in a block");
            assert!(blocks[block].sentences.contains(&sentence));
        }
        assert_eq!(block_of(&blocks, 180), None);
    }
}
