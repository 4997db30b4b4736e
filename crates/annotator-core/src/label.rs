//! Labels and label sets: what a sentence can be called. Ids are stable, names and colours are not.
//! Leaves out how a label is drawn (the shell's style sheet) and written (see `format`).

use std::rc::Rc;

/// The language of the interface; messages and label names exist in both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum UiLanguage {
    /// French, the default.
    #[default]
    French,
    /// English.
    English,
}

/// One category, for example `objective`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// Stable and unique in its set; annotations refer to it, so renaming a label breaks nothing.
    pub id: String,
    /// The name in French.
    pub name_fr: String,
    /// The name in English.
    pub name_en: String,
    /// A CSS colour in the form `#rrggbb`; tints and underlines are mixed from it.
    pub color: String,
    /// The digit key that toggles it, `1` to `9`; unique in its set.
    pub key: Option<char>,
    /// What it is for, shown in the guideline; may be empty.
    pub description: String,
}

/// An ordered set of labels with unique ids and unique keys. Cloning is cheap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LabelSet(Rc<[Label]>);

/// Colours on which white can be read, 4.5:1 at least; label n takes colour n, in a circle. The first three are after Okabe and
/// Ito, "Color Universal Design", darkened; the others were searched for, so that no two are less than 4 apart
/// (CIEDE2000) for any kind of eyes, and those five places apart, which have the same line, 14 at least.
pub const PALETTE: [&str; 9] =
    ["#0067a5", "#b34700", "#007a5a", "#cd087c", "#740f4f", "#50504e", "#363a85", "#6f28e9", "#1b4900"];

impl Label {
    /// A label of which only the id is known; it is its own name.
    pub fn bare(id: &str) -> Self {
        Self {
            id: id.to_owned(),
            name_fr: id.to_owned(),
            name_en: id.to_owned(),
            color: String::new(),
            key: None,
            description: String::new(),
        }
    }

    /// The name in the language of the interface.
    pub fn name(&self, language: UiLanguage) -> &str {
        match language {
            UiLanguage::French => &self.name_fr,
            UiLanguage::English => &self.name_en,
        }
    }
}

impl LabelSet {
    /// Makes a set of the labels in their order. Of labels with the same id the first stays; a label
    /// whose key is missing, taken or no digit from 1 to 9 gets the first free digit, if there is one;
    /// a colour that is not of the form `#rrggbb` is replaced from [`PALETTE`]; an empty name by the id.
    pub fn new(labels: Vec<Label>) -> Self {
        let mut set: Vec<Label> = Vec::new();
        for label in labels {
            if !label.id.is_empty() && set.iter().all(|known| known.id != label.id) {
                set.push(label);
            }
        }
        let mut taken = Vec::new();
        for label in &mut set {
            label.key = label.key.filter(|key| matches!(key, '1'..='9') && !taken.contains(key));
            taken.extend(label.key);
        }
        for (index, label) in set.iter_mut().enumerate() {
            if label.key.is_none() {
                label.key = ('1'..='9').find(|key| !taken.contains(key));
                taken.extend(label.key);
            }
            if !is_hex_color(&label.color) {
                label.color = PALETTE[index % PALETTE.len()].to_owned();
            }
            for name in [&mut label.name_fr, &mut label.name_en] {
                if name.trim().is_empty() {
                    name.clone_from(&label.id);
                }
            }
        }
        Self(set.into())
    }

    /// The labels, in the order of the buttons.
    pub fn iter(&self) -> std::slice::Iter<'_, Label> {
        self.0.iter()
    }

    /// How many labels there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is no label at all.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The label with this id.
    pub fn find(&self, id: &str) -> Option<&Label> {
        self.0.iter().find(|label| label.id == id)
    }

    /// The place of the label with this id in the order.
    pub fn position(&self, id: &str) -> Option<usize> {
        self.0.iter().position(|label| label.id == id)
    }

    /// The label that a digit key toggles.
    pub fn by_key(&self, key: char) -> Option<&Label> {
        self.0.iter().find(|label| label.key == Some(key))
    }

    /// The set with one label's key changed; a label that had this key gets the other's former one.
    pub fn with_key(&self, id: &str, key: char) -> Self {
        let former = self.find(id).and_then(|label| label.key);
        let swapped = self.iter().map(|label| {
            let own = match label.key {
                _ if label.id == id => Some(key),
                Some(known) if known == key => former,
                own => own,
            };
            Label { key: own, ..label.clone() }
        });
        Self::new(swapped.collect())
    }

    /// A new id for a label of this name: its letters and digits, small, without accents that would trouble other
    /// programs; with a number where another label has it.
    pub fn new_id(&self, name: &str) -> String {
        let plain = name.chars().flat_map(char::to_lowercase).map(|c| match c {
            'à' | 'â' | 'ä' => 'a',
            'ç' => 'c',
            'é' | 'è' | 'ê' | 'ë' => 'e',
            'î' | 'ï' => 'i',
            'ô' | 'ö' => 'o',
            'ù' | 'û' | 'ü' => 'u',
            c if c.is_alphanumeric() => c,
            _ => '-',
        });
        let plain: String = plain.collect();
        let plain = match plain.trim_matches('-') {
            "" => "label",
            plain => plain,
        };
        let mut id = plain.to_owned();
        let mut number = 1;
        while self.find(&id).is_some() {
            number += 1;
            id = [plain, &number.to_string()].join("-");
        }
        id
    }

    /// The set that a person made, with the labels that have joined the page's set since it was made from that one's
    /// `from` ids: what the person has taken out stays out.
    pub fn followed_by(&self, page: &Self, from: &[String]) -> Self {
        let joined = page.iter().filter(|label| !from.contains(&label.id)).cloned();
        Self::new(self.iter().cloned().chain(joined).collect())
    }

    /// The ids, joined for a message: `objective, quote, dates`.
    pub fn ids(&self) -> String {
        let mut ids = String::new();
        for label in self.iter() {
            ids.push_str(if ids.is_empty() { "" } else { ", " });
            ids.push_str(&label.id);
        }
        ids
    }
}

impl Default for LabelSet {
    /// The three labels of the contract: `objective`, `quote`, `dates`.
    fn default() -> Self {
        let label = |id: &str, name_fr: &str, name_en: &str| Label {
            id: id.to_owned(),
            name_fr: name_fr.to_owned(),
            name_en: name_en.to_owned(),
            color: String::new(),
            key: None,
            description: String::new(),
        };
        Self::new(vec![
            label("objective", "Objectif", "Objective"),
            label("quote", "Citation", "Quote"),
            label("dates", "Dates", "Dates"),
        ])
    }
}

/// The names of the attributes that annotations of a label bring, by the label's id; a person may leave them empty.
pub fn attributes_of(label: &str) -> &'static [&'static str] {
    match label {
        "quote" => &["speaker", "role", "verb"],
        "dates" => &["value"],
        _ => &[],
    }
}

fn is_hex_color(color: &str) -> bool {
    color.strip_prefix('#').is_some_and(|hex| hex.len() == 6 && hex.bytes().all(|b| b.is_ascii_hexdigit()))
}

/// Puts the values in place of the `{}`, in order.
pub fn fill(text: &str, values: &[&str]) -> String {
    let mut filled = String::with_capacity(text.len() + 16);
    let mut values = values.iter();
    for part in text.split('{') {
        match part.strip_prefix('}') {
            Some(part) => {
                filled.push_str(values.next().copied().unwrap_or_default());
                filled.push_str(part);
            }
            None => filled.push_str(part),
        }
    }
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    fn label(id: &str, key: Option<char>) -> Label {
        Label {
            id: id.into(),
            name_fr: String::new(),
            name_en: String::new(),
            color: "red".into(),
            key,
            description: String::new(),
        }
    }

    #[test]
    fn keys_never_collide_and_the_first_free_digit_is_given() {
        let set =
            LabelSet::new(vec![label("a", Some('2')), label("b", Some('2')), label("c", None), label("d", Some('x'))]);
        let keys: Vec<_> = set.iter().map(|label| label.key).collect();
        assert_eq!(keys, [Some('2'), Some('1'), Some('3'), Some('4')]);
    }

    #[test]
    fn a_tenth_label_has_no_key() {
        let set = LabelSet::new((0..10).map(|n| label(&format!("l{n}"), None)).collect());
        assert_eq!(set.iter().last().and_then(|label| label.key), None);
        assert_eq!(set.by_key('9').map(|label| label.id.as_str()), Some("l8"));
    }

    #[test]
    fn ids_are_unique_and_names_and_colours_are_filled_in() {
        let set = LabelSet::new(vec![label("a", None), label("a", None), label("", None)]);
        assert_eq!(set.len(), 1);
        let only = set.find("a").expect("the first stays");
        assert_eq!((only.name(UiLanguage::French), only.color.as_str()), ("a", PALETTE[0]));
    }

    #[test]
    fn the_default_set_is_that_of_the_contract() {
        assert_eq!(LabelSet::default().ids(), "objective, quote, dates");
        assert_eq!(LabelSet::default().by_key('2').map(|label| label.id.as_str()), Some("quote"));
    }
}
