//! The calendar: days as numbers, points and lengths of time, and the text of a value: ISO 8601, with
//! the forms of TIMEX3 (TimeML 1.2.1) where ISO 8601 has none. Leaves out how expressions are found.

/// What a date or duration expression names, as the rules have kept it; 0 is what it leaves open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct When {
    pub kind: i32,
    pub year: i32,
    /// The month, or the number of the quarter, half, season or week, or how many first months.
    pub month: i32,
    pub day: i32,
    /// Monday is 1.
    pub weekday: i32,
    pub unit: i32,
    pub count: i32,
    /// 1 with half a unit more.
    pub half: i32,
    /// A second, smaller unit with its count; without one, `more` is the other count of `3 à 5 ans`.
    pub rest: i32,
    pub more: i32,
}

// The kinds and units are numbered as in `rules/dates.rules`.
pub(super) const DAY: i32 = 1;
pub(super) const MONTH: i32 = 2;
pub(super) const YEAR: i32 = 3;
pub(super) const FIRST_MONTHS: i32 = 4;
pub(super) const QUARTER: i32 = 5;
pub(super) const HALF: i32 = 6;
pub(super) const SEASON: i32 = 7;
pub(super) const DECADE: i32 = 8;
pub(super) const CENTURY: i32 = 9;
pub(super) const WEEK: i32 = 10;
pub(super) const WEEKDAY: i32 = 11;
pub(super) const RELATIVE: i32 = 12;
pub(super) const ANCHORED: i32 = 13;
pub(super) const DURATION: i32 = 14;

/// No day.
pub(super) const NEVER: i32 = i32::MIN;

/// The number of a day of the Gregorian calendar, 1 March of year 0 being 0; [`NEVER`] if there is no such
/// day (31 February).
#[inline(never)]
pub(super) fn number(year: i32, month: i32, day: i32) -> i32 {
    if !(1..=12).contains(&month) || !(1..=9999).contains(&year) || day < 1 || day > length(year, month) {
        return NEVER;
    }
    // Months counted from March, so that the leap day is the last of a year.
    let (year, month) = if month < 3 { (year - 1, month + 9) } else { (year, month - 3) };
    365 * year + year / 4 - year / 100 + year / 400 + (month * 153 + 2) / 5 + day - 1
}

fn length(year: i32, month: i32) -> i32 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Year, month and day of a day's number.
#[inline(never)]
pub(super) fn date(number: i32) -> (i32, i32, i32) {
    // The year that holds the day is the last that begins before it.
    let mut year = number / 365;
    while 365 * year + year / 4 - year / 100 + year / 400 > number {
        year -= 1;
    }
    let rest = number - (365 * year + year / 4 - year / 100 + year / 400);
    let month = (5 * rest + 2) / 153;
    let day = rest - (month * 153 + 2) / 5 + 1;
    if month < 10 { (year, month + 3, day) } else { (year + 1, month - 9, day) }
}

/// The weekday of a day's number, Monday being 1.
pub(super) fn weekday(number: i32) -> i32 {
    // 1 March of year 0 was a Wednesday.
    (number + 2).rem_euclid(7) + 1
}

/// A day.
pub(super) fn day(number: i32) -> When {
    let (year, month, day) = date(number);
    When { kind: DAY, year, month, day, ..When::default() }
}

/// The week of a day, by ISO 8601: its year is that of its Thursday.
pub(super) fn week(number: i32) -> When {
    let thursday = number + 4 - weekday(number);
    let (year, ..) = date(thursday);
    let month = (thursday - self::number(year, 1, 1)) / 7 + 1;
    When { kind: WEEK, year, month, ..When::default() }
}

/// `count` units from a day, at the fineness of the unit.
#[inline(never)]
pub(super) fn moved(from: i32, unit: i32, count: i32) -> When {
    let count = count.clamp(-3000, 3000);
    let (year, month, _) = date(from);
    let month = year * 12 + month - 1;
    let of = |kind: i32, months: i32| {
        let (index, per) = (month.div_euclid(months) + count, 12 / months);
        When { kind, year: index.div_euclid(per), month: index.rem_euclid(per) + 1, ..When::default() }
    };
    let count_of = |kind: i32, n: i32| When { kind, count: n, ..When::default() };
    match unit {
        0..=2 => day(from),
        3 => day(from + count),
        4 => week(from + count * 7),
        5 => of(MONTH, 1),
        6 => of(QUARTER, 3),
        7 => of(HALF, 6),
        8 => When { kind: YEAR, year: year + count, ..When::default() },
        9 => count_of(DECADE, year / 10 + count),
        _ => count_of(CENTURY, year / 100 + count),
    }
}

/// Writes the value; nothing if its year is open.
#[inline(never)]
pub(super) fn write(out: &mut String, when: When) {
    let When { kind, year, month, day, .. } = when;
    match kind {
        DECADE => return push(out, "", when.count, 3),
        CENTURY => return push(out, "", when.count, 2),
        DURATION => return duration(out, when),
        _ if year <= 0 => return,
        _ => push(out, "", year, 4),
    }
    match kind {
        DAY | MONTH => push(out, "-", month, 2),
        FIRST_MONTHS => {
            push(out, "-", 1, 2);
            push(out, "/", year, 4);
            push(out, "-", month, 2);
        }
        QUARTER => push(out, "-Q", month, 1),
        HALF => push(out, "-H", month, 1),
        WEEK => push(out, "-W", month, 2),
        SEASON => {
            out.push('-');
            out.push_str("SPSUFAWI".get(month as usize * 2 - 2..month as usize * 2).unwrap_or_default());
        }
        _ => {}
    }
    if kind == DAY {
        push(out, "-", day, 2);
    }
}

/// `P3Y`, `PT48H`, `P2Y6M`, `P3Y/P5Y`; half a unit is written in the next smaller one (`P1Y6M`).
fn duration(out: &mut String, when: When) {
    out.push('P');
    length_of(out, when.unit, when.count, when.half > 0);
    if when.rest > 0 {
        length_of(out, when.rest, when.more, false);
    } else if when.more > 0 {
        duration_again(out, when);
    }
}

fn duration_again(out: &mut String, when: When) {
    out.push('/');
    duration(out, When { count: when.more, more: 0, ..when });
}

// By unit, 0 to 10; seconds as the second unit are 11. How many of what letter, and what half of it is.
const FACTORS: [i32; 12] = [1, 1, 1, 1, 7, 1, 3, 6, 1, 10, 100, 1];
const LETTERS: [u8; 12] = *b"SMHDDMMMYYYS";
const HALVES: [&str; 12] = ["", "30S", "30M", "T12H", "", "15D", "", "", "6M", "", "", ""];
const TIMED: [bool; 12] = [true, true, true, false, false, false, false, false, false, false, false, true];

fn length_of(out: &mut String, unit: i32, count: i32, half: bool) {
    let at = unit.clamp(0, 11) as usize;
    let (factor, half_of) = (FACTORS[at], HALVES[at]);
    let weeks = unit == 4 && !half;
    if TIMED[at] && !out.contains('T') {
        out.push('T');
    }
    let whole = if weeks { count } else { count.saturating_mul(factor) }
        + if half && half_of.is_empty() { factor / 2 } else { 0 };
    if whole > 0 || !half {
        push(out, "", whole, 1);
        out.push(if weeks { 'W' } else { char::from(LETTERS[at]) });
    }
    if half {
        out.push_str(half_of);
    }
}

/// Writes a number padded with zeros behind a separator.
#[inline(never)]
pub(in crate::suggest) fn push(out: &mut String, separator: &str, number: i32, width: u32) {
    out.push_str(separator);
    let mut power = 1_000_000_000;
    while power > 0 {
        let digit = number / power % 10;
        if number >= power || power < i32::pow(10, width) {
            out.push(char::from(b'0' + digit.unsigned_abs() as u8));
        }
        power /= 10;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::Date;

    #[test]
    fn days_weeks_and_weekdays_agree_with_the_calendar() {
        let start = Date::from_ordinal_date(1799, 1).unwrap().to_julian_day();
        for julian in start..start + 150_000 {
            let date = Date::from_julian_day(julian).unwrap();
            let (year, month, of_month) = (date.year(), u8::from(date.month()).into(), date.day().into());
            let n = number(year, month, of_month);
            assert_eq!(super::date(n), (year, month, of_month));
            assert_eq!(weekday(n), i32::from(date.weekday().number_from_monday()));
            let iso = date.to_iso_week_date();
            assert_eq!((week(n).year, week(n).month), (iso.0, iso.1.into()));
        }
    }

    #[test]
    fn a_day_that_is_not_has_no_number() {
        for (year, month, day) in [(2023, 2, 29), (1900, 2, 29), (2024, 4, 31), (2024, 13, 1), (2024, 1, 0)] {
            assert_eq!(number(year, month, day), NEVER);
        }
        assert_ne!(number(2024, 2, 29), NEVER);
    }
}
