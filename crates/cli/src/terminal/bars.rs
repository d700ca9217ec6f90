//! Counts as bars of a length that tells their size at a glance.

/// The character of which a bar is made.
const BLOCK: &str = "▇";

/// A bar for `count` where the largest count is `largest` and fills `columns` columns: at least one block for
/// any count above zero, never more than `columns`.
pub(crate) fn bar(count: usize, largest: usize, columns: usize) -> String {
    if count == 0 || largest == 0 || columns == 0 {
        return String::new();
    }
    let share = count.min(largest) as f64 / largest as f64;
    let length = (share * columns as f64).round() as usize;
    BLOCK.repeat(length.clamp(1, columns))
}

/// `count` as a share of `total`, in whole percent: `40%`; `<1%` where rounding would give none. Empty where the
/// total is zero.
pub(crate) fn share(count: usize, total: usize) -> String {
    if total == 0 {
        return String::new();
    }
    let percent = (count as f64 * 100.0 / total as f64).round() as usize;
    if percent == 0 && count > 0 { "<1%".to_owned() } else { format!("{percent}%") }
}

/// `1234567` as `1,234,567`.
pub(crate) fn thousands(number: impl TryInto<u128>) -> String {
    let digits = number.try_into().map(|number: u128| number.to_string()).unwrap_or_default();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// A size in bytes for people: `512 B`, `1.5 KB`, `23 MB` (steps of 1,024).
pub(crate) fn size(bytes: u64) -> String {
    let mut value = bytes as f64;
    for unit in ["B", "KB", "MB", "GB"] {
        if value < 1024.0 {
            return amount(value, unit);
        }
        value /= 1024.0;
    }
    amount(value, "TB")
}

fn amount(value: f64, unit: &str) -> String {
    if unit == "B" || value >= 10.0 { format!("{value:.0} {unit}") } else { format!("{value:.1} {unit}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_by_size() {
        for (count, largest, columns, blocks) in [
            (10, 10, 20, 20),
            (5, 10, 20, 10),
            (1, 1000, 20, 1),
            (0, 10, 20, 0),
            (3, 0, 20, 0),
            (3, 3, 0, 0),
            (9, 3, 5, 5),
        ] {
            assert_eq!(
                bar(count, largest, columns).chars().count(),
                blocks,
                "{count}/{largest} in {columns}"
            );
        }
    }

    #[test]
    fn shares_sizes_and_thousands() {
        for (count, total, expected) in
            [(2, 5, "40%"), (1, 1000, "<1%"), (0, 7, "0%"), (7, 7, "100%"), (1, 0, "")]
        {
            assert_eq!(share(count, total), expected);
        }
        for (number, expected) in [(0u64, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567")] {
            assert_eq!(thousands(number), expected);
        }
        for (bytes, expected) in [
            (0, "0 B"),
            (1023, "1023 B"),
            (1536, "1.5 KB"),
            (23 << 20, "23 MB"),
            (3 << 30, "3.0 GB"),
            (1 << 50, "1024 TB"),
        ] {
            assert_eq!(size(bytes), expected);
        }
    }
}
