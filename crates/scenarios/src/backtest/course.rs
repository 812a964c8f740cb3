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
    // Of the same asset and quote, so the terms of a price are below 2^128 and the product below 2^444:
    // compared as ratios where it doesn't fit.
    let credit = |row: &Row, weight, per: &Row| {
        U256::product(row.price.numerator(), weight).checked_mul(per.price.denominator())
    };
    match (
        credit(one, weights[0], other),
        credit(other, weights[1], one),
    ) {
        (Ok(one), Ok(other)) => one < other,
        _ => one.price < other.price,
    }
}
