//! The grammar of decimal text, read with nothing but string operations: no arithmetic that could
//! wrap, nothing in common with what it checks.

/// The number of units of 10^−decimals, as canonical digits, if `text` is a plain decimal number
/// with at most `decimals` digits after the point and at most `max` units.
pub(crate) fn units(text: &str, decimals: usize, max: &str) -> Option<String> {
    let (whole, fraction) = match text.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (text, None),
    };
    let whole = digits(whole)?;
    let fraction = fraction.map_or(Some(String::new()), digits)?;
    let padding = "0".repeat(decimals.checked_sub(fraction.len())?);
    let all = whole + &fraction + &padding;
    let canonical = match all.trim_start_matches('0') {
        "" => "0",
        digits => digits,
    };
    // Without leading zeros the longer number is the larger one.
    let in_range = (canonical.len(), canonical) <= (max.len(), max);
    in_range.then(|| canonical.to_owned())
}

/// One or more digits with single `_` between them.
fn digits(text: &str) -> Option<String> {
    let groups: Vec<&str> = text.split('_').collect();
    let is_digits = |group: &&str| !group.is_empty() && group.bytes().all(|b| b.is_ascii_digit());
    groups.iter().all(is_digits).then(|| groups.concat())
}
