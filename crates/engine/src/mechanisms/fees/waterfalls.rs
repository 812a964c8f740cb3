//! Waterfalls of the sizes that routes have: each payment copies one, with all places that it has.

use tokenomics_design::{FeeTier, RouteShare, MOST_NAMED_ROUTES, MOST_TIERS};
use tokenomics_fee_split::{Tier, Waterfall, WeightedSplit};
use tokenomics_fixed_math::Amount;

use super::routes::Exits;
use crate::error::Cause;

/// The most routes that a waterfall pays: all that there are in an asset, the eight of every design with them.
const RECIPIENTS: usize = MOST_NAMED_ROUTES + 8;

/// A waterfall in the smallest of some sizes that it fits. Tiers that its route doesn't have are full from
/// the beginning, and recipients have no part.
#[derive(Debug, Clone)]
pub(super) enum AnyWaterfall {
    Small(Box<Waterfall<2, 4>>),
    Medium(Box<Waterfall<4, 8>>),
    Large(Box<Waterfall<MOST_TIERS, RECIPIENTS>>),
}

impl AnyWaterfall {
    pub(super) fn new(
        exits: &Exits,
        tiers: &[FeeTier],
        then: &[RouteShare],
    ) -> Result<Self, Cause> {
        Ok(match (tiers.len(), exits.to().len()) {
            (..=2, ..=4) => Self::Small(Box::new(sized(exits, tiers, then)?)),
            (..=4, ..=8) => Self::Medium(Box::new(sized(exits, tiers, then)?)),
            _ => Self::Large(Box::new(sized(exits, tiers, then)?)),
        })
    }

    /// Pays an amount in, and returns what each exit is paid.
    pub(super) fn pay(&mut self, amount: Amount) -> Result<Vec<Amount>, Cause> {
        Ok(match self {
            Self::Small(waterfall) => waterfall.distribute(amount)?.to_vec(),
            Self::Medium(waterfall) => waterfall.distribute(amount)?.to_vec(),
            Self::Large(waterfall) => waterfall.distribute(amount)?.to_vec(),
        })
    }
}

fn sized<const T: usize, const M: usize>(
    exits: &Exits,
    tiers: &[FeeTier],
    then: &[RouteShare],
) -> Result<Waterfall<T, M>, Cause> {
    let mut all = [Tier::new(Amount::ZERO, [1; M])?; T];
    for (place, tier) in all.iter_mut().zip(tiers) {
        *place = Tier::new(tier.cap, exits.weights(&tier.shares))?;
    }
    let residual = WeightedSplit::new(exits.weights(then))?;
    Ok(Waterfall::new(all, residual)?)
}

#[cfg(test)]
mod tests {
    use tokenomics_design::{Flow, FlowPoint};
    use tokenomics_fixed_math::Fraction;

    use super::*;

    /// Tiers of 1, 2, 3 and so on, of which each pays one exit more than the one before it; the rest goes to
    /// the last.
    fn waterfall(tiers: usize, exits: usize) -> AnyWaterfall {
        let from = FlowPoint::Route(0);
        let flows = (0..exits).map(|route| Flow {
            from,
            to: FlowPoint::Route(route + 1),
            asset: 0,
        });
        let flows: Vec<_> = flows.collect();
        let whole = |exit: usize| {
            let (route, share) = (exit % exits + 1, Fraction::ONE);
            vec![RouteShare { route, share }]
        };
        let tiers = (0..tiers).map(|tier| FeeTier {
            name: tier.to_string(),
            cap: Amount::new(tier as u128 + 1),
            shares: whole(tier),
        });
        let tiers: Vec<_> = tiers.collect();
        let then = whole(exits - 1);
        AnyWaterfall::new(&Exits::new(&flows, from, &then), &tiers, &then).unwrap()
    }

    /// Returns what each exit is paid of 1,000 by tiers that pay one exit each, and the last the rest.
    fn by_hand(tiers: usize, exits: usize) -> Vec<u128> {
        let (mut paid, mut left) = (vec![0; exits], 1_000);
        for tier in 0..tiers {
            paid[tier % exits] += tier as u128 + 1;
            left -= tier as u128 + 1;
        }
        paid[exits - 1] += left;
        paid
    }

    #[test]
    fn a_waterfall_of_any_size_has_all_its_tiers_and_exits() {
        // All but itself.
        let most = (MOST_TIERS, MOST_NAMED_ROUTES + 7);
        for (tiers, exits) in [
            (1, 1),
            (2, 4),
            (3, 4),
            (2, 5),
            (4, 8),
            (5, 8),
            (4, 9),
            (MOST_TIERS, 1),
            (1, MOST_NAMED_ROUTES + 7),
            most,
        ] {
            let mut waterfall = waterfall(tiers, exits);
            // In two payments, so that its state counts.
            let parts = [3, 997].map(|amount| waterfall.pay(Amount::new(amount)).unwrap());
            let paid = (0..exits).map(|exit| parts[0][exit].get() + parts[1][exit].get());
            let paid: Vec<u128> = paid.collect();
            assert_eq!(paid, by_hand(tiers, exits), "{tiers} {exits}");
        }
    }
}
