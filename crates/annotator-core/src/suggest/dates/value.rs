//! Checks a date's value as a person types it: ISO 8601, or one of the TIMEX3 forms.
//! Leaves out whether the value is right for its expression.

use super::calendar;
use crate::UiLanguage;

/// Why a value is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ValueError {
    /// Nothing was given.
    Empty,
    /// The form is none of those known.
    Form,
    /// The form is a date's but the calendar has no such day, month, week or hour.
    Calendar,
    /// An interval whose end lies before its beginning.
    Reversed,
}

impl ValueError {
    /// What was expected, with an example; in the language of the interface.
    pub fn text(self, ui: UiLanguage) -> &'static str {
        let french = ui == UiLanguage::French;
        match self {
            Self::Empty | Self::Form if french => {
                "Valeur attendue : une date ISO 8601 (2011-06-27, 2011-06, 2011), une période (2024-Q3, 2015-H1, 2016-SU), \
                 une durée (P3Y, PT48H) ou un intervalle (2016-05-03/2016-05-05)."
            }
            Self::Empty | Self::Form => {
                "Expected an ISO 8601 date (2011-06-27, 2011-06, 2011), a period (2024-Q3, 2015-H1, 2016-SU), \
                 a duration (P3Y, PT48H) or an interval (2016-05-03/2016-05-05)."
            }
            Self::Calendar if french => "Cette date n’existe pas au calendrier ; attendu par exemple 2024-02-29.",
            Self::Calendar => "The calendar has no such date; expected for example 2024-02-29.",
            Self::Reversed if french => {
                "L’intervalle finit avant de commencer ; attendu par exemple 2016-05-03/2016-05-05."
            }
            Self::Reversed => "The interval ends before it begins; expected for example 2016-05-03/2016-05-05.",
        }
    }
}

impl std::fmt::Display for ValueError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.text(UiLanguage::English))
    }
}

impl std::error::Error for ValueError {}

/// Accepts what a date's value may be: `2011-06-27` with or without a clock time or a time of day
/// (`T18:30`, `TMO`), `2011-06`, `2011`, `198`, `18`, `2024-Q3`, `2015-H1`, `2016-SU`, `2011-W25`, a
/// duration, an interval of two of these, or `PRESENT_REF`, `PAST_REF`, `FUTURE_REF`.
///
/// # Errors
///
/// [`ValueError`], whose text says what is expected.
///
/// # Examples
///
/// ```
/// use annotator_core::suggest::{ValueError, check_value};
/// assert_eq!(check_value("2016-05-03/2016-05-05"), Ok(()));
/// assert_eq!(check_value("2015-02-29"), Err(ValueError::Calendar));
/// assert_eq!(check_value("27/06/2011"), Err(ValueError::Form));
/// ```
pub fn check_value(value: &str) -> Result<(), ValueError> {
    if value.is_empty() {
        return Err(ValueError::Empty);
    }
    if matches!(value, "PRESENT_REF" | "PAST_REF" | "FUTURE_REF") {
        return Ok(());
    }
    let Some((from, to)) = value.split_once('/') else {
        return point(value);
    };
    point(from)?;
    point(to)?;
    // Only what has the same form can be compared by its text.
    let comparable = from.len() == to.len() && !from.starts_with('P');
    if comparable && from > to { Err(ValueError::Reversed) } else { Ok(()) }
}

fn point(value: &str) -> Result<(), ValueError> {
    if !value.is_ascii() {
        return Err(ValueError::Form);
    }
    if value.starts_with('P') {
        return if is_duration(value) { Ok(()) } else { Err(ValueError::Form) };
    }
    let (day, clock) = match value.split_once('T') {
        Some((day, clock)) => (day, Some(clock)),
        None => (value, None),
    };
    let mut parts = day.split('-');
    let (year, second, third) = (parts.next().unwrap_or_default(), parts.next(), parts.next());
    if !is_number(year) || parts.next().is_some() {
        return Err(ValueError::Form);
    }
    let whole_day = match (year.len(), second, third) {
        (2..=4, None, None) => false,
        (4, Some("SP" | "SU" | "FA" | "WI"), None) => false,
        (4, Some(part), None) if part.len() == 2 && part.starts_with(['Q', 'H']) => {
            let last = if part.starts_with('Q') { b'4' } else { b'2' };
            check((b'1'..=last).contains(&part.as_bytes()[1]))?;
            false
        }
        (4, Some(week), day) if week.len() == 3 && week.starts_with('W') && is_number(&week[1..]) => {
            check((1..=53).contains(&number(&week[1..])))?;
            match day {
                None | Some("WE") => false,
                Some(day) if day.len() == 1 && is_number(day) => {
                    check((1..=7).contains(&number(day))).map(|()| true)?
                }
                Some(_) => return Err(ValueError::Form),
            }
        }
        (4, Some(month), day)
            if month.len() == 2 && is_number(month) && day.is_none_or(|d| d.len() == 2 && is_number(d)) =>
        {
            let first = day.map_or(1, number);
            check(calendar::number(number(year), number(month), first) != calendar::NEVER)?;
            day.is_some()
        }
        _ => return Err(ValueError::Form),
    };
    match clock {
        None => Ok(()),
        Some("MO" | "AF" | "EV" | "NI" | "MI" | "DT") => Ok(()),
        Some(clock) if whole_day => {
            let mut fields = clock.split(':');
            for limit in [24, 59, 59] {
                let Some(field) = fields.next() else { break };
                if field.len() != 2 || !is_number(field) {
                    return Err(ValueError::Form);
                }
                check(number(field) <= limit)?;
            }
            if fields.next().is_some() { Err(ValueError::Form) } else { Ok(()) }
        }
        Some(_) => Err(ValueError::Form),
    }
}

/// `P3Y`, `P1Y6M`, `PT48H`, `P2W`, `P1DT12H`; `PXM` is TIMEX3's for some months.
fn is_duration(value: &str) -> bool {
    let (mut letters, mut digits, mut seen) = ("YMWD", 0, false);
    for c in value[1..].chars() {
        match c {
            '0'..='9' => digits += 1,
            'X' if digits == 0 => digits = 1,
            '.' if digits > 0 => {}
            'T' if digits == 0 && letters != "HMS" => letters = "HMS",
            _ => match letters.find(c) {
                Some(at) if digits > 0 => {
                    // After T the units of a clock follow, in their order.
                    letters = &letters[at + 1..];
                    (digits, seen) = (0, true);
                }
                _ => return false,
            },
        }
    }
    seen && digits == 0 && !value.ends_with('T')
}

fn check(exists: bool) -> Result<(), ValueError> {
    if exists { Ok(()) } else { Err(ValueError::Calendar) }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// The value of at most four digits.
fn number(text: &str) -> i32 {
    text.bytes().take(4).fold(0, |n, b| n * 10 + i32::from(b - b'0'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_forms_of_the_guideline_are_accepted() {
        let forms = "2011-06-27 2011-06 2011 2024-Q3 2015-H1 2016-SU 198 18 P3Y PT48H 2016-05-03/2016-05-05 2013/2014 PRESENT_REF \
                     2016-05-03T18:30 2016-05-03T09:00/2016-05-03T18:00 2016-05-03TEV 2011-W25 P1Y6M P1DT12H PXM P3Y/P5Y 198/199";
        for form in forms.split_whitespace() {
            assert_eq!(check_value(form), Ok(()), "{form}");
        }
    }

    #[test]
    fn what_is_no_value_is_refused_with_its_reason() {
        for (value, error) in [
            ("", ValueError::Empty),
            ("27 juin", ValueError::Form),
            ("2011-6-27", ValueError::Form),
            ("P", ValueError::Form),
            ("PT", ValueError::Form),
            ("P3", ValueError::Form),
            ("P3Y2Y", ValueError::Form),
            ("2011-06T10:00", ValueError::Form),
            ("2011-06-27T10:00:00:00", ValueError::Form),
            ("é011", ValueError::Form),
            ("2011-13", ValueError::Calendar),
            ("2023-02-29", ValueError::Calendar),
            ("2024-Q5", ValueError::Calendar),
            ("2016-05-03T25:00", ValueError::Calendar),
            ("2016-05-05/2016-05-03", ValueError::Reversed),
        ] {
            assert_eq!(check_value(value), Err(error), "{value}");
        }
    }

    #[test]
    fn every_message_gives_an_example_that_is_accepted() {
        for error in [ValueError::Empty, ValueError::Form, ValueError::Calendar, ValueError::Reversed] {
            for ui in [UiLanguage::French, UiLanguage::English] {
                let example = error
                    .text(ui)
                    .split([' ', '(', ')', ',', '.', ';'])
                    .filter(|w| w.starts_with(|c: char| c.is_ascii_digit()));
                assert!(example.filter(|w| w.len() > 4).all(|w| check_value(w).is_ok()), "{}", error.text(ui));
            }
        }
        assert!(ValueError::Calendar.to_string().contains("expected for example 2024-02-29"));
    }

    proptest! {
        #[test]
        fn any_text_is_judged_without_a_panic(value in "[0-9PTYMWDHSQX:/. é-]{0,14}") {
            let _ = check_value(&value);
        }
    }
}
