//! Looking for a border in a sorted row from a place that is near it: what goes through a row from front to back must not look
//! through the whole of it for each step.
//! Must not know what the row is of.

/// How many of `row` come before the border, where all of the first `from` do. The nearer it is to `from`, the fewer are looked at.
#[must_use]
pub fn border_from<T>(row: &[T], from: usize, before: impl Fn(&T) -> bool) -> usize {
    let (mut low, mut step) = (from.min(row.len()), 1);
    while row.get(low + step - 1).is_some_and(&before) {
        low += step;
        step *= 2;
    }
    let high = (low + step).min(row.len());
    low + row[low..high].partition_point(before)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn it_is_the_border_of_the_whole_row(row in proptest::collection::vec(0_u32..50, 0..80), from in 0_usize..80, sought in 0_u32..60) {
            let mut row = row;
            row.sort_unstable();
            let border = row.partition_point(|n| *n < sought);
            prop_assert_eq!(border_from(&row, from.min(border), |n| *n < sought), border);
        }
    }
}
