//! The curve of one band at one price of the oracle.

use tokenomics_fixed_math::{Rounding, U256};

use super::band::Band;
use crate::Error;

/// The largest sum of what a band holds, in units of the debt asset.
const MOST_BITS: u32 = 126;
const ONE: U256 = U256::new(1, 0);

/// The curve (x + (A − 1)·z)·(c·y + (A − 1)·z) = A·(A − 1)·z² of a band with y of the collateral and x of the
/// debt asset.
///
/// At a price p of the oracle c = p³/(upper·lower) is the mean price of the band, and z what it holds when
/// all is sold at c: the larger root of z² − (x + c·y)·z − x·c·y/(A − 1) = 0. No trade changes either.
///
/// It is LLAMMA's invariant (x + f)·(y + g) = p·A²·y₀² with f = (A − 1)·z and g = f/c.
#[derive(Debug, Clone, Copy)]
pub(super) struct Curve {
    // A − 1.
    less: u128,
    // c in 2^-128; not 0 where something is traded.
    mean: U256,
    // The bits of a fraction of the root: as many as leave all sums below 2^126.
    bits: u32,
    // z in 2^-bits, rounded as the caller asked.
    root: U256,
}

impl Curve {
    /// Returns the mean price of a band in 2^-128, floored.
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub(super) fn mean(price: U256, [upper, lower]: [U256; 2]) -> Result<U256, Error> {
        let part = price.mul_div(price, upper, Rounding::Floor)?;
        Ok(part.mul_div(price, lower, Rounding::Floor)?)
    }

    /// Creates the curve through what a band holds, with its root floored or ceiled.
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub(super) fn new(
        band: Band,
        mean: U256,
        amplification: u32,
        rounding: Rounding,
    ) -> Result<Self, Error> {
        let (x, y) = (band.proceeds().get(), band.collateral().get());
        let whole = value(mean, y, 0, Rounding::Ceil)?;
        let sum = whole.checked_add(x.into())?;
        let room = MOST_BITS.checked_sub(sum.bits());
        let bits = room.ok_or(Error::Overflow {
            bits: sum.bits(),
            max: (1 << MOST_BITS) - 1,
        })?;
        let less = amplification.saturating_sub(1).into();
        let (x, y) = (
            U256::from(x).checked_shl(bits)?,
            value(mean, y, bits, rounding)?,
        );
        // The sum is below 2^126, and 4·x·y at most its square.
        let sum = x.checked_add(y)?;
        let cross = x.checked_mul_wide(y)?.checked_shl(2)?;
        let square = sum
            .checked_mul_wide(sum)?
            .checked_add(cross.checked_div(less, rounding)?)?;
        let root = sum.checked_add(square.isqrt(rounding))?;
        let root = root.checked_div(2, rounding)?;
        Ok(Self {
            less,
            mean,
            bits,
            root,
        })
    }

    /// Returns the root in units of 2^-bits, and the bits.
    pub(super) const fn root(&self) -> (U256, u32) {
        (self.root, self.bits)
    }

    /// Returns the debt asset that the band holds once all of its collateral is sold, ceiled.
    pub(super) fn all_proceeds(&self) -> Result<U256, Error> {
        Ok(self.root.mul_div(1.into(), self.unit(), Rounding::Ceil)?)
    }

    /// Returns the collateral that it holds once all is bought back, ceiled.
    pub(super) fn all_collateral(&self) -> Result<U256, Error> {
        self.in_collateral(self.root)
    }

    /// Returns the collateral that the curve keeps beside so much of the debt asset, ceiled.
    pub(super) fn collateral_beside(&self, proceeds: u128) -> Result<U256, Error> {
        let proceeds = U256::from(proceeds).checked_shl(self.bits)?;
        self.in_collateral(self.beside(proceeds)?)
    }

    /// Returns the debt asset that the curve keeps beside so much collateral, ceiled.
    pub(super) fn proceeds_beside(&self, collateral: u128) -> Result<U256, Error> {
        // Floored, it keeps the exact root too; ceiled, only that of a value that is ceiled as in `new`.
        let held = value(self.mean, collateral, self.bits, Rounding::Floor)?;
        let beside = self.beside(held)?;
        Ok(beside.mul_div(1.into(), self.unit(), Rounding::Ceil)?)
    }

    /// Returns the price at the present point of the curve in 2^-128, floored; of nothing, the mean.
    pub(super) fn price(&self, band: Band) -> Result<U256, Error> {
        let shift = self.root.checked_mul(self.less)?;
        let x = U256::from(band.proceeds().get()).checked_shl(self.bits)?;
        let collateral = band.collateral().get();
        let y = value(self.mean, collateral, self.bits, Rounding::Floor)?;
        let (x, y) = (shift.checked_add(x)?, shift.checked_add(y)?);
        if y.is_zero() {
            return Ok(self.mean);
        }
        Ok(self.mean.mul_div(x, y, Rounding::Floor)?)
    }

    /// Returns the value of either side from that of the other, ceiled: A·(A − 1)·z²/(v + (A − 1)·z) −
    /// (A − 1)·z, which is (A − 1)·z·(z − v)/((A − 1)·z + v). It only rises with z.
    #[cfg_attr(target_arch = "bpf", inline(always))]
    fn beside(&self, held: U256) -> Result<U256, Error> {
        let Ok(left) = self.root.checked_sub(held) else {
            return Ok(U256::ZERO);
        };
        let shift = self.root.checked_mul(self.less)?;
        Ok(shift.mul_div(left, shift.checked_add(held)?, Rounding::Ceil)?)
    }

    /// Returns the amount of collateral of a value, ceiled.
    #[cfg_attr(target_arch = "bpf", inline(always))]
    fn in_collateral(&self, value: U256) -> Result<U256, Error> {
        let per_unit = ONE.shr_floor(self.bits);
        Ok(value.mul_div(per_unit, self.mean, Rounding::Ceil)?)
    }

    fn unit(&self) -> U256 {
        // At most 2^126.
        U256::from(1 << self.bits)
    }
}

/// Returns the value of collateral at a price of 2^-128, in 2^-bits.
#[cfg_attr(target_arch = "bpf", inline(always))]
fn value(price: U256, amount: u128, bits: u32, rounding: Rounding) -> Result<U256, Error> {
    Ok(price.mul_div(amount.into(), ONE.shr_floor(bits), rounding)?)
}
