//! Liquidation of a position in schoolbook sums.

/// The terms of a liquidation, in percent.
#[derive(Debug, Clone, Copy)]
pub(super) struct Terms {
    pub(super) target: u128,
    pub(super) factor: u128,
    pub(super) part: u128,
    pub(super) whole_at: u128,
}

/// A position at a fall, in schoolbook sums: prices of holdings in 1e-4, and all values in 1e-6.
#[derive(Debug, Clone)]
pub(super) struct Position {
    /// Amount, price in 1e-4, weight in percent.
    pub(super) held: Vec<[u128; 3]>,
    /// Amount, price in 1e-4, weight in percent.
    pub(super) owed: Vec<[u128; 3]>,
}

impl Position {
    pub(super) fn sum(entries: &[[u128; 3]], weighted: bool) -> u128 {
        let term = |[amount, price, weight]: &[u128; 3]| {
            amount * price * if weighted { *weight } else { 100 }
        };
        entries.iter().map(term).sum()
    }

    /// Value, credit, liabilities, and what is owed.
    pub(super) fn sums(&self) -> [u128; 4] {
        [
            Self::sum(&self.held, false),
            Self::sum(&self.held, true),
            Self::sum(&self.owed, false),
            Self::sum(&self.owed, true),
        ]
    }

    /// Liquidates once: what is seized of each holding, what is repaid of each debt, and the bad debt in units
    /// rounded up; `None` if it is healthy.
    pub(super) fn liquidate(&mut self, terms: Terms) -> Option<(&'static str, u128)> {
        let [value, credit, liabilities, owed] = self.sums();
        if credit >= owed {
            return None;
        }
        if value < liabilities {
            for [amount, ..] in self.held.iter_mut().filter(|held| held[1] > 0) {
                *amount = 0;
            }
            for [amount, ..] in &mut self.owed {
                *amount -= (*amount * value).div_ceil(liabilities).min(*amount);
            }
            return Some(("bad debt", Self::sum(&self.owed, false).div_ceil(1_000_000)));
        }
        let Some((h, d)) = self.pair(terms) else {
            let all = terms.factor * liabilities;
            for [amount, price, _] in &mut self.held {
                let covered = all < 100 * value;
                let seized = if covered {
                    *amount * all / (100 * value)
                } else {
                    *amount
                };
                *amount -= if *price > 0 { seized } else { 0 };
            }
            for [amount, ..] in &mut self.owed {
                *amount = 0;
            }
            return Some(("full close", 0));
        };
        let (repaid, seized) = self.size(terms, h, d);
        self.held[h][0] -= seized;
        self.owed[d][0] -= repaid;
        Some(("improves", 0))
    }

    /// The largest debt with a holding that can be seized for it with a gain, and the largest such holding.
    fn pair(&self, terms: Terms) -> Option<(usize, usize)> {
        let [value, credit, liabilities, owed] = self.sums();
        let gains = |h: &[u128; 3], d: &[u128; 3]| {
            let exists = h[0] > 0 && h[1] > 0 && d[0] > 0;
            exists
                && terms.factor * liabilities <= 100 * value
                && terms.factor * h[2] * owed < 100 * d[2] * credit
        };
        // Of equals the first.
        let by_size = |entries: &[[u128; 3]]| {
            let mut order: Vec<usize> = (0..entries.len()).collect();
            order.sort_by_key(|index| std::cmp::Reverse(entries[*index][0] * entries[*index][1]));
            order
        };
        by_size(&self.owed).into_iter().find_map(|d| {
            let h = by_size(&self.held)
                .into_iter()
                .find(|h| gains(&self.held[*h], &self.owed[d]))?;
            Some((h, d))
        })
    }

    /// What is repaid and seized.
    fn size(&self, terms: Terms, h: usize, d: usize) -> (u128, u128) {
        let [_, credit, _, owed] = self.sums();
        let ([all, price, weight], [debt, cost, g]) = (self.held[h], self.owed[d]);
        // T·(D − r·q·g) = C − r·q·f·w, and a factor for each percent.
        let gain = (terms.target * g).saturating_sub(terms.factor * weight);
        let short = terms.target * owed - 100 * credit;
        let needed = if gain == 0 {
            u128::MAX
        } else {
            short.div_ceil(cost * gain).max(1)
        };
        let small = 100 * credit <= terms.whole_at * owed;
        let most = if small {
            debt
        } else {
            (debt * terms.part).div_ceil(100)
        };
        let repaid = needed.min(most);
        let cost_of = |seized: u128| (seized * price * 100).div_ceil(cost * terms.factor);
        let seized = repaid * cost * terms.factor / (price * 100);
        if seized >= all {
            return (cost_of(all).min(repaid), all);
        }
        if seized == 0 && cost_of(1) <= debt {
            return (cost_of(1), 1);
        }
        (repaid, seized)
    }
}
