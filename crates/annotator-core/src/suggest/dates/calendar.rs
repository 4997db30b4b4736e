//! What a date expression means, and the text of its value: ISO 8601, with the forms of TIMEX3
//! (TimeML 1.2.1) where ISO 8601 has none. Leaves out how expressions are found.

use time::{Date, Duration, Month};

/// A stretch of the calendar as an expression names it; what it leaves open is `None`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum When {
    /// A day; the month is open only in the first half of a range (`3 au 5 mai`).
    Day {
        year: Option<i32>,
        month: Option<u8>,
        day: u8,
        weekday: Option<u8>,
    },
    Month {
        year: Option<i32>,
        month: u8,
    },
    Year(i32),
    /// The first `months` months of a year.
    FirstMonths {
        year: Option<i32>,
        months: u8,
    },
    Quarter {
        year: Option<i32>,
        n: u8,
    },
    Half {
        year: Option<i32>,
        n: u8,
    },
    /// `SP`, `SU`, `FA` or `WI`.
    Season {
        year: Option<i32>,
        code: &'static str,
    },
    /// The first three digits of its years.
    Decade(i32),
    /// The first two digits of its years: 18 for the nineteenth.
    Century(i32),
    /// The week of a day.
    WeekOf {
        year: Option<i32>,
        month: u8,
        day: u8,
    },
    /// A bare weekday, Monday being 0.
    Weekday(u8),
    /// `count` units from the date of the release: today is `Day, 0`.
    Relative {
        unit: Unit,
        count: i32,
    },
    /// `count` units from the date mentioned before: the next day is `Day, 1`.
    Anchored {
        unit: Unit,
        count: i32,
    },
    Duration {
        unit: Unit,
        count: u32,
        half: bool,
    },
    /// Two units, the second the next smaller one that is said: `deux ans et six mois`, `1 h 30`.
    Compound {
        unit: Unit,
        count: u32,
        rest: Unit,
        more: u32,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Quarter,
    Half,
    Year,
    Decade,
    Century,
}

/// Which of several occurrences is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Bias {
    #[default]
    None,
    /// `prochain`, `next`, or a verb in the future.
    Next,
    /// `dernier`, `last`, or a verb in the past.
    Last,
    /// `ce`, `this`: the one of the current week or year.
    This,
}

/// The date of a calendar day; `None` if there is no such day (31 February).
pub(super) fn date(year: i32, month: u8, day: u8) -> Option<Date> {
    Date::from_calendar_date(year, Month::try_from(month).ok()?, day).ok()
}

/// Whether a month may have such a day in some year.
pub(super) fn is_day(month: u8, day: u8) -> bool {
    date(2000, month, day).is_some()
}

pub(super) fn weekday_of(date: Date) -> u8 {
    date.weekday().number_days_from_monday()
}

/// `date` moved by a number of days; unchanged where the calendar ends.
pub(super) fn move_days(from: Date, days: i32) -> Date {
    from.checked_add(Duration::days(i64::from(days))).unwrap_or(from)
}

/// Month counted from year 0, so that months can be added.
fn month_index(date: Date) -> i32 {
    date.year() * 12 + i32::from(u8::from(date.month())) - 1
}

/// `date` moved by a number of months, to the last day of a month that is too short.
pub(super) fn move_months(from: Date, months: i32) -> Date {
    let index = month_index(from) + months;
    let month = (index.rem_euclid(12) + 1) as u8;
    (28..=from.day()).rev().chain([from.day()]).find_map(|day| date(index.div_euclid(12), month, day)).unwrap_or(from)
}

/// The value of `count` units from `from`, at the unit's own fineness.
pub(super) fn relative(from: Date, unit: Unit, count: i32) -> String {
    match unit {
        Unit::Second | Unit::Minute | Unit::Hour => day(from),
        Unit::Day => day(move_days(from, count)),
        Unit::Week => week(move_days(from, count.saturating_mul(7))),
        Unit::Month => {
            let to = move_months(from, count);
            month(to.year(), to.month().into())
        }
        Unit::Quarter => {
            let index = month_index(from).div_euclid(3) + count;
            year_and(index.div_euclid(4), "-Q", index.rem_euclid(4) + 1, 1)
        }
        Unit::Half => {
            let index = month_index(from).div_euclid(6) + count;
            year_and(index.div_euclid(2), "-H", index.rem_euclid(2) + 1, 1)
        }
        Unit::Year => year(from.year() + count),
        Unit::Decade => pad(from.year() / 10 + count, 3),
        Unit::Century => pad(from.year() / 100 + count, 2),
    }
}

pub(super) fn year(year: i32) -> String {
    pad(year, 4)
}

pub(super) fn month(year: i32, month: u8) -> String {
    year_and(year, "-", month.into(), 2)
}

pub(super) fn day(date: Date) -> String {
    let mut out = month(date.year(), date.month().into());
    push(&mut out, "-", date.day().into(), 2);
    out
}

pub(super) fn week(date: Date) -> String {
    let (year, week, _) = date.to_iso_week_date();
    year_and(year, "-W", week.into(), 2)
}

/// A year with one more field behind it.
pub(super) fn year_and(year: i32, separator: &str, field: i32, width: usize) -> String {
    let mut out = pad(year, 4);
    push(&mut out, separator, field, width);
    out
}

/// A clock time as it stands behind a day: `T18:30`.
pub(super) fn push_clock(out: &mut String, (hour, minute): (u8, u8)) {
    push(out, "T", hour.into(), 2);
    push(out, ":", minute.into(), 2);
}

/// A duration: `P3Y`, `PT48H`; a half is written in the next smaller unit (`P1Y6M`).
pub(super) fn duration(unit: Unit, count: u32, half: bool) -> String {
    let (sign, per, letter, half_of) = match unit {
        Unit::Second => ("PT", 1, "S", ""),
        Unit::Minute => ("PT", 1, "M", "30S"),
        Unit::Hour => ("PT", 1, "H", "30M"),
        Unit::Day => ("P", 1, "D", "T12H"),
        Unit::Week => ("P", 1, "W", ""),
        Unit::Month => ("P", 1, "M", "15D"),
        Unit::Quarter => ("P", 3, "M", ""),
        Unit::Half => ("P", 6, "M", ""),
        Unit::Year => ("P", 1, "Y", "6M"),
        Unit::Decade => ("P", 10, "Y", ""),
        Unit::Century => ("P", 100, "Y", ""),
    };
    let mut out = String::from(sign);
    let whole = count.saturating_mul(per) + if half { if half_of.is_empty() { per / 2 } else { 0 } } else { 0 };
    if half && whole == 0 {
        // Half a unit alone: half an hour, half a day.
        out.truncate(1);
        out.push_str(if unit == Unit::Hour || unit == Unit::Minute { "T" } else { "" });
        out.push_str(half_of);
        return out;
    }
    push(&mut out, "", whole.try_into().unwrap_or(i32::MAX), 1);
    out.push_str(letter);
    if half {
        out.push_str(half_of);
    }
    out
}

/// A number padded with zeros: a decade, a century.
pub(super) fn relative_width(number: i32, width: usize) -> String {
    pad(number, width)
}

/// A duration of two units: `P2Y6M`, `PT1H30M`.
pub(super) fn compound(unit: Unit, count: u32, rest: Unit, more: u32) -> String {
    let mut out = duration(unit, count, false);
    let second = duration(rest, more, false);
    let timed = out.starts_with("PT");
    out.push_str(second.strip_prefix("PT").filter(|_| timed).unwrap_or(second.strip_prefix('P').unwrap_or(&second)));
    out
}

fn pad(number: i32, width: usize) -> String {
    let mut out = String::new();
    push(&mut out, "", number, width);
    out
}

fn push(out: &mut String, separator: &str, number: i32, width: usize) {
    out.push_str(separator);
    let mut digits = [0u8; 10];
    let mut rest = number.unsigned_abs();
    let mut at = digits.len();
    while rest > 0 || digits.len() - at < width {
        at -= 1;
        digits[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if at == 0 {
            break;
        }
    }
    out.extend(digits[at..].iter().map(|&b| char::from(b)));
}
