//! Controllers with the parameters of real protocols, and quiet ones.

#![allow(
    dead_code,
    unreachable_pub,
    reason = "each test file uses some of them"
)]

use tokenomics_fixed_math::{
    fraction, signed_wad, wad, Amount, Fraction, SignedWad, Span, Timestamp, Wad,
};
use tokenomics_rate_controllers::{
    AdaptiveRate, AdaptiveRateParams, BlobExponential, BlobFee, BlobFeeParams, KinkedRate,
    KinkedRateParams, NposInflation, NposInflationParams, Pid, PidParams, RebaseRule, SupplyChange,
    SupplyTarget, SupplyTargetParams, TargetBonded, TargetBondedParams,
};

pub const YEAR: u64 = 31_536_000;

pub fn at(time: u64) -> Timestamp {
    Timestamp::new(time)
}

pub fn blob_fee(min_fee: u128, excess: u64, update_fraction: u64) -> BlobFee {
    let params = BlobFeeParams {
        min_fee: Amount::new(min_fee),
        target: 1,
        update_fraction,
        max_excess: excess,
        exponential: BlobExponential::Deployed,
    };
    BlobFee::new(params, excess, at(0)).unwrap()
}

pub fn cosmos(inflation: Wad) -> TargetBonded {
    TargetBonded::new(TargetBondedParams::COSMOS, inflation, at(0)).unwrap()
}

pub fn polkadot() -> NposInflation {
    let params = NposInflationParams {
        min: wad!("0.025"),
        max: wad!("0.1"),
        ideal: fraction!("0.5"),
        falloff: fraction!("0.05"),
        // 365.25 days.
        year: Span::new(31_557_600),
    };
    NposInflation::new(params, at(0)).unwrap()
}

pub fn kinked(optimal: Fraction, slope1: Wad, slope2: Wad) -> KinkedRate {
    let params = KinkedRateParams {
        optimal,
        base: Wad::ZERO,
        slope1,
        slope2,
        year: Span::new(YEAR),
    };
    KinkedRate::new(params, at(0)).unwrap()
}

pub fn morpho(rate: Wad) -> AdaptiveRate {
    AdaptiveRate::new(AdaptiveRateParams::MORPHO, rate, at(0)).unwrap()
}

/// A setpoint of 1, errors up to 1, and outputs from −10 to 10.
pub const QUIET: PidParams = PidParams {
    setpoint: SignedWad::ONE,
    largest_error: Wad::ONE,
    dead_band: Wad::ZERO,
    proportional: Wad::ZERO,
    integral: Wad::ZERO,
    windup: wad!("5"),
    derivative: Wad::ZERO,
    filter: Span::new(10),
    bias: SignedWad::ZERO,
    min: signed_wad!("-10"),
    max: signed_wad!("10"),
    slew: None,
};

pub fn pid(params: PidParams) -> Pid {
    Pid::new(params, params.setpoint, SignedWad::ZERO, at(0)).unwrap()
}

pub const AMPLEFORTH: SupplyTargetParams = SupplyTargetParams {
    target: Wad::ONE,
    dead_band: fraction!("0.05"),
    rule: RebaseRule::Lag(30),
    period: Span::new(86_400),
    max_supply: Amount::MAX,
};

pub const SIGMOID: SupplyTargetParams = SupplyTargetParams {
    dead_band: Fraction::ZERO,
    rule: RebaseRule::Sigmoid {
        lower: fraction!("0.1"),
        upper: fraction!("0.1"),
        growth: wad!("3"),
    },
    ..AMPLEFORTH
};

pub fn change(params: SupplyTargetParams, price: &str, supply: u128) -> SupplyChange {
    let target = SupplyTarget::new(params, at(0)).unwrap();
    target.change(price.parse().unwrap(), Amount::new(supply))
}

pub fn grow(amount: u128) -> SupplyChange {
    SupplyChange::Grow(Amount::new(amount))
}

pub fn shrink(amount: u128) -> SupplyChange {
    SupplyChange::Shrink(Amount::new(amount))
}
