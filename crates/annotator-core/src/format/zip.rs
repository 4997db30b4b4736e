//! Several files in one: ZIP with stored entries, written and read. Compressed entries are named, not read:
//! an inflater would cost the page more than it gives.

/// Writes an archive; `moment` is RFC 3339 in UTC and becomes every entry's time.
pub fn write(entries: &[(String, &[u8])], moment: &str) -> Vec<u8> {
    let number = |range: std::ops::Range<usize>| moment.get(range).and_then(|digits| digits.parse::<u16>().ok());
    let part = |range| number(range).unwrap_or_default();
    // MS-DOS date and time (APPNOTE 4.4.6): years from 1980, seconds by twos.
    let date = part(0..4).saturating_sub(1980).min(127) << 9 | part(5..7).max(1) << 5 | part(8..10).max(1);
    let time = part(11..13) << 11 | part(14..16) << 5 | (part(17..19) / 2);
    let mut out = Vec::new();
    let mut directory = Vec::new();
    for (name, content) in entries {
        let offset = out.len();
        let mut head = Vec::new();
        // Version 2.0; bit 11 says that the name is UTF-8 (4.4.4); method 0 is stored (4.4.5).
        [20, 0x800, 0, time, date].iter().for_each(|n| put(&mut head, usize::from(*n), 2));
        put(&mut head, crc32(content) as usize, 4);
        put(&mut head, content.len(), 4);
        put(&mut head, content.len(), 4);
        put(&mut head, name.len(), 2);
        put(&mut head, 0, 2);
        out.extend_from_slice(LOCAL);
        out.extend_from_slice(&head);
        out.extend_from_slice(name.as_bytes());
        out.extend_from_slice(content);
        directory.extend_from_slice(CENTRAL);
        put(&mut directory, 20, 2);
        directory.extend_from_slice(&head);
        // No comment, first disk, no attributes.
        put(&mut directory, 0, 2 + 2 + 2 + 4);
        put(&mut directory, offset, 4);
        directory.extend_from_slice(name.as_bytes());
    }
    let start = out.len();
    out.extend_from_slice(&directory);
    out.extend_from_slice(END);
    put(&mut out, 0, 4);
    put(&mut out, entries.len(), 2);
    put(&mut out, entries.len(), 2);
    put(&mut out, directory.len(), 4);
    put(&mut out, start, 4);
    put(&mut out, 0, 2);
    out
}

/// The files of an archive, by name. The error is what is wrong with it.
pub(crate) fn read(archive: &[u8]) -> Result<Vec<(&str, &[u8])>, &'static str> {
    let mut files = Vec::new();
    let mut rest = archive;
    while rest.starts_with(LOCAL) {
        let field = |at: usize, bytes: usize| take(rest, at, bytes).ok_or(BROKEN);
        let (flags, method, size) = (field(6, 2)?, field(8, 2)?, field(18, 4)?);
        let start = 30 + field(26, 2)? + field(28, 2)?;
        // Bit 3: the sizes stand behind the content, which then is compressed.
        if method != 0 || flags & 8 != 0 {
            return Err("compressed files; unpack the archive and open its .ann file");
        }
        let name = rest.get(30..30 + field(26, 2)?).and_then(|name| std::str::from_utf8(name).ok()).ok_or(BROKEN)?;
        files.push((name, rest.get(start..).and_then(|rest| rest.get(..size)).ok_or(BROKEN)?));
        rest = &rest[start + size..];
    }
    Ok(files)
}

const BROKEN: &str = "a broken archive";
const LOCAL: &[u8] = b"PK\x03\x04";
const CENTRAL: &[u8] = b"PK\x01\x02";
const END: &[u8] = b"PK\x05\x06";

/// Appends a number in little-endian order, in as many bytes.
fn put(out: &mut Vec<u8>, number: usize, bytes: usize) {
    (0..bytes).for_each(|n| out.push(if n < 8 { (number as u64 >> (8 * n)) as u8 } else { 0 }));
}

fn take(archive: &[u8], at: usize, bytes: usize) -> Option<usize> {
    let field = archive.get(at..at.checked_add(bytes)?)?;
    Some(field.iter().rev().fold(0, |number, byte| number << 8 | usize::from(*byte)))
}

/// CRC-32 (ISO 3309, reflected polynomial 0xEDB88320).
fn crc32(bytes: &[u8]) -> u32 {
    let mut crc = u32::MAX;
    for byte in bytes {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = (crc >> 1) ^ (0xEDB8_8320 & (crc & 1).wrapping_neg());
        }
    }
    !crc
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn archive(entries: &[(String, String)], moment: &str) -> Vec<u8> {
        let entries: Vec<_> = entries.iter().map(|(name, content)| (name.clone(), content.as_bytes())).collect();
        write(&entries, moment)
    }

    proptest! {
        #[test]
        fn read_gives_what_write_was_given(entries in prop::collection::vec(("[a-zé.]{1,9}", "\\PC{0,40}"), 0..5)) {
            let archive = archive(&entries, "2011-06-28T09:30:00Z");
            let read = read(&archive).expect("our own archive");
            let read: Vec<_> = read.into_iter().map(|(name, content)| (name.to_owned(), String::from_utf8_lossy(content).into_owned())).collect();
            prop_assert_eq!(read, entries);
        }

        #[test]
        fn a_damaged_archive_never_panics(entries in prop::collection::vec(("[a-z]{1,3}", "[a-z]{0,5}"), 1..3), at in 0..300usize, byte in 0..=255u8) {
            let mut archive = archive(&entries, "");
            let at = at % archive.len();
            archive[at] = byte;
            let _ = read(&archive);
            let _ = read(&archive[..at]);
        }
    }

    #[test]
    fn the_check_sum_is_that_of_the_standard() {
        assert_eq!(crc32(b"123456789"), 0xCBF4_3926);
    }
}
