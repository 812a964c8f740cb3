//! Trades with the bands.

use tokenomics_fixed_math::{Amount, Fraction, Ratio, Rounding, U256};
use tokenomics_internals::Store;

use super::band::Band;
use super::curve::Curve;
use super::grid::{scaled, to_ratio};
use super::SoftLiquidation;
use crate::check::in_range;
use crate::{Error, Quantity};

/// A trade with the bands: what the trader paid, and what it received for it.
///
/// ```
/// use tokenomics_fixed_math::Amount;
/// use tokenomics_haircut_collateral::BandTrade;
///
/// let trade = BandTrade { paid: Amount::new(5), received: Amount::new(2) };
/// assert_ne!(trade, BandTrade::default());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(
    feature = "cosmwasm",
    derive(cw_schema::Schemaifier),
    schemaifier(mute_warnings)
)]
#[cfg_attr(
    feature = "borsh",
    derive(borsh::BorshSerialize, borsh::BorshDeserialize)
)]
#[cfg_attr(feature = "borsh-schema", derive(borsh::BorshSchema))]
#[cfg_attr(
    feature = "scale",
    derive(
        parity_scale_codec::Encode,
        parity_scale_codec::Decode,
        parity_scale_codec::DecodeWithMemTracking,
        parity_scale_codec::MaxEncodedLen,
        scale_info::TypeInfo
    ),
    scale_info(crate = tokenomics_fixed_math::scale_metadata)
)]
pub struct BandTrade {
    /// The amount that is paid to the bands, with the fee in it; at most the amount offered.
    pub paid: Amount,
    /// The amount that they give for it.
    pub received: Amount,
}

/// The two directions of a trade.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    /// The debt asset is paid, and collateral received.
    Buy,
    /// Collateral is paid, and the debt asset received.
    Sell,
}

impl<B: Store<Entry = Band>> SoftLiquidation<B> {
    /// Buys collateral from the bands for at most `offer` of the debt asset, at a price of the oracle, from
    /// the active band down. That is how collateral is liquidated when the price falls.
    ///
    /// At most `most_bands` bands are read. The trade ends where the offer does, where no collateral is
    /// left, after so many bands, or before a band whose next unit costs more than is left of the offer.
    ///
    /// # Rounding
    /// Floor, of what is received, and ceil, of what is paid for the whole of a band, with the fee. Nothing
    /// is paid in a band that gives nothing for it.
    ///
    /// # Errors
    /// Where the first band that could trade can't be computed: [`Error::Overflow`] if it holds 2^126 units of
    /// the debt asset, or as much in value at its mean price, [`Error::OutOfRange`] if that price is below
    /// 2^-128, as it is at a price of 0, [`Error::Missing`] if the store has lost the band. A trade that meets
    /// such a band later ends before it.
    ///
    /// ```
    /// # use tokenomics_fixed_math::{Amount, Fraction, Ratio};
    /// # use tokenomics_haircut_collateral::{Band, BandGrid, BandPosition, SoftLiquidation};
    /// let grid = BandGrid::new(Ratio::from_integer(3_000), 100, 10)?;
    /// let mut bands = SoftLiquidation::new(grid, Fraction::ZERO, [Band::EMPTY; 10])?;
    /// let mut alice = BandPosition::<4>::new(0, 4)?;
    /// bands.deposit(&mut alice, Amount::new(4_000), Ratio::from_integer(3_001))?;
    ///
    /// // The oracle says 2,985, the middle of the first band; its collateral costs less.
    /// let price = Ratio::from_integer(2_985);
    /// let trade = bands.buy(price, Amount::new(1_000_000), 10)?;
    /// assert_eq!((trade.paid, trade.received), (Amount::new(1_000_000), Amount::new(337)));
    /// assert!(bands.buy(Ratio::ZERO, Amount::new(1), 10).is_err());
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    #[doc(alias("exchange", "swap", "liquidate"))]
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn buy(
        &mut self,
        price: Ratio,
        offer: Amount,
        most_bands: u32,
    ) -> Result<BandTrade, Error> {
        self.trade(Side::Buy, price, offer, most_bands)
    }

    /// Sells at most `offer` of collateral to the bands for the debt asset, at a price of the oracle, from
    /// the active band up. That is how collateral is bought back when the price rises.
    ///
    /// # Rounding
    /// As [`buy`](Self::buy).
    ///
    /// # Errors
    /// As [`buy`](Self::buy).
    ///
    /// ```
    /// # use tokenomics_fixed_math::{Amount, Fraction, Ratio};
    /// # use tokenomics_haircut_collateral::{Band, BandGrid, BandPosition, SoftLiquidation};
    /// let grid = BandGrid::new(Ratio::from_integer(3_000), 100, 10)?;
    /// let mut bands = SoftLiquidation::new(grid, Fraction::ZERO, [Band::EMPTY; 10])?;
    /// let mut alice = BandPosition::<4>::new(0, 4)?;
    /// bands.deposit(&mut alice, Amount::new(4_000), Ratio::from_integer(3_001))?;
    /// let price = Ratio::from_integer(2_985);
    /// bands.buy(price, Amount::new(1_000_000), 10)?;
    ///
    /// // At the same price there and back gains nothing.
    /// let back = bands.sell(price, Amount::new(337), 10)?;
    /// assert!(back.received < Amount::new(1_000_000));
    /// assert!(bands.sell(Ratio::ZERO, Amount::new(1), 10).is_err());
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn sell(
        &mut self,
        price: Ratio,
        offer: Amount,
        most_bands: u32,
    ) -> Result<BandTrade, Error> {
        self.trade(Side::Sell, price, offer, most_bands)
    }

    /// Returns the price at which the next unit of the active band is traded, at a price of the oracle; where
    /// it is empty, its mean price.
    ///
    /// Below the oracle's, it pays to buy collateral from the bands; above it, to sell to them.
    ///
    /// # Rounding
    /// Floor, to 128 bits.
    ///
    /// # Errors
    /// As [`buy`](Self::buy).
    ///
    /// ```
    /// # use tokenomics_fixed_math::{Amount, Fraction, Ratio};
    /// # use tokenomics_haircut_collateral::{Band, BandGrid, BandPosition, SoftLiquidation};
    /// let grid = BandGrid::new(Ratio::from_integer(100), 100, 10)?;
    /// let mut bands = SoftLiquidation::new(grid, Fraction::ZERO, [Band::EMPTY; 10])?;
    /// let mut alice = BandPosition::<4>::new(0, 4)?;
    /// bands.deposit(&mut alice, Amount::new(4_000), Ratio::from_integer(101))?;
    ///
    /// // 99.5³/100²: it falls three times as fast as the oracle's.
    /// let price = bands.pool_price(Ratio::new(995, 10)?)?;
    /// assert!(price > Ratio::new(985, 10)? && price < Ratio::new(986, 10)?);
    /// assert!(bands.pool_price(Ratio::ZERO).is_err());
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    #[doc(alias("get_p", "marginal_price"))]
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn pool_price(&self, price: Ratio) -> Result<Ratio, Error> {
        let band = self.band(self.active)?;
        to_ratio(self.curve(self.active, band, price)?.price(band)?)
    }

    #[cfg_attr(target_arch = "bpf", inline(always))]
    fn trade(
        &mut self,
        side: Side,
        price: Ratio,
        offer: Amount,
        most_bands: u32,
    ) -> Result<BandTrade, Error> {
        let (mut done, mut at) = (BandTrade::default(), self.active);
        for _ in 0..most_bands {
            let next = match self.step(side, at, price, offer.checked_sub(done.paid)?) {
                // What is done stands, and the offer goes no further.
                Err(_) if done != BandTrade::default() => return Ok(done),
                next => next?,
            };
            let received = done.received.checked_add(next.trade.received);
            let paid = done.paid.checked_add(next.trade.paid);
            let (Ok(paid), Ok(received)) = (paid, received) else {
                return Ok(done);
            };
            if !next.trade.received.is_zero() {
                self.bands.set(at, next.band);
                self.active = at;
                done = BandTrade { paid, received };
            }
            match next.then {
                Some(band) => at = band,
                None => break,
            }
        }
        Ok(done)
    }

    /// Returns what a trade in one band does, and the band at which it goes on.
    #[cfg_attr(target_arch = "bpf", inline(always))]
    fn step(&self, side: Side, at: u32, price: Ratio, offer: Amount) -> Result<Step, Error> {
        let band = self.band(at)?;
        let (given, beyond) = match side {
            Side::Buy => (band.collateral(), self.below(at)),
            Side::Sell => (band.proceeds(), at.checked_sub(1)),
        };
        let trade = BandTrade::default();
        if given.is_zero() {
            let then = beyond;
            return Ok(Step { band, trade, then });
        }
        if offer.is_zero() {
            let then = None;
            return Ok(Step { band, trade, then });
        }
        let curve = self.curve(at, band, price)?;
        let (band, trade) = within(side, band, &curve, offer, self.fee)?;
        let emptied = trade.received == given;
        let then = beyond.filter(|_| emptied);
        Ok(Step { band, trade, then })
    }

    /// Returns the curve of a band with its root ceiled, which is in favour of the band.
    #[cfg_attr(target_arch = "bpf", inline(always))]
    fn curve(&self, at: u32, band: Band, price: Ratio) -> Result<Curve, Error> {
        let mean = Curve::mean(scaled(price), self.grid.bounds(at))?;
        // At 0 the collateral would be free.
        in_range(Quantity::BandMeanPrice, mean.bits().into(), 1, u128::MAX)?;
        Curve::new(band, mean, self.grid.amplification(), Rounding::Ceil)
    }

    fn below(&self, at: u32) -> Option<u32> {
        let below = at.saturating_add(1);
        (below < self.grid.count()).then_some(below)
    }
}

/// A trade in one band.
struct Step {
    band: Band,
    trade: BandTrade,
    then: Option<u32>,
}

/// Trades within a band, up to all that it gives.
#[cfg_attr(target_arch = "bpf", inline(always))]
fn within(
    side: Side,
    band: Band,
    curve: &Curve,
    offer: Amount,
    fee: Fraction,
) -> Result<(Band, BandTrade), Error> {
    let (paid_in, given) = match side {
        Side::Buy => (band.proceeds(), band.collateral()),
        Side::Sell => (band.collateral(), band.proceeds()),
    };
    let all = match side {
        Side::Buy => curve.all_proceeds()?,
        Side::Sell => curve.all_collateral()?,
    };
    // The root is at least as large as what is held.
    let needed = with_fee(all.checked_sub(paid_in.get().into())?, fee)?;
    let (paid, received) = if U256::from(offer.get()) >= needed {
        (Amount::new(needed.to_u128()?), given)
    } else {
        let held = paid_in.checked_add(without_fee(offer, fee)?)?.get();
        let kept = match side {
            Side::Buy => curve.collateral_beside(held)?,
            Side::Sell => curve.proceeds_beside(held)?,
        };
        // The root is ceiled, so that the curve may keep more than there is.
        let received = U256::from(given.get()).checked_sub(kept);
        let received = received.map_or(Amount::ZERO, |units| Amount::new(units.low()));
        (offer, received)
    };
    if received.is_zero() {
        return Ok((band, BandTrade::default()));
    }
    let (held, left) = (paid_in.checked_add(paid)?, given.checked_sub(received)?);
    let band = match side {
        Side::Buy => band.with(left, held),
        Side::Sell => band.with(held, left),
    };
    Ok((band, BandTrade { paid, received }))
}

/// Returns the amount of which so much is left without the fee, ceiled.
#[cfg_attr(target_arch = "bpf", inline(always))]
fn with_fee(amount: U256, fee: Fraction) -> Result<U256, Error> {
    let (scale, left) = (Fraction::SCALE.into(), fee.complement().raw().into());
    let scale = U256::new(0, scale);
    Ok(amount.mul_div(scale, U256::new(0, left), Rounding::Ceil)?)
}

/// Returns an amount without the fee, which is ceiled.
fn without_fee(amount: Amount, fee: Fraction) -> Result<Amount, Error> {
    Ok(amount.checked_sub(amount.mul_fraction(fee, Rounding::Ceil))?)
}
