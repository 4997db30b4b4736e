//! What the view remembers beside the session: the cursor, and which blocks of text are drawn in full.
//! Leaves out drawing (`ui`) and what may change (`controller`).

use std::ops::Range;
use std::rc::Rc;

use annotator_core::segment::Segmentation;
use annotator_core::{AnnotationId, Span};

/// Where the person is in the text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cursor {
    /// The sentence that has, or would have, the focus.
    pub head: usize,
    /// The other end of the selected sentences.
    pub anchor: usize,
    /// Whether the person has been in the text at all: before, nothing is drawn as current.
    pub placed: bool,
    /// A stretch chosen with the mouse or by words.
    pub span: Option<Span>,
}

/// What must get the focus once it is drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Focus {
    /// A sentence.
    Sentence(usize),
    /// The card of an annotation.
    Card(AnnotationId),
}

/// Consecutive paragraphs that are drawn together. Only blocks near the visible part get elements for their
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

/// Blocks drawn in full from the start, before the browser says what is visible.
const FIRST_BLOCKS: usize = 2;

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
        self.span = None;
        self.placed = true;
    }
}

/// Cuts a segmentation into blocks.
pub fn blocks(segmentation: &Rc<Segmentation>) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let sentences = segmentation.sentences();
    let mut from = 0;
    while from < sentences.len() {
        let wanted = (from + BLOCK_SENTENCES).min(sentences.len());
        let last_paragraph = sentences[wanted - 1].paragraph;
        let to = sentences.partition_point(|sentence| sentence.paragraph <= last_paragraph);
        blocks.push(Block {
            paragraphs: sentences[from].paragraph..last_paragraph + 1,
            sentences: from..to,
            revision: 0,
            full: blocks.len() < FIRST_BLOCKS,
        });
        from = to;
    }
    blocks
}

/// The block in which a sentence lies.
pub fn block_of(blocks: &[Block], sentence: usize) -> Option<usize> {
    let index = blocks.partition_point(|block| block.sentences.end <= sentence);
    (index < blocks.len()).then_some(index)
}
