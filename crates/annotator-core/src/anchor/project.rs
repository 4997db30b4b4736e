//! Where a span of the old text lies in the new one, once the words are aligned, and how sure that is.
//! Leaves out the alignment itself.

use super::Resolution;
use super::align::Alignment;
use super::pairing::{STRAY, gain};
use super::token::{Class, Token};
use super::units::NONE;
use crate::Span;

/// The least of the old words, in thousandths by weight, that must be found again ...
const RECALL: u32 = 450;
/// ... or, where only a piece remains, the least of the piece that must come from the old words, ...
const PIECE_PRECISION: u32 = 700;
/// ... and then the least of the old words, unless a whole sentence stays.
const PIECE_RECALL: u32 = 180;

/// So many new tokens at the start or the end of a sentence still belong to it: `Selon le communiqué publié ce jour,`.
const ADDED: usize = 8;

/// What the resolver needs of both texts.
pub(super) struct Projector<'a> {
    /// The old text.
    pub old: &'a str,
    /// The new text.
    pub new: &'a str,
    /// Their words.
    pub alignment: &'a Alignment,
}

/// A stretch of new tokens, both ends included, and what it has of the old ones.
#[derive(Clone, Copy)]
struct Cluster {
    old: (usize, usize),
    new: (usize, usize),
    weight: u32,
    /// The first old and new token of the heaviest run of words in it, and what that run weighs.
    heart: (usize, usize, u32),
}

impl Projector<'_> {
    /// Resolves one span of the old text. A span that is reversed, outside or inside a character is an orphan.
    pub(super) fn resolve(&self, span: Span) -> Resolution {
        if self.old.get(span.start()..span.end()).is_none() {
            return Resolution::Orphan;
        }
        let tokens = &self.alignment.old.tokens;
        let a = tokens.partition_point(|token| token.end as usize <= span.start());
        let b = tokens.partition_point(|token| (token.start as usize) < span.end());
        if a >= b {
            return self.blank(span, a);
        }
        let b = b - 1;
        if let Some(resolution) = self.unclear(span, a, b).or_else(|| self.twin(span, a, b)) {
            return resolution;
        }
        if let Some(found) = self.same_words(span, a, b, self.alignment.place[a]) {
            return self.exact_or_moved(found, span, a, b);
        }
        self.changed(span, a, b).or_else(|| self.replaced(a, b)).unwrap_or(Resolution::Orphan)
    }

    fn exact_or_moved(&self, found: Span, span: Span, a: usize, b: usize) -> Resolution {
        let after = b + 1 < self.alignment.place.len() && self.follows(b, b + 1);
        let beside = after || (a > 0 && self.follows(a - 1, a));
        let same = beside || found == span || (a..=b).any(|i| self.alignment.is_kept(i));
        if same { Resolution::Exact(found) } else { Resolution::Moved(found) }
    }

    /// Whether two old tokens stand side by side in the new text.
    fn follows(&self, i: usize, j: usize) -> bool {
        let place = &self.alignment.place;
        place[i] != NONE && place[j] != NONE && place[i] + 1 == place[j]
    }

    /// A span whose words, or most of them, are found in two places that are equally good.
    fn unclear(&self, span: Span, a: usize, b: usize) -> Option<Resolution> {
        let (place, tokens) = (&self.alignment.place, &self.alignment.old.tokens);
        let rivals: Vec<Option<usize>> = (a..=b).map(|i| self.alignment.rival(i)).collect();
        let unclear: u32 =
            (a..=b).zip(&rivals).filter(|(_, rival)| rival.is_some()).map(|(i, _)| u32::from(tokens[i].weight)).sum();
        if unclear == 0 {
            return None;
        }
        if rivals.iter().any(Option::is_none) {
            // What is clear decides about the rest, if it all stands together in one of the two places.
            let other: Vec<u32> = (a..=b).zip(&rivals).map(|(i, rival)| rival.map_or(place[i], |j| j as u32)).collect();
            let together = |places: &[u32]| places.windows(2).all(|pair| pair[0] != NONE && pair[0] + 1 == pair[1]);
            let first = if together(&place[a..=b]) { place[a] } else { other[0] };
            if together(&place[a..=b]) || together(&other) {
                return self.same_words(span, a, b, first).map(Resolution::Exact);
            }
            if 2 * unclear < self.alignment.old.weight(a, b + 1) {
                return None;
            }
        }
        let whole = [place[a], rivals[0].map_or(NONE, |j| j as u32)].map(|first| self.same_words(span, a, b, first));
        let mut places: Vec<Span> = whole.into_iter().flatten().collect();
        if places.is_empty() {
            places.extend(self.changed(span, a, b).and_then(|part| part.span()));
        }
        places.dedup();
        if let [first, second] = places[..]
            && second < first
        {
            places.reverse();
        }
        (!places.is_empty()).then_some(Resolution::Ambiguous(places))
    }

    /// Words that stand twice running in a paragraph of one of the texts, and once in the other, where they are too short
    /// or too unlike a sentence to be compared as units: the alignment has taken one of the two.
    fn twin(&self, span: Span, a: usize, b: usize) -> Option<Resolution> {
        let (old, new) = (&self.alignment.old.tokens, &self.alignment.new.tokens);
        let (place, source) = (&self.alignment.place, &self.alignment.source);
        let n = b - a + 1;
        if n < 2 {
            return None;
        }
        let same = |x: &[Token], y: &[Token]| x.len() == y.len() && x.iter().zip(y).all(|(x, y)| x.form == y.form);
        let gone = |i: usize| place[i..i + n].iter().all(|&j| j == NONE);
        let stays = |i: usize| place[i..i + n].windows(2).all(|pair| pair[0] != NONE && pair[0] + 1 == pair[1]);
        for other in [a.checked_sub(n), Some(b + 1)].into_iter().flatten() {
            let twin =
                old.get(other..other + n).is_some_and(|twin| same(twin, &old[a..=b])) && !old[a.max(other)].paragraph;
            if twin && ((gone(a) && stays(other)) || (gone(other) && stays(a))) {
                let first = if gone(a) { place[other] } else { place[a] };
                return self.same_words(span, a, b, first).map(|found| Resolution::Ambiguous(vec![found]));
            }
        }
        if !stays(a) {
            return None;
        }
        let first = place[a] as usize;
        for other in [first.checked_sub(n), Some(first + n)].into_iter().flatten() {
            let free = source.get(other..other + n).is_some_and(|twin| twin.iter().all(|&i| i == NONE));
            if free && same(&new[other..other + n], &old[a..=b]) && !new[first.max(other)].paragraph {
                let places = [other.min(first), other.max(first)];
                let places = places.into_iter().filter_map(|first| self.same_words(span, a, b, first as u32)).collect();
                return Some(Resolution::Ambiguous(places));
            }
        }
        None
    }

    /// The span that has the same words, if they stand together from the new token `first` on.
    fn same_words(&self, span: Span, a: usize, b: usize, first: u32) -> Option<Span> {
        if first == NONE {
            return None;
        }
        let first = first as usize;
        let old = &self.alignment.old.tokens[a..=b];
        let new = self.alignment.new.tokens.get(first..first + old.len())?;
        let same = old.iter().zip(new).all(|(x, y)| x.key == y.key && x.form == y.form);
        same.then(|| self.edges(span, (a, b), (first, first + old.len() - 1)))?
    }

    /// The new span between two new tokens, with the offsets that the old span has inside its outer tokens, and the
    /// white space it has around them where the new text has the same.
    fn edges(&self, span: Span, old: (usize, usize), new: (usize, usize)) -> Option<Span> {
        let (old_words, new_words) = (&self.alignment.old.tokens, &self.alignment.new.tokens);
        let start = self.start(span, &old_words[old.0], &new_words[new.0]);
        let end = self.end(span, &old_words[old.1], &new_words[new.1]);
        Span::new(start, end)
    }

    fn start(&self, span: Span, old: &Token, new: &Token) -> usize {
        let (old_start, new_start) = (old.start as usize, new.start as usize);
        if span.start() > old_start {
            return new_start + within(self.word(self.old, old), self.word(self.new, new), span.start() - old_start);
        }
        let before = &self.old[span.start()..old_start];
        if self.new[..new_start].ends_with(before) { new_start - before.len() } else { new_start }
    }

    fn end(&self, span: Span, old: &Token, new: &Token) -> usize {
        let (old_end, new_end) = (old.end as usize, new.end as usize);
        if span.end() < old_end {
            let inside = span.end() - old.start as usize;
            return new.start as usize + within(self.word(self.old, old), self.word(self.new, new), inside);
        }
        let behind = &self.old[old_end..span.end()];
        if self.new[new_end..].starts_with(behind) { new_end + behind.len() } else { new_end }
    }

    fn word<'t>(&self, text: &'t str, token: &Token) -> &'t str {
        &text[token.start as usize..token.end as usize]
    }

    /// A span without a word in it: the same white space between the same words, or nothing.
    fn blank(&self, span: Span, next: usize) -> Resolution {
        let (old, new) = (&self.alignment.old.tokens, &self.alignment.new.tokens);
        let place = &self.alignment.place;
        let (gap, from) = if next > 0 && place[next - 1] != NONE {
            let j = place[next - 1] as usize;
            let to = new.get(j + 1).map_or(self.new.len(), |token| token.start as usize);
            (new[j].end as usize..to, old[next - 1].end as usize)
        } else if next < old.len() && place[next] != NONE {
            let j = place[next] as usize;
            let begin = if j == 0 { 0 } else { new[j - 1].end as usize };
            (begin..new[j].start as usize, if next == 0 { 0 } else { old[next - 1].end as usize })
        } else {
            return Resolution::Orphan;
        };
        let to = old.get(next).map_or(self.old.len(), |token| token.start as usize);
        if self.old[from..to] != self.new[gap.clone()] {
            return Resolution::Orphan;
        }
        let offset = span.start() - from;
        match Span::new(gap.start + offset, gap.start + offset + span.len()) {
            Some(found) => Resolution::Exact(found),
            None => Resolution::Orphan,
        }
    }

    /// A span of which enough is found again, though not word for word.
    fn changed(&self, span: Span, a: usize, b: usize) -> Option<Resolution> {
        let cluster = self.heaviest(a, b)?;
        let alignment = self.alignment;
        let new = self.extend(span, a, b, &cluster);
        // A word or a mark at the edge may have gone to another sentence and the words be the same none the less.
        let heart = (cluster.heart.1 + a).checked_sub(cluster.heart.0);
        if let Some(found) = heart.and_then(|first| self.same_words(span, a, b, first as u32)) {
            return Some(self.exact_or_moved(found, span, a, b));
        }
        let (old_weight, new_weight) = (alignment.old.weight(a, b + 1), alignment.new.weight(new.0, new.1 + 1));
        let recall = cluster.weight * 10 / old_weight.max(1);
        let precision = cluster.weight * 10 / new_weight.max(1);
        let piece = recall >= PIECE_RECALL || alignment.has_whole((a, b), cluster.new);
        if recall < RECALL && (!piece || precision < PIECE_PRECISION) {
            return None;
        }
        let whole = |at: bool, i: usize, j: usize| at && alignment.place[i] == j as u32;
        let (first, last) = (&alignment.new.tokens[new.0], &alignment.new.tokens[new.1]);
        let old = &alignment.old.tokens;
        let start = if whole(true, a, new.0) { self.start(span, &old[a], first) } else { first.start as usize };
        let end = if whole(true, b, new.1) { self.end(span, &old[b], last) } else { last.end as usize };
        // 0.99 at most: what is the same word for word has been found before.
        let score = (0.02 * cluster.weight as f32 / (old_weight + new_weight).max(1) as f32).min(0.99);
        Span::new(start, end.max(start)).map(|span| Resolution::Fuzzy { span, score })
    }

    /// The place in the new text where most of the words from `a` to `b` stand together.
    fn heaviest(&self, a: usize, b: usize) -> Option<Cluster> {
        let (old, new) = (&self.alignment.old.tokens, &self.alignment.new.tokens);
        let place = &self.alignment.place;
        let mut clusters: Vec<Cluster> = Vec::new();
        let mut i = a;
        while i <= b {
            let (from, first) = (i, place[i] as usize);
            i += 1;
            if place[from] == NONE {
                continue;
            }
            while i <= b && place[i] != NONE && place[i] == place[i - 1] + 1 {
                i += 1;
            }
            let weight: u32 = (from..i).map(|k| gain(&old[k], &new[place[k] as usize])).sum();
            let run = Cluster {
                old: (from, i - 1),
                new: (first, first + i - 1 - from),
                weight,
                heart: (from, first, weight),
            };
            let near = |c: &&mut Cluster| {
                let apart = (run.new.0 as isize - c.new.1 as isize, run.old.0 - c.old.1);
                apart.0 > 0 && STRAY * (apart.0 as usize).abs_diff(apart.1) as u32 <= c.weight.min(run.weight)
            };
            match clusters.iter_mut().rev().take(8).find(near) {
                Some(cluster) => {
                    (cluster.old.1, cluster.new.1) = (run.old.1, run.new.1);
                    cluster.weight += run.weight;
                    if run.weight > cluster.heart.2 {
                        cluster.heart = run.heart;
                    }
                }
                None => clusters.push(run),
            }
        }
        clusters.into_iter().reduce(|best, next| if next.weight > best.weight { next } else { best })
    }

    /// Takes in the new words at the edges that stand for old words of the span, or complete its sentence.
    fn extend(&self, span: Span, a: usize, b: usize, cluster: &Cluster) -> (usize, usize) {
        let (old, new) = (&self.alignment.old.tokens, &self.alignment.new.tokens);
        let source = &self.alignment.source;
        let (mut first, mut last) = cluster.new;
        let whole_start = old[a].opens && span.start() <= old[a].start as usize;
        let whole_end = old.get(b + 1).is_none_or(|next| next.opens) && span.end() >= old[b].end as usize;

        let lost = cluster.old.0 - a;
        let mut crossed = self.openings(a + 1, cluster.old.0 + 1);
        let mut edge = first;
        while edge > 0 && source[edge - 1] == NONE && (!new[edge].opens || crossed > 0) {
            crossed -= usize::from(new[edge].opens);
            edge -= 1;
        }
        // `Hier, l’usine` for `L’usine` is one sentence; a heading before a capital that stayed is not part of it.
        let begins = lost == 0
            && first > edge
            && new[first - 1].class != Class::Mark
            && old[a].form == new[first].form
            && self.word(self.new, &new[first]).starts_with(char::is_uppercase);
        if begins {
            edge = first;
        }
        if whole_start && new[edge].opens && first - edge <= ADDED + 2 * lost {
            first = edge;
        } else {
            first = edge.max(first.saturating_sub(lost));
        }

        let ends = |j: usize| new.get(j + 1).is_none_or(|next| next.opens);
        let lost = b - cluster.old.1;
        let mut crossed = self.openings(cluster.old.1 + 1, b + 1);
        let mut edge = last;
        while edge + 1 < new.len() && source[edge + 1] == NONE && (!ends(edge) || crossed > 0) {
            crossed -= usize::from(ends(edge));
            edge += 1;
        }
        if whole_end && ends(edge) && edge - last <= ADDED + 2 * lost {
            last = edge;
        } else if old[cluster.old.1 + 1..=b].iter().any(|token| token.class != Class::Mark) {
            last = edge.min(last + lost);
        }
        (first, last)
    }

    /// How many sentences open within the lost words at an edge: what looked like a sentence of its own (`Les Drs.`) may
    /// do so again. None where more than a few words are lost.
    fn openings(&self, from: usize, to: usize) -> usize {
        let lost = &self.alignment.old.tokens[from..to];
        if lost.len() > ADDED { 0 } else { lost.iter().filter(|token| token.opens).count() }
    }

    /// A few words of a sentence that were replaced while the words on both sides stayed.
    fn replaced(&self, a: usize, b: usize) -> Option<Resolution> {
        let (old, new) = (&self.alignment.old.tokens, &self.alignment.new.tokens);
        let (before, after) = (a.checked_sub(1)?, b + 1);
        let (p, q) = (*self.alignment.place.get(before)?, *self.alignment.place.get(after)?);
        if p == NONE || q == NONE || old[a..=after].iter().any(|token| token.opens) {
            return None;
        }
        let (from, to) = (p as usize + 1, q as usize);
        if b - a >= ADDED || from >= to || to - from > ADDED || new[from..=to].iter().any(|token| token.opens) {
            return None;
        }
        if self.alignment.source[from..to].iter().any(|&source| source != NONE && !(a..=b).contains(&(source as usize)))
        {
            return None;
        }
        let span = Span::new(new[from].start as usize, new[to - 1].end as usize)?;
        Some(Resolution::Fuzzy { span, score: 0.0 })
    }
}

/// The offset in `new` after as many characters as `offset` bytes of `old` hold; the same offset if the words are equal.
fn within(old: &str, new: &str, offset: usize) -> usize {
    if old == new {
        return offset;
    }
    let visible = |c: &(usize, char)| super::token::mark_of(c.1).is_none();
    let count = old[..offset].char_indices().filter(visible).count();
    new.char_indices().filter(visible).nth(count).map_or(new.len(), |(at, _)| at)
}
