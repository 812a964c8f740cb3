//! Fewer points to draw than a run has.

/// The indices of about `most` of `len` points: evenly spaced, with the first and the last, and
/// with the highest and the lowest point of each series, so that no peak is drawn too low.
pub(crate) fn kept(len: usize, most: usize, series: &[&[f64]]) -> Vec<usize> {
    if len <= most {
        return (0..len).collect();
    }
    let stride = len.div_ceil(most.max(2));
    let mut kept: Vec<usize> = (0..len).step_by(stride).chain([len - 1]).collect();
    for values in series {
        let by_value = |a: &usize, b: &usize| values[*a].total_cmp(&values[*b]);
        kept.extend((0..len).min_by(by_value));
        kept.extend((0..len).max_by(by_value));
    }
    kept.sort_unstable();
    kept.dedup();
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_and_extremes_are_kept() {
        let mut values = vec![1.0; 12_800];
        (values[7_001], values[9_003]) = (9.0, -3.0);
        let kept = kept(values.len(), 600, &[&values]);
        assert!(kept.len() <= 603 && kept.len() > 500);
        for index in [0, 7_001, 9_003, 12_799] {
            assert!(kept.contains(&index), "{index}");
        }
        assert!(kept.is_sorted());
    }

    #[test]
    fn few_points_are_all_kept() {
        assert_eq!(kept(0, 10, &[]), [] as [usize; 0]);
        assert_eq!(kept(3, 10, &[&[1.0, 2.0, 3.0]]), [0, 1, 2]);
    }
}
