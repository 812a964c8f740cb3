//! Rates that follow something.

use tokenomics_fixed_math::{Amount, Fraction, SignedWad, Timestamp, Wad};
use tokenomics_rate_controllers::{
    AdaptiveRate, AdaptiveRateParams, BaseFee, BaseFeeParams, BlobExponential, BlobFee,
    BlobFeeParams, BlobReserve, KinkedRate, KinkedRateParams, NposInflation, NposInflationParams,
    Pid, PidParams, RebaseRule, SqrtIssuance, SqrtIssuanceParams, SupplyTarget, SupplyTargetParams,
    TargetBonded, TargetBondedParams,
};

use super::Mechanism;
use crate::answers::Answers;
use crate::numbers::Numbers;

pub(super) const MECHANISMS: &[(&str, Mechanism)] = &[
    ("adaptive_rate", adaptive_rate),
    ("kinked_rate", kinked_rate),
    ("base_fee", base_fee),
    ("blob_fee", blob_fee),
    ("npos_inflation", npos_inflation),
    ("target_bonded", target_bonded),
    ("sqrt_issuance", sqrt_issuance),
    ("pid", pid),
    ("supply_target", supply_target),
];

const BILLION: u64 = 1_000_000_000;

fn adaptive_rate(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let (min, more) = (n.within(1, BILLION), n.within(0, BILLION * BILLION));
    let [least, most] = [min, min + more].map(|raw| Wad::from_raw(raw.into()));
    let params = AdaptiveRateParams {
        target: n.fraction_to(900_000_000_000_000_000),
        steepness: n.wad_between(1, 8),
        speed: n.wad_to(50),
        min: least,
        max: most,
        year: n.span_to(31_536_000),
    };
    let at_target = Wad::from_raw((min + n.within(0, more)).into());
    let mut now = n.time();
    let rate = AdaptiveRate::new(params, at_target, now);
    let mut rate = a.of("AdaptiveRate::new", rate)?;
    for _ in 0..2 {
        let used = n.fraction();
        a.is("AdaptiveRate::rate", rate.rate(used));
        now = n.after(now, 40_000_000);
        a.of("AdaptiveRate::update", rate.update(now, used));
        a.is("AdaptiveRate::state", rate.state());
    }
    a.of("AdaptiveRate::index", rate.index());
    a.of("AdaptiveRate::owed", rate.owed(n.amount(), 0));
    a.of(
        "AdaptiveRate::restore",
        AdaptiveRate::restore(params, rate.state()),
    );
    Some(())
}

fn kinked_rate(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let params = KinkedRateParams {
        optimal: n.fraction(),
        base: n.wad_to(1),
        slope1: n.wad_to(2),
        slope2: n.wad_to(20),
        year: n.span_to(31_536_000),
    };
    let mut now = n.time();
    let mut rate = a.of("KinkedRate::new", KinkedRate::new(params, now))?;
    for _ in 0..2 {
        let used = n.fraction();
        let supplied = rate.supply_rate(used, n.fraction());
        a.is("KinkedRate::rate", (rate.rate(used), supplied));
        now = n.after(now, 40_000_000);
        a.of("KinkedRate::update", rate.update(now, used));
        a.is("KinkedRate::state", rate.state());
    }
    a.of("KinkedRate::index", rate.index());
    a.of("KinkedRate::owed", rate.owed(n.amount(), 0));
    a.of(
        "KinkedRate::restore",
        KinkedRate::restore(params, rate.state()),
    );
    Some(())
}

fn base_fee(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let (min, fee, max) = (
        n.within(0, 1 << 40),
        n.within(0, 1 << 40),
        n.within(0, 1 << 40),
    );
    let [min, fee, max] = [min, min + fee, min + fee + max].map(|it| Amount::new(it.into()));
    let params = BaseFeeParams {
        elasticity: n.within(1, 16),
        denominator: n.within(1, 64),
        min,
        max,
    };
    let block = n.within(0, 1 << 40);
    let mut controller = a.of(
        "BaseFee::new",
        BaseFee::new(params, fee, Timestamp::new(block)),
    )?;
    for later in 0..3 {
        let limit = n.within(16, 1 << 30);
        let used = n.within(0, limit);
        let block = Timestamp::new(block + later);
        a.of("BaseFee::update", controller.update(block, used, limit));
        a.is("BaseFee::fee", controller.fee());
    }
    a.of("BaseFee::fee_at", controller.fee_at(controller.next()));
    Some(())
}

fn blob_fee(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let fraction = n.within(1, 1 << 33);
    let max_excess = n.within(0, fraction.saturating_mul(20));
    let params = BlobFeeParams {
        min_fee: n.amount_to(1 << 20),
        target: n.within(0, 1 << 20),
        update_fraction: fraction,
        max_excess,
        exponential: [BlobExponential::Exact, BlobExponential::Deployed][n.choice(2) as usize],
    };
    let (block, excess) = (n.within(0, 1 << 40), n.within(0, max_excess));
    let at = |later| Timestamp::new(block + later);
    let mut fee = a.of("BlobFee::new", BlobFee::new(params, excess, at(0)))?;
    a.of("BlobFee::update", fee.update(at(0), n.within(0, 1 << 20)));
    let max = n.within(1 << 20, 1 << 22);
    let reserve = BlobReserve {
        base_fee: n.within(0, 1 << 30),
        base_cost: n.within(0, 1 << 13),
        gas_per_blob: n.within(1, 1 << 17),
        max,
    };
    let used = n.within(0, 1 << 20);
    let burned = fee.update_with_reserve(at(1), used, reserve);
    a.of("BlobFee::update_with_reserve", burned);
    a.is("BlobFee::fee", (fee.fee(), fee.excess()));
    a.of("BlobFee::fee_at", fee.fee_at(fee.next()));
    Some(())
}

fn npos_inflation(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let min = n.within(0, BILLION);
    let max = min + n.within(0, BILLION * BILLION);
    let params = NposInflationParams {
        min: Wad::from_raw(min.into()),
        max: Wad::from_raw(max.into()),
        ideal: n.fraction(),
        falloff: n.fraction(),
        year: n.span_to(31_536_000),
    };
    let mut now = n.time();
    let inflation = NposInflation::new(params, now);
    let mut inflation = a.of("NposInflation::new", inflation)?;
    for _ in 0..2 {
        let staked = n.fraction();
        a.is("NposInflation::inflation", inflation.inflation(staked));
        now = n.after(now, 40_000_000);
        let minted = inflation.update(now, staked, n.amount());
        a.of("NposInflation::update", minted);
        a.is("NposInflation::state", inflation.state());
    }
    a.of(
        "NposInflation::restore",
        NposInflation::restore(params, inflation.state()),
    );
    Some(())
}

fn target_bonded(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let (min, more) = (n.within(0, BILLION), n.within(0, BILLION * BILLION));
    let [least, most] = [min, min + more].map(|raw| Wad::from_raw(raw.into()));
    let params = TargetBondedParams {
        goal: n.fraction(),
        change: n.wad_to(1),
        min: least,
        max: most,
        year: n.span_to(31_536_000),
    };
    let first = Wad::from_raw((min + n.within(0, more)).into());
    let mut now = n.time();
    let mut inflation = a.of("TargetBonded::new", TargetBonded::new(params, first, now))?;
    for _ in 0..2 {
        now = n.after(now, 40_000_000);
        let minted = inflation.update(now, n.fraction(), n.amount());
        a.of("TargetBonded::update", minted);
        a.is(
            "TargetBonded::state",
            (inflation.state(), inflation.inflation()),
        );
    }
    a.of(
        "TargetBonded::restore",
        TargetBonded::restore(params, inflation.state()),
    );
    Some(())
}

fn sqrt_issuance(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let params = SqrtIssuanceParams {
        increment: n.within(1, 1 << 40),
        factor: n.within(1, 1 << 20),
    };
    let now = n.time();
    let mut issuance = a.of("SqrtIssuance::new", SqrtIssuance::new(params, now))?;
    let staked = n.within(0, u64::MAX);
    let rewards = (issuance.base_reward(staked), issuance.per_epoch(staked));
    a.is("SqrtIssuance::base_reward", rewards);
    let later = n.after(now, 1 << 20);
    a.of("SqrtIssuance::update", issuance.update(later, staked));
    Some(())
}

fn pid(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let min = n.signed_to(100);
    let range = n.wad_to(100);
    let max = SignedWad::from_raw(min.raw() + range.raw() as i128);
    let largest_error = n.wad_to(1_000);
    let slew = n.wad_to(2);
    let params = PidParams {
        setpoint: n.signed_to(100),
        largest_error,
        dead_band: Wad::from_raw(n.number() % (largest_error.raw() + 1)),
        proportional: n.wad_to(10),
        integral: n.wad_to(1),
        windup: n.wad_to(10),
        derivative: n.wad_to(10),
        filter: n.span_to(1 << 20),
        bias: n.signed_to(10),
        min,
        max,
        slew: [None, Some(slew)][n.choice(2) as usize],
    };
    let (mut now, output) = (n.time(), n.number() % (range.raw() + 1));
    let output = SignedWad::from_raw(min.raw() + output as i128);
    let mut controller = a.of("Pid::new", Pid::new(params, n.signed_to(100), output, now))?;
    for _ in 0..3 {
        now = n.after(now, 1 << 20);
        a.of("Pid::update", controller.update(now, n.signed_to(200)));
        a.is(
            "Pid::state",
            (controller.state(), controller.integral_part()),
        );
    }
    a.of("Pid::restore", Pid::restore(params, controller.state()));
    Some(())
}

fn supply_target(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let part = |n: &mut Numbers| Fraction::from_raw(n.within(1, Fraction::SCALE)).ok();
    let (lower, upper, growth) = (part(n)?, part(n)?, n.wad_to(20));
    let sigmoid = RebaseRule::Sigmoid {
        lower,
        upper,
        growth,
    };
    let lag = RebaseRule::Lag(n.within(1, 10_000));
    let params = SupplyTargetParams {
        target: n.wad_between(1, 1_000),
        dead_band: n.fraction_to(100_000_000_000_000_000),
        rule: [lag, sigmoid][n.choice(2) as usize],
        period: n.span_to(1 << 20),
        max_supply: n.amount(),
    };
    let now = n.time();
    let mut rebase = a.of("SupplyTarget::new", SupplyTarget::new(params, now))?;
    let (price, supply) = (n.wad_to(2_000), n.part_of(params.max_supply));
    a.is("SupplyTarget::change", rebase.change(price, supply));
    a.of("SupplyTarget::update", rebase.update(now, price, supply));
    a.is("SupplyTarget::next", rebase.next());
    let again = n.after(now, 1 << 21);
    a.of("SupplyTarget::update", rebase.update(again, price, supply));
    Some(())
}
