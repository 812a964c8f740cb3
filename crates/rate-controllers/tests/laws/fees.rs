//! The fees that are burned.

use tokenomics_fixed_math::{Amount, Rounding, U256};
use tokenomics_rate_controllers::{
    BaseFee, BaseFeeParams, BlobExponential, BlobFee, BlobFeeParams, BlobReserve, Error,
};

use super::at;
use super::controllers::{Controller, Seed, Step};

fn low(number: u128) -> u64 {
    number as u64
}

/// A number of 64 bits: small ones stay as they are, and larger ones lose their upper half.
fn within(number: u128, least: u64, most: u64) -> u64 {
    match (most - least).checked_add(1) {
        Some(count) => least + low(number) % count,
        None => low(number),
    }
}

impl Controller for BaseFee {
    type Input = (u64, u64);

    const REFUSED_TWICE: bool = true;

    fn make([elasticity, denominator, min, max, fee, next]: Seed) -> Self {
        let max = low(max);
        let min = within(min, 0, max);
        let params = BaseFeeParams {
            elasticity: within(elasticity, 1, 8),
            denominator: within(denominator, 1, 64),
            min: Amount::new(min.into()),
            max: Amount::new(max.into()),
        };
        let fee = Amount::new(within(fee, min, max).into());
        Self::new(params, fee, at(low(next))).unwrap()
    }

    fn input(&self, used: u128, limit: u128) -> (u64, u64) {
        let limit = within(limit, self.params().elasticity, u64::MAX);
        (used.min(limit.into()) as u64, limit)
    }

    fn between((_, limit): (u64, u64)) -> (u64, u64) {
        (0, limit)
    }

    fn clock(&self) -> u64 {
        self.next().get()
    }

    fn step(&mut self, block: u64, (used, limit): (u64, u64)) -> Result<u128, Error> {
        let quoted = self.fee_at(at(block));
        let burn = self.update(at(block), used, limit)?;
        assert_eq!(quoted, Ok(burn.fee));
        assert_eq!(burn.burned.get(), burn.fee.get() * u128::from(used));
        Ok(burn.burned.get())
    }

    fn response(&self) -> u128 {
        self.fee().get()
    }

    fn range(&self) -> (u128, u128) {
        (self.params().min.get(), self.params().max.get())
    }
}

fn blob_fee(seed: Seed, exponential: BlobExponential) -> BlobFee {
    let [min_fee, target, update_fraction, max_excess, excess, next] = seed;
    let update_fraction = within(update_fraction, 1, 10_000_000_000_000_000);
    // Where e^44 times the least fee is too much, as far as it isn't.
    let min_fee = 1 + min_fee % 100_000_000_000_000_000;
    let exponents = (0..=44_u64).rev();
    let made = exponents.map(|most| {
        let max_excess = within(max_excess, 0, most * update_fraction);
        let params = BlobFeeParams {
            min_fee: Amount::new(min_fee),
            target: low(target),
            update_fraction,
            max_excess,
            exponential,
        };
        BlobFee::new(params, within(excess, 0, max_excess), at(low(next)))
    });
    made.flatten().next().unwrap()
}

impl Controller for BlobFee {
    type Input = u64;

    const REFUSED_TWICE: bool = true;

    fn make(seed: Seed) -> Self {
        blob_fee(seed, BlobExponential::Deployed)
    }

    fn input(&self, used: u128, _: u128) -> u64 {
        used.min(u64::MAX.into()) as u64
    }

    fn between(_: u64) -> u64 {
        0
    }

    fn clock(&self) -> u64 {
        self.next().get()
    }

    fn step(&mut self, block: u64, used: u64) -> Result<u128, Error> {
        let quoted = self.fee_at(at(block));
        let burn = self.update(at(block), used)?;
        assert_eq!(quoted, Ok(burn.fee));
        assert_eq!(burn.burned.get(), burn.fee.get() * u128::from(used));
        Ok(burn.burned.get())
    }

    fn response(&self) -> u128 {
        self.fee().get()
    }

    fn range(&self) -> (u128, u128) {
        let params = self.params();
        let largest = BlobFee::new(params, params.max_excess, at(0)).unwrap();
        (params.min_fee.get(), largest.fee().get())
    }
}

/// The blob fee with the real exponential.
#[derive(Debug, Clone, PartialEq)]
pub struct ExactBlobFee(BlobFee);

impl Controller for ExactBlobFee {
    type Input = u64;

    const REFUSED_TWICE: bool = true;

    fn make(seed: Seed) -> Self {
        Self(blob_fee(seed, BlobExponential::Exact))
    }

    fn input(&self, used: u128, other: u128) -> u64 {
        self.0.input(used, other)
    }

    fn between(_: u64) -> u64 {
        0
    }

    fn clock(&self) -> u64 {
        self.0.clock()
    }

    fn step(&mut self, block: u64, used: u64) -> Result<u128, Error> {
        self.0.step(block, used)
    }

    fn response(&self) -> u128 {
        self.0.response()
    }

    fn range(&self) -> (u128, u128) {
        self.0.range()
    }
}

/// The two fees are what the specifications' formulas say, in arithmetic that has room for them.
pub fn as_the_specification(seed: Seed, steps: &[Step]) {
    let mut fee = BaseFee::make(seed);
    for step in steps {
        let (used, limit) = fee.input(step.demand, step.other);
        let Some(block) = fee.clock().checked_add(1).map(|next| next - 1) else {
            break;
        };
        let expected = next_base_fee(&fee, used, limit);
        fee.update(at(block), used, limit).unwrap();
        assert_eq!(fee.fee().get(), expected);
    }
    let mut deployed = blob_fee(seed, BlobExponential::Deployed);
    let mut exact = blob_fee(seed, BlobExponential::Exact);
    for step in steps {
        let (sum, terms) = sum_of_terms(deployed.params(), deployed.excess());
        assert_eq!(deployed.fee().get(), sum);
        // Every term loses less than a unit, which those after it multiply by at most e^x.
        let lost = terms * (exact.fee().get() + 1) / u128::from(exact.params().update_fraction) + 2;
        // The exponential's own last digit, which counts where the least fee is large.
        let doubt = u128::from(exact.params().min_fee.get() > 1_000_000_000);
        let range = sum - doubt..=sum + lost;
        assert!(range.contains(&exact.fee().get()), "{exact:?}: {range:?}");
        let target = deployed.params().target;
        let reserve = BlobReserve {
            base_fee: low(step.other),
            base_cost: 8_192,
            gas_per_blob: 131_072,
            max: target.max(1).saturating_add(target / 2),
        };
        let used = low(step.demand);
        let block = deployed.next();
        if step.gap % 2 == 0 && used <= reserve.max && block.get() < u64::MAX {
            let expected = next_excess(&deployed, used, reserve);
            deployed.update_with_reserve(block, used, reserve).unwrap();
            assert_eq!(deployed.excess(), expected);
            let params = exact.params();
            exact = BlobFee::new(params, expected, deployed.next()).unwrap();
        } else if block.get() < u64::MAX {
            deployed.update(block, used).unwrap();
            exact.update(block, used).unwrap();
        }
        assert_eq!(deployed.excess(), exact.excess());
    }
}

fn next_base_fee(fee: &BaseFee, used: u64, limit: u64) -> u128 {
    let (params, old) = (fee.params(), fee.fee().get());
    let target = limit / params.elasticity;
    let step = old * u128::from(used.abs_diff(target))
        / u128::from(target)
        / u128::from(params.denominator);
    let new = match used {
        used if used == target => old,
        used if used > target => old + step.max(1),
        _ => old - step,
    };
    new.clamp(params.min.get(), params.max.get())
}

fn next_excess(fee: &BlobFee, used: u64, reserve: BlobReserve) -> u64 {
    let (params, old) = (fee.params(), u128::from(fee.excess()));
    let (used, target, max) = (used.into(), params.target.into(), reserve.max.into());
    let execution = U256::product(reserve.base_cost.into(), reserve.base_fee.into());
    let blob = U256::product(reserve.gas_per_blob.into(), fee.fee().get());
    let new = if old + used < target {
        0
    } else if execution > blob {
        let part = U256::product(used, max - target);
        old + part.checked_div(max, Rounding::Floor).unwrap().low()
    } else {
        old + used - target
    };
    new.min(params.max_excess.into()) as u64
}

/// The sum, and how many terms it has.
fn sum_of_terms(params: BlobFeeParams, excess: u64) -> (u128, u128) {
    let fraction = u128::from(params.update_fraction);
    let (mut k, mut sum) = (1_u128, U256::ZERO);
    let mut term = U256::product(params.min_fee.get(), fraction);
    while !term.is_zero() {
        sum = sum.checked_add(term).unwrap();
        let product = term.checked_mul(excess.into()).unwrap();
        term = product.checked_div(fraction * k, Rounding::Floor).unwrap();
        k += 1;
    }
    let fee = sum.checked_div(fraction, Rounding::Floor).unwrap();
    (fee.to_u128().unwrap(), k)
}
