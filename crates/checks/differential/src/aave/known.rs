//! Positions in which the pool's roundings tell most, with their figures.

use revm::primitives::ruint::aliases::U512;

use super::here::{Here, Outcome};
use super::market::Market;
use super::model::Taken;
use super::position::{Asset, Position, ONE};
use super::There;
use crate::Failure;

/// A dollar of 8 decimals: a base unit is worth one of the base currency.
const COIN: Asset = Asset {
    decimals: 8,
    price: 100_000_000,
    ltv: 8_000,
    threshold: 8_500,
    bonus: 10_500,
    fee: 0,
    is_grouped: false,
    held: 0,
    owed: 0,
};

/// What the pool, and what the portfolio says of a position.
struct Known<'a> {
    name: &'a str,
    assets: [Asset; 2],
    /// The health factor there.
    health: U512,
    /// Of a liquidation of the first asset for as much of the second as may be.
    there: Option<Taken>,
    here: Outcome,
}

fn positions() -> [Known<'static>; 4] {
    let held = |held| Asset { held, ..COIN };
    let owed = |owed| Asset { owed, ..COIN };
    let one = U512::from(ONE);
    [
        Known {
            name: "a unit lent for a unit",
            assets: [held(1), owed(1)],
            health: one,
            there: None,
            here: Outcome::Close,
        },
        Known {
            name: "a debt of less than a unit",
            assets: [
                held(1),
                Asset {
                    decimals: 18,
                    ..owed(9_999_999_999)
                },
            ],
            health: (U512::from(1) << 256) - U512::from(1),
            there: None,
            here: Outcome::Close,
        },
        Known {
            name: "a factor below one",
            assets: [
                Asset {
                    threshold: 5_000,
                    ltv: 5_000,
                    ..held(6 * u128::from(ONE) - 2)
                },
                owed(3 * u128::from(ONE)),
            ],
            health: one,
            there: None,
            here: Outcome::Part {
                // Half of what is owed, at the bonus.
                seized: 3 * u128::from(ONE) * 21 / 40,
                repaid: 3 * u128::from(ONE) / 2,
            },
        },
        Known {
            name: "105 against 104",
            assets: [held(105), owed(104)],
            health: one * U512::from(89) / U512::from(104),
            there: Some(Ok((105, 100))),
            here: Outcome::Close,
        },
    ]
}

/// Asks the pool about each of them, and tells what it answers.
///
/// # Errors
/// Any other reading than those that are known.
pub fn known(market: &mut Market) -> Result<String, Failure> {
    let all = positions();
    all.iter().try_for_each(|known| known.check(market))?;
    Ok(format!(
        "Pool of Aave v3: of 1 unit at a threshold of 85% it lends 1, at a health factor of 1; 9,999,999,999 \
         base units of a dollar of 18 decimals are no debt; 0.999999999999999999666 is a factor of 1; and of \
         105 held against 104 a liquidation takes 105 for 100, and leaves 4 owed against nothing. {} positions are as \
         known",
        all.len()
    ))
}

impl Known<'_> {
    fn check(&self, market: &mut Market) -> Result<(), Failure> {
        let position = Position {
            assets: self.assets.to_vec(),
            group: None,
        };
        market.set(&position)?;
        let health = market.account()?.health;
        let there = market.liquidates([0, 1], u128::MAX)?;
        let here = Here::new(&position, None)?.liquidate([0, 1], u128::MAX)?;
        let expected = self.there.unwrap_or(Err(super::model::Refusal::Healthy));
        if (health, there, here) != (self.health, expected, self.here) {
            return Err(format!("{}: {health}, {there:?}, here {here:?}", self.name).into());
        }
        Ok(())
    }
}
