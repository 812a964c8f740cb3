//! The laws of soft liquidation.

use tokenomics_fixed_math::{Amount, Fraction, Ratio};
use tokenomics_haircut_collateral::{
    Band, BandGrid, BandPosition, BandTrade, Error, SoftLiquidation,
};

use super::fraction;

/// A market of twelve bands.
#[derive(Debug, Clone, Copy)]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub(crate) struct BandShape {
    pub(crate) amplification: u16,
    /// The base price is 2^(-40 to 40).
    pub(crate) exponent: u8,
    pub(crate) fee: u64,
}

/// A call on a market with four positions, at a price.
#[derive(Debug, Clone, Copy)]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub(crate) struct BandCall {
    pub(crate) kind: u8,
    pub(crate) who: u8,
    pub(crate) amount: u128,
    pub(crate) price: PriceShape,
}

/// A price from some bands above the grid to some below it, in 2^-8 of a band.
#[derive(Debug, Clone, Copy)]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub(crate) struct PriceShape {
    pub(crate) band: u8,
    pub(crate) within: u8,
}

pub(super) const BANDS: usize = 12;
const HOLDERS: usize = 4;
/// The most bands of a position.
const MOST: usize = 6;

pub(super) type Market = SoftLiquidation<[Band; BANDS]>;

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct World {
    pub(super) market: Market,
    positions: [BandPosition<MOST>; HOLDERS],
    // Collateral and the debt asset that came in and went out.
    paid_in: [u128; 2],
    paid_out: [u128; 2],
}

pub(super) fn price(grid: BandGrid, shape: PriceShape) -> Ratio {
    // 0 is four bands above the grid.
    let band = u32::from(shape.band % 20);
    let at = grid
        .upper_price(band.saturating_sub(4).min(BANDS as u32))
        .unwrap();
    let a = u128::from(grid.amplification());
    // At the upper price and above it by parts of a band; below the grid by powers of two.
    let parts = u128::from(shape.within) + 256 * u128::from(4_u32.saturating_sub(band));
    let down = band.saturating_sub(4 + BANDS as u32);
    let numerator = (at.numerator() >> 40) * (256 * a + parts);
    Ratio::new(numerator >> down, (at.denominator() >> 40) * 256 * a).unwrap()
}

impl World {
    pub(super) fn new(shape: BandShape) -> Self {
        let amplification = 2 + u32::from(shape.amplification) % 9_999;
        let exponent = u32::from(shape.exponent % 81);
        let base = Ratio::new(
            1 << exponent.saturating_sub(40),
            1 << 40_u32.saturating_sub(exponent),
        );
        let grid = BandGrid::new(base.unwrap(), amplification, BANDS as u32).unwrap();
        let fee = fraction(shape.fee);
        let fee = if fee == Fraction::ONE {
            Fraction::ZERO
        } else {
            fee
        };
        // From the first, third, fifth and seventh band on.
        let position = |who: u32| BandPosition::new(2 * who, 6 - who).unwrap();
        Self {
            market: SoftLiquidation::new(grid, fee, [Band::EMPTY; BANDS]).unwrap(),
            positions: [0, 1, 2, 3].map(position),
            paid_in: [0; 2],
            paid_out: [0; 2],
        }
    }

    fn call(&mut self, call: BandCall) {
        let before = *self;
        let worth = self.worth();
        let done = self.attempt(call);
        if done.is_err() {
            assert_eq!(*self, before, "an error leaves the state");
        }
        // Deposits and withdrawals of one never lower what another's shares are worth.
        if call.kind % 8 < 4 {
            for (who, (before, after)) in worth.iter().zip(self.worth()).enumerate() {
                let own = who == usize::from(call.who) % HOLDERS;
                assert!(own || (before[0] <= after[0] && before[1] <= after[1]));
            }
        }
        self.check();
    }

    fn worth(&self) -> [[Amount; 2]; HOLDERS] {
        self.positions
            .map(|position| self.market.amounts(&position).unwrap())
    }

    fn attempt(&mut self, call: BandCall) -> Result<(), Error> {
        let price = price(self.market.grid(), call.price);
        let (amount, who) = (Amount::new(call.amount), usize::from(call.who) % HOLDERS);
        let most = 1 + u32::from(call.who) % 16;
        match call.kind % 8 {
            0..=2 => {
                let before = self.worth()[who][0].get();
                self.market
                    .deposit(&mut self.positions[who], amount, price)?;
                self.paid_in[0] += amount.get();
                // The floors of shares and of worth, of each band.
                let least = amount.get() - (amount.get() >> 10);
                let after = self.worth()[who][0].get() + 2 * MOST as u128;
                assert!(after >= before + least, "{before} and {amount}: {after}");
            }
            3 => {
                let part = fraction(call.amount as u64);
                let out = self.market.withdraw(&mut self.positions[who], part)?;
                self.paid_out = [0, 1].map(|side| self.paid_out[side] + out[side].get());
            }
            4 | 5 => {
                let trade = self.market.buy(price, amount, most)?;
                self.trade([1, 0], trade, amount);
            }
            6 => {
                let trade = self.market.sell(price, amount, most)?;
                self.trade([0, 1], trade, amount);
            }
            _ => {
                self.market.raise_active(most)?;
            }
        }
        Ok(())
    }

    fn trade(&mut self, [into, out]: [usize; 2], trade: BandTrade, offer: Amount) {
        assert!(trade.paid <= offer);
        // Nothing is paid for nothing, and nothing is free.
        assert_eq!(trade.paid.is_zero(), trade.received.is_zero());
        self.paid_in[into] += trade.paid.get();
        self.paid_out[out] += trade.received.get();
    }

    fn held(&self) -> [u128; 2] {
        let bands = self.market.bands();
        let sum = |of: fn(&Band) -> Amount| bands.iter().map(|band| of(band).get()).sum::<u128>();
        [sum(Band::collateral), sum(Band::proceeds)]
    }

    fn check(&self) {
        let held = self.held();
        let accounted = [0, 1].map(|side| held[side] + self.paid_out[side]);
        assert_eq!(accounted, self.paid_in);
        let active = self.market.active() as usize;
        for (at, band) in self.market.bands().iter().enumerate() {
            assert!(at >= active || band.collateral().is_zero(), "sold above");
            assert!(at <= active || band.proceeds().is_zero(), "unsold below");
            assert_eq!(
                Band::restore(band.collateral(), band.proceeds(), band.shares()),
                Ok(*band)
            );
            let shares = self.positions.iter().flat_map(|position| {
                let of = (position.first()..).zip(position.shares());
                of.filter(|(band, _)| *band as usize == at)
                    .map(|(_, shares)| shares.get())
            });
            assert_eq!(shares.sum::<u128>(), band.shares().get());
        }
        let restored = SoftLiquidation::restore(self.market.state(), *self.market.bands());
        assert_eq!(restored, Ok(self.market));
        // The positions own all of it, but for less than a unit of each in each band.
        let owned = self.worth();
        for side in 0..2 {
            let sum = owned.iter().map(|of| of[side].get()).sum::<u128>();
            assert!(sum <= held[side] && held[side] - sum <= (HOLDERS * MOST) as u128);
        }
    }
}

fn played(shape: BandShape, calls: &[BandCall]) -> World {
    let mut world = World::new(shape);
    for call in calls.iter().take(48) {
        let amount = call.amount >> 24;
        world.call(BandCall { amount, ..*call });
    }
    world
}

/// Every unit that came in is in one band or went out; an error leaves the state; the bands above the
/// active one are sold, and those below aren't.
pub(crate) fn bands_conserve(shape: BandShape, calls: &[BandCall]) {
    played(shape, calls);
}

/// A deposit is worth what was paid in, whatever others did to its bands before, but for less than a part in
/// 1,024 and two units a band.
pub(crate) fn deposits_keep_their_worth(shape: BandShape, calls: &[BandCall], turns: u8) {
    let mut world = played(shape, calls);
    for who in 0..HOLDERS as u8 {
        world.inflate(who, turns);
        for amount in [1, 1 << 9, 1 << 20, 1 << 60] {
            world.call(above_all(0, who, amount));
        }
    }
}

/// A call at a price above the grid.
fn above_all(kind: u8, who: u8, amount: u128) -> BandCall {
    let price = PriceShape { band: 0, within: 0 };
    BandCall {
        kind,
        who,
        amount,
        price,
    }
}

impl World {
    /// Deposits a unit, of which all but a share is burned, and trades there and back within a band.
    fn inflate(&mut self, who: u8, turns: u8) {
        self.call(above_all(0, who, 1));
        self.call(above_all(3, who, (Fraction::SCALE - 1).into()));
        let (band, within) = (4 + who, 99);
        let at = price(self.market.grid(), PriceShape { band, within });
        for turn in 0..2 * u32::from(turns) {
            let buys = turn % 2 == 0;
            let mut after = self.market;
            let trade = trade(&mut after, buys, at, Amount::MAX).unwrap_or_default();
            // What is summed over all turns fits.
            if trade.paid.get() >> 96 != 0 {
                break;
            }
            self.market = after;
            self.trade(if buys { [1, 0] } else { [0, 1] }, trade, Amount::MAX);
        }
    }
}

/// All can leave, in any order. Nobody's leaving lowers what another's are worth, and the last leaves nothing.
pub(crate) fn bands_pay_the_last(shape: BandShape, calls: &[BandCall], first: u8) {
    let mut world = played(shape, calls);
    for turn in 0..HOLDERS {
        let before = world.worth();
        let who = (usize::from(first) + turn) % HOLDERS;
        let out = world
            .market
            .withdraw(&mut world.positions[who], Fraction::ONE);
        assert_eq!(out, Ok(before[who]));
        assert!(world.positions[who].is_empty());
        for (other, (before, after)) in before.iter().zip(world.worth()).enumerate() {
            assert!(other == who || (before[0] <= after[0] && before[1] <= after[1]));
        }
    }
    assert_eq!(world.held(), [0; 2]);
    assert_eq!(world.market.bands(), &[Band::EMPTY; BANDS]);
}

/// There and back at one price, in any steps, never gains, whichever way round.
pub(crate) fn band_trades_never_gain(
    shape: BandShape,
    calls: &[BandCall],
    at: PriceShape,
    steps: &[u128],
) {
    let world = played(shape, calls);
    let price = price(world.market.grid(), at);
    let steps = || steps.iter().take(8).map(|step| Amount::new(step >> 24));
    for buys_first in [true, false] {
        let mut market = world.market;
        let (mut paid, mut held, mut back, mut returned) = (0_u128, 0_u128, 0_u128, 0_u128);
        for step in steps() {
            let Ok(trade) = trade(&mut market, buys_first, price, step) else {
                return;
            };
            (paid, held) = (paid + trade.paid.get(), held + trade.received.get());
        }
        for step in steps().chain([Amount::MAX]) {
            let offer = step.min(Amount::new(held - returned));
            let Ok(trade) = trade(&mut market, !buys_first, price, offer) else {
                return;
            };
            returned += trade.paid.get();
            back += trade.received.get();
        }
        assert!(back <= paid, "paid {paid}, got {back} back");
        assert!(back < paid || returned == held, "something for nothing");
    }
}

pub(super) fn trade(
    market: &mut Market,
    buys: bool,
    price: Ratio,
    offer: Amount,
) -> Result<BandTrade, Error> {
    if buys {
        market.buy(price, offer, BANDS as u32)
    } else {
        market.sell(price, offer, BANDS as u32)
    }
}

/// A deposit in two is worth what it is in one, or less by a share of each band, and gives no more shares of one band.
pub(crate) fn band_splits_never_gain(
    shape: BandShape,
    calls: &[BandCall],
    band: u8,
    parts: [u128; 2],
) {
    let world = played(shape, calls);
    let high = Ratio::from_integer(1 << 50);
    let parts = parts.map(|part| Amount::new(part >> 24));
    let whole = parts[0].checked_add(parts[1]).unwrap();
    let at = u32::from(band) % BANDS as u32;
    let (mut one, mut two) = (world.market, world.market);
    let (mut single, mut split) = [BandPosition::<1>::new(at, 1).unwrap(); 2].into();
    if one.deposit(&mut single, whole, high).is_err() {
        return;
    }
    for part in parts {
        // A part can make too few shares where the whole doesn't.
        if two.deposit(&mut split, part, high).is_err() {
            return;
        }
    }
    assert!(split.shares()[0] <= single.shares()[0]);
    let [worth, both] = [one.amounts(&single), two.amounts(&split)].map(|of| of.unwrap()[0]);
    assert!(both <= worth && worth <= whole);
    // And of two positions the credit is no more than that of the one.
    let (mut other, mut two) = (BandPosition::<1>::new(at, 1).unwrap(), world.market);
    let mut first = other;
    two.deposit(&mut first, parts[0], high).unwrap();
    two.deposit(&mut other, parts[1], high).unwrap();
    let grid = world.market.grid();
    for band in 0..20 {
        let price = price(grid, PriceShape { band, within: 99 });
        let credits = [first, other].map(|of| two.credit(&of, price));
        let (Ok(whole), [Ok(a), Ok(b)]) = (one.credit(&single, price), credits) else {
            continue;
        };
        assert!(a.get() + b.get() <= whole.get());
    }
}
