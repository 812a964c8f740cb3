//! The rows of a path by the credit that a unit of collateral has for staying open.

use tokenomics_fixed_math::U256;
use tokenomics_haircut_collateral::Margin;

use super::position::Row;

/// The rows from which a position that doesn't change can be liquidated.
#[derive(Debug)]
pub(super) struct Course<'r> {
    pub(super) rows: &'r [Row],
    /// A tree over the rows: each node is the row under it at which a unit has the least credit.
    least: Vec<usize>,
    leaves: usize,
}

impl<'r> Course<'r> {
    pub(super) fn of(rows: &'r [Row]) -> Self {
        let leaves = rows.len().next_power_of_two();
        let mut least = vec![usize::MAX; 2 * leaves];
        for row in 0..rows.len() {
            least[leaves + row] = row;
        }
        let course = |least: &[usize], node: usize| {
            let (left, right) = (least[2 * node], least[2 * node + 1]);
            match right < rows.len() && credit_is_less(&rows[right], &rows[left]) {
                true => right,
                false => left,
            }
        };
        for node in (1..leaves).rev() {
            least[node] = course(&least, node);
        }
        Self {
            rows,
            least,
            leaves,
        }
    }

    /// Returns the first row from `from` on that a position fails at, if it fails at every row of less
    /// credit too.
    pub(super) fn first(&self, from: usize, fails: &impl Fn(&Row) -> bool) -> Option<usize> {
        self.under(1, 0, self.leaves, from, fails)
    }

    fn under(
        &self,
        node: usize,
        begin: usize,
        size: usize,
        from: usize,
        fails: &impl Fn(&Row) -> bool,
    ) -> Option<usize> {
        let least = self.rows.get(self.least[node])?;
        if begin + size <= from || !fails(least) {
            return None;
        }
        if size == 1 {
            return Some(begin);
        }
        let half = size / 2;
        self.under(2 * node, begin, half, from, fails)
            .or_else(|| self.under(2 * node + 1, begin + half, half, from, fails))
    }
}

/// Returns whether a unit of collateral has less credit for staying open at one row than at another.
fn credit_is_less(one: &Row, other: &Row) -> bool {
    let margin = Margin::Maintenance;
    let weights = [one, other].map(|row| u128::from(row.haircut.weight(margin).raw()));
    let credit = |row: &Row, weight| {
        let (whole, rest) = U256::product(row.price.numerator(), weight)
            .div_rem(row.price.denominator())
            .ok()?;
        Some((whole, rest, row.price.denominator()))
    };
    // Denominators are above 0, so both are told. Where the whole parts are equal, the rests decide.
    match (credit(one, weights[0]), credit(other, weights[1])) {
        (Some((one, rest, per)), Some((other, other_rest, other_per))) => {
            let rests = U256::product(rest, other_per).cmp(&U256::product(other_rest, per));
            one.cmp(&other).then(rests).is_lt()
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use tokenomics_fixed_math::{fraction, Ratio, Timestamp};
    use tokenomics_haircut_collateral::Haircut;

    use super::*;

    #[test]
    fn credit_is_compared_exactly_where_its_product_leaves_256_bits() {
        let row = |price, per, haircut| Row {
            at: Timestamp::new(0),
            price: Ratio::new(price, per).unwrap(),
            haircut,
        };
        // Both odd over a power of two, so that neither is reduced.
        let (high, low) = (u128::MAX, u128::MAX - 2);
        let dear = row(
            high,
            1 << 126,
            Haircut::from_weights(fraction!("0.1"), fraction!("0.1")).unwrap(),
        );
        let cheap = row(low, 1 << 126, Haircut::NONE);
        assert!(credit_is_less(&dear, &cheap));
        assert!(!credit_is_less(&cheap, &dear));
        let dear = row(high, 1 << 126, Haircut::NONE);
        assert!(credit_is_less(&cheap, &dear));
        assert!(!credit_is_less(&dear, &cheap) && !credit_is_less(&dear, &dear));
    }
}
