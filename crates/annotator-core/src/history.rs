//! Undo and redo: inverted transactions go through the same door as every edit.
//! Leaves out applying them (`document`).

use crate::document::Document;
use crate::transaction::Transaction;

/// The transactions that can be taken back and those that can be made again.
#[derive(Debug, Clone, Default)]
pub struct History {
    done: Vec<Transaction>,
    undone: Vec<Transaction>,
    /// Whether more can be taken back, or made again, that is kept elsewhere.
    elsewhere: [bool; 2],
}

/// Steps that are remembered; older ones are forgotten. A day of eighty releases stays far below.
const DEPTH: usize = 10_000;

impl History {
    /// A history that was kept elsewhere; see [`Session::remember`](crate::Session::remember).
    pub fn new(done: Vec<Transaction>, undone: Vec<Transaction>) -> Self {
        Self { done, undone, elsewhere: [false; 2] }
    }

    /// A history of which nothing was read yet; whether there is something to take back, and to make again.
    pub fn elsewhere(elsewhere: [bool; 2]) -> Self {
        Self { elsewhere, ..Self::default() }
    }

    /// Whether a step back, or forth, needs what is kept elsewhere: all of it, for it has the steps made here too.
    pub fn lacks(&self, back: bool) -> bool {
        if back { self.done.is_empty() && self.elsewhere[0] } else { self.undone.is_empty() && self.elsewhere[1] }
    }

    /// Remembers what was just applied; what had been undone can no longer be made again.
    /// A transaction without changes is not remembered.
    pub fn record(&mut self, transaction: Transaction) {
        if transaction.is_empty() {
            return;
        }
        self.undone.clear();
        self.elsewhere[1] = false;
        self.done.push(transaction);
        if self.done.len() > DEPTH {
            self.done.remove(0);
        }
    }

    /// Whether there is something to undo.
    pub fn can_undo(&self) -> bool {
        !self.done.is_empty() || self.elsewhere[0]
    }

    /// Whether there is something to redo.
    pub fn can_redo(&self) -> bool {
        !self.undone.is_empty() || self.elsewhere[1]
    }

    /// Takes the last transaction back and says what happened; nothing where there is none.
    ///
    /// A record that somebody else has changed since (another tab) is left as it is.
    pub fn undo(&mut self, document: &mut Document) -> Transaction {
        Self::step(&mut self.done, &mut self.undone, document)
    }

    /// Makes the last undone transaction again and says what happened; nothing where there is none.
    ///
    /// A record that somebody else has changed since (another tab) is left as it is.
    pub fn redo(&mut self, document: &mut Document) -> Transaction {
        Self::step(&mut self.undone, &mut self.done, document)
    }

    fn step(from: &mut Vec<Transaction>, to: &mut Vec<Transaction>, document: &mut Document) -> Transaction {
        let Some(last) = from.pop() else { return Transaction::default() };
        let mut inverse = last.invert();
        inverse.changes.retain(|change| document.accepts(change));
        document.apply(&inverse).expect("only changes that the document accepts are left");
        to.push(inverse.clone());
        inverse
    }
}
