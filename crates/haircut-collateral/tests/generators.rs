//! Every public type that holds parameters or is stored has both generators, what they draw is valid, and
//! both ends are drawn.
#![cfg(all(feature = "arbitrary", feature = "proptest"))]

use std::collections::BTreeSet;

use arbitrary::{Arbitrary, Unstructured};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use tokenomics_fixed_math::{Amount, Fraction, Span, Wad, U256};
use tokenomics_haircut_collateral::*;

/// Draws so many values of a strategy.
fn draw_some<S: Strategy>(strategy: S, count: usize) -> Vec<S::Value> {
    let mut runner = TestRunner::deterministic();
    let draw = |_| strategy.new_tree(&mut runner).unwrap().current();
    (0..count).map(draw).collect()
}

fn draw<S: Strategy>(strategy: S) -> Vec<S::Value> {
    draw_some(strategy, 1_000)
}

/// Makes values of bytes that are all the same, and of few.
fn of_bytes<T: for<'a> Arbitrary<'a>>() -> Vec<T> {
    let made = |byte| T::arbitrary(&mut Unstructured::new(&[byte; 2_048])).unwrap();
    (0..=u8::MAX).map(made).collect()
}

/// Declares the types by their names and strategies, and a test that draws each, and makes it of bytes.
macro_rules! generated {
    ($($name:ident: $type:ty = $strategy:ident,)+) => {
        const GENERATED: &[&str] = &[$(stringify!($name)),+];

        #[test]
        fn every_type_is_drawn_and_made_of_bytes() {
            $({
                let drawn: Vec<$type> = draw_some(strategies::$strategy(), 50);
                assert!(drawn.iter().any(|value| *value != drawn[0]), stringify!($name));
                let made = of_bytes::<$type>();
                assert!(made.iter().any(|value| *value != made[0]), stringify!($name));
            })+
        }
    };
}

generated! {
    Account: Account<3> = account,
    AccountState: AccountState<3> = account_state,
    Band: Band = band,
    BandGrid: BandGrid = band_grid,
    BandPosition: BandPosition<3> = band_position,
    BandPositionState: BandPositionState<3> = band_position_state,
    Cap: Cap = cap,
    CircuitBreaker: CircuitBreaker = circuit_breaker,
    CircuitBreakerState: CircuitBreakerState = circuit_breaker_state,
    CloseFactor: CloseFactor = close_factor,
    Composition: Composition = composition,
    ConcentrationCap: ConcentrationCap = concentration_cap,
    ConcentrationThreshold: ConcentrationThreshold = concentration_threshold,
    Confidence: Confidence = confidence,
    Correlation: Correlation = correlation,
    CorrelationMatrix: CorrelationMatrix = correlation_matrix,
    CorrelationOffset: CorrelationOffset = correlation_offset,
    CorrelationStress: CorrelationStress = correlation_stress,
    Debt: Debt = debt,
    Decay: Decay = decay,
    DepthBudget: DepthBudget = depth_budget,
    DutchAuction: DutchAuction = dutch_auction,
    EarlyExit: EarlyExit = early_exit,
    FixedIncentive: FixedIncentive = fixed_incentive,
    GroupSet: GroupSet = group_set,
    GrowthCap: GrowthCap = growth_cap,
    GrowthCapState: GrowthCapState = growth_cap_state,
    GrowthCapTerms: GrowthCapTerms = growth_cap_terms,
    Haircut: Haircut = haircut,
    HealthIncentive: HealthIncentive = health_incentive,
    Holding: Holding = holding,
    Incentive: Incentive = incentive,
    Isolation: Isolation = isolation,
    LiquidationTerms: LiquidationTerms = liquidation_terms,
    LiquidityRange: LiquidityRange = liquidity_range,
    LossShares: LossShares = loss_shares,
    LossWaterfall: LossWaterfall<3> = loss_waterfall,
    LossWaterfallState: LossWaterfallState<3> = loss_waterfall_state,
    Margin: Margin = margin,
    Payer: Payer = payer,
    PoolDeposit: PoolDeposit = pool_deposit,
    PoolDepositState: PoolDepositState = pool_deposit_state,
    PostedMeans: PostedMeans = posted_means,
    PriceAge: PriceAge = price_age,
    Protection: Protection = protection,
    ProtectionTerms: ProtectionTerms = protection_terms,
    RateLimit: RateLimit = rate_limit,
    RateLimitState: RateLimitState = rate_limit_state,
    RatioSnapshot: RatioSnapshot = ratio_snapshot,
    SoftLiquidationState: SoftLiquidationState = soft_liquidation_state,
    SquareRootSize: SquareRootSize = square_root_size,
    StabilityPool: StabilityPool<[U256; 12]> = stability_pool,
    StabilityPoolState: StabilityPoolState = stability_pool_state,
    ThresholdIncentive: ThresholdIncentive = threshold_incentive,
    TimeToExit: TimeToExit = time_to_exit,
    TrancheState: TrancheState = tranche_state,
    TreasuryAsset: TreasuryAsset = treasury_asset,
    Volatility: Volatility = volatility,
}

/// What is neither a parameter nor stored: results, what borrows from the caller or holds a store of its, traits
/// and errors.
const OTHERS: &[&str] = &[
    "AbsorbedLoss",
    "Action",
    "BandTrade",
    "Breach",
    "Certificate",
    "CorrelationGroups",
    "DiversifiedRisk",
    "Error",
    "Exposure",
    "Liquidation",
    "LiquidityPosition",
    "Pair",
    "Portfolio",
    "PreparedExit",
    "PreparedVolatility",
    "Proceeds",
    "ProtectedHolding",
    "Quantity",
    "SoftLiquidation",
    "Store",
    "Trade",
    "Trades",
    "Treasury",
    "WrittenOff",
];

/// A type that the crate exports is generated, or named above as one that needn't be.
#[test]
fn every_exported_type_is_generated_or_excused() {
    let exports = include_str!("../src/lib.rs")
        .split("pub use ")
        .skip(1)
        .filter_map(|export| export.split_once(';'));
    let is_type = |name: &&str| name.starts_with(|first: char| first.is_ascii_uppercase());
    let exported: BTreeSet<_> = exports
        .flat_map(|(export, _)| export.split(|at: char| !at.is_ascii_alphanumeric() && at != '_'))
        .filter(is_type)
        .collect();
    let listed: BTreeSet<_> = GENERATED.iter().chain(OTHERS).copied().collect();
    assert_eq!(exported, listed);
    assert_eq!(listed.len(), GENERATED.len() + OTHERS.len());
}

#[test]
fn what_is_drawn_can_be_stored() {
    for account in draw_some(strategies::account::<16>(), 50) {
        assert_eq!(Account::restore(account.state()), Ok(account));
    }
    for limit in draw(strategies::rate_limit()) {
        assert_eq!(RateLimit::restore(limit.state()), Ok(limit));
    }
    for breaker in draw(strategies::circuit_breaker()) {
        assert_eq!(CircuitBreaker::restore(breaker.state()), Ok(breaker));
    }
    for cap in draw(strategies::growth_cap()) {
        assert_eq!(GrowthCap::restore(cap.state()), Ok(cap));
    }
    for waterfall in draw(strategies::loss_waterfall::<3>()) {
        assert_eq!(LossWaterfall::restore(waterfall.state()), Ok(waterfall));
    }
    for pool in draw(strategies::stability_pool::<12>()) {
        assert_eq!(
            StabilityPool::restore(pool.state(), *pool.ended()),
            Ok(pool)
        );
    }
}

fn any<T>(drawn: &[T], is: impl Fn(&T) -> bool) {
    assert!(drawn.iter().any(is));
}

#[test]
fn both_ends_of_accounts_are_drawn() {
    let accounts = draw_some(strategies::account::<3>(), 200);
    any(&accounts, |account| *account == Account::new());
    any(&accounts, |account| {
        account.holdings().len() == 3 && account.debts().len() == 3
    });
    any(&accounts, |account| account.holdings().len() == 1);
    any(&accounts, |account| {
        account
            .debts()
            .iter()
            .any(|debt| debt.amount() == Amount::MAX)
    });
}

#[test]
fn both_ends_of_terms_are_drawn() {
    let terms = draw(strategies::liquidation_terms());
    let eight = Wad::from_raw(8 * Wad::SCALE);
    let target = |raw: u128| any(&terms, |terms| terms.target().raw() == raw);
    target(Wad::SCALE);
    target(10 * Wad::SCALE);
    any(&terms, |terms| terms.close_factor() == CloseFactor::WHOLE);
    any(&terms, |terms| {
        terms.close_factor().part() == Fraction::from_raw(1).unwrap()
    });
    any(&terms, |terms| terms.dust().is_zero());
    any(&terms, |terms| terms.dust() == Amount::MAX);
    let incentives = draw(strategies::incentive());
    any(
        &incentives,
        |by| matches!(by, Incentive::Fixed(fixed) if fixed.factor() == Wad::ONE),
    );
    any(
        &incentives,
        |by| matches!(by, Incentive::ByThreshold(by) if by.most() == eight),
    );
    any(
        &incentives,
        |by| matches!(by, Incentive::ByHealth(by) if by.least() == Wad::ONE && by.most() == eight),
    );
    any(
        &incentives,
        |by| matches!(by, Incentive::ByHealth(by) if by.most_at().is_zero()),
    );
    let auctions = draw(strategies::dutch_auction());
    any(&auctions, |auction| auction.start() == Wad::ONE);
    any(&auctions, |auction| auction.start() == eight);
    any(&auctions, |auction| {
        auction.decay() == Decay::Linear(Span::new(1))
    });
    any(&auctions, |auction| {
        auction.decay() == Decay::Exponential(Fraction::ZERO)
    });
    any(
        &auctions,
        |auction| matches!(auction.decay(), Decay::Steps { step, .. } if step == Span::MAX),
    );
}

#[test]
fn both_ends_of_losses_are_drawn() {
    let tranches = draw(strategies::tranche_state());
    let per_unit = |bits: u32, tranche: &TrancheState| {
        !tranche.assets.is_zero()
            && tranche.shares == U256::product(tranche.assets.get(), 1 << bits)
    };
    any(&tranches, |tranche| per_unit(32, tranche));
    any(&tranches, |tranche| per_unit(64, tranche));
    any(&tranches, |tranche| tranche.scale == u32::MAX);
    any(&tranches, |tranche| tranche.assets.is_zero());
    let pools = draw(strategies::stability_pool::<12>());
    any(&pools, |pool| pool.scale() == 12);
    any(&pools, |pool| pool.scale() == 0 && !pool.gained().is_zero());
    any(&pools, |pool| pool.assets() == Amount::MAX);
    let full = draw(strategies::stability_pool::<0>());
    any(&full, |pool| !pool.assets().is_zero());
}

#[test]
fn both_ends_of_limits_and_guards_are_drawn() {
    let limits = draw(strategies::rate_limit_state());
    any(&limits, |state| {
        state.level.is_zero() && !state.burst.is_zero()
    });
    any(&limits, |state| {
        let full = U256::product(state.burst.get(), state.period.get().into());
        state.level == full && !state.burst.is_zero()
    });
    let caps = draw(strategies::cap());
    any(&caps, |cap| {
        cap.room().is_zero() && cap.limit() == Amount::MAX
    });
    any(&caps, |cap| cap.room() == Amount::MAX);
    let breakers = draw(strategies::circuit_breaker_state());
    any(&breakers, |state| {
        state.max_move.raw() == 1 && state.tripped
    });
    any(&breakers, |state| {
        state.max_move == Fraction::ONE && !state.tripped
    });
    any(&breakers, |state| state.since == state.last);
    let terms = draw(strategies::growth_cap_terms());
    any(&terms, |terms| terms.growth.is_zero());
    any(&terms, |terms| terms.growth.raw() == 100 * Wad::SCALE);
    any(&terms, |terms| terms.year == Span::new(1));
    any(&terms, |terms| terms.year == Span::new(10_000_000_000));
    let snapshots = draw(strategies::ratio_snapshot());
    any(&snapshots, |snapshot| snapshot.ratio.raw() == 1);
    any(&snapshots, |snapshot| snapshot.ratio == Wad::MAX);
    let caps = draw(strategies::growth_cap());
    any(&caps, |cap| cap.state().updated == cap.snapshot().at);
    let assets = draw(strategies::treasury_asset());
    any(&assets, |asset| {
        asset.haircut() == Fraction::ONE && asset.is_native()
    });
    any(&assets, |asset| {
        asset.haircut().is_zero() && asset.value() == Amount::MAX && !asset.is_native()
    });
}
