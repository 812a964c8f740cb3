//! What the curves of real numbers are by their definitions: products of fractions, and the exponential
//! function of wads.

use std::cmp::Ordering;

use tokenomics_emission_curves::{
    Baseline, Compounding, CompoundingParams, Curve, Decay, Exponential, Geometric,
    GeometricParams, Logistic,
};
use tokenomics_fixed_math::{Amount, LogisticGrowth, Ratio, Rounding, SignedWad, Span, Wad, U256};

use super::{at, is_floor, Shape};

fn ratio(numerator: u128, denominator: u128) -> Ratio {
    Ratio::new(numerator, denominator).unwrap()
}

fn ceil_is(against_exact: impl Fn(u128) -> Ordering, of: u128) -> bool {
    against_exact(of).is_ge() && (of == 0 || against_exact(of - 1).is_lt())
}

/// A reserve of 10^18 is a wad: what is left of it is e to a power. Halves are shifts. And a part in each
/// unit is an epoch of one unit.
pub fn floor_of_a_reserve(shape: Shape, time: u64) {
    let (reserve, numerator, denominator) = (shape.rate, shape.numerator, shape.denominator);
    let one = Amount::new(Wad::SCALE);
    let (rate, time) = (numerator % (1 << 60), time % (1 << 20));
    let decay = Decay::Continuous(ratio(rate, Wad::SCALE));
    let curve = Exponential::new(at(7), at(u64::MAX), one, decay).unwrap();
    let exponent = -i128::try_from(rate * u128::from(time)).unwrap();
    let left = SignedWad::from_raw(exponent).exp(Rounding::Ceil).unwrap();
    assert_eq!(
        curve.emitted_at(at(7 + time)).get(),
        Wad::SCALE - left.raw()
    );

    let half_life = shape.length.max(1) >> 7;
    let decay = Decay::HalfLife(Span::new(half_life.max(1)));
    let curve = Exponential::new(at(0), at(u64::MAX), Amount::new(reserve), decay).unwrap();
    let halvings = time % 128;
    let moment = at(half_life.max(1) * halvings);
    assert_eq!(
        curve.emitted_at(moment).get(),
        reserve - (reserve.div_ceil(1 << halvings))
    );

    let part = ratio(1 + numerator % 1_000, 1_001 + denominator % 1_000);
    let reserve = Amount::new(reserve);
    let each = Exponential::new(at(7), at(u64::MAX), reserve, Decay::PerUnit(part)).unwrap();
    let epochs = Geometric::new(GeometricParams {
        start: at(7),
        end: at(u64::MAX),
        epoch: Span::new(1),
        total: reserve,
        decay: part,
    })
    .unwrap();
    assert_eq!(
        each.emitted_at(at(7 + time)),
        epochs.emitted_at(at(7 + time))
    );
}

/// (n/d)^k by multiplication: of a total that is halved and the like, and of a supply that compounds.
pub fn floor_of_parts_of_parts(shape: Shape, time: u64) {
    let (total, length) = (shape.rate >> 70, (shape.length >> 40).max(1));
    let n = 1 + shape.numerator % 30;
    let d = n + 1 + shape.denominator % 10;
    let (epochs, into) = (time % 9, (time >> 8) % length);
    let power = |of: u128| of.pow(u32::try_from(epochs).unwrap());
    let (start, moment) = (at(3), at(3 + epochs * length + into));
    let (whole, into) = (u128::from(length), u128::from(into));

    // What is left, c, is at least T·(n/d)^k·(dL − (d − n)·e) / dL.
    let epoch = Span::new(length);
    let curve = Geometric::new(GeometricParams {
        start,
        end: at(u64::MAX),
        epoch,
        total: Amount::new(total),
        decay: ratio(n, d),
    })
    .unwrap();
    let share = d * whole - (d - n) * into;
    let exact =
        |left: u128| U256::cmp_products(left * power(d), d * whole, total * power(n), share);
    let left = total - curve.emitted_at(moment).get();
    assert!(ceil_is(exact, left), "{curve:?} at {moment}");

    // The supply, c, is at most S·((d + n)/d)^k·(dP + n·e) / dP.
    let curve = Compounding::new(CompoundingParams {
        start,
        end: moment.max(at(4)),
        supply: Amount::new(total),
        rate: ratio(n, d),
        period: epoch,
    });
    let curve = curve.unwrap();
    let share = d * whole + n * into;
    let grown = U256::product(total * power(d + n), share);
    let exact = |supply: u128| U256::product(supply, power(d) * d * whole).cmp(&grown);
    let supply = Amount::new(total + curve.emitted_at(moment).get());
    assert!(is_floor(exact, supply), "{curve:?} at {moment}");
}

/// c ≤ K / (1 + (K − S)/S·x) is c·(K − S)·x ≤ S·(K − c), where x = e^(−rt) lies between two wads; at the
/// start it is 1, and the supply is S.
pub fn floor_of_an_s(shape: Shape, time: u64) {
    let ceiling = 2 + shape.rate % (1 << 50);
    let start = 1 + shape.numerator % (ceiling - 1);
    let (rate, time) = (shape.denominator % (1 << 56), time % (1 << 10));
    let (from, to) = (at(3), at(u64::MAX));
    let amount = Amount::new;
    let growth = LogisticGrowth::new(amount(start), amount(ceiling), ratio(rate, Wad::SCALE));
    let curve = Logistic::new(from, to, growth.unwrap()).unwrap();
    assert_eq!(curve.emitted_at(from), Amount::ZERO);
    let supply = start + curve.emitted_at(at(3 + time)).get();
    let exponent = SignedWad::from_raw(-i128::try_from(rate * u128::from(time)).unwrap());
    let below = |c: u128, rounding| {
        let left = U256::product(c * (ceiling - start), exponent.exp(rounding).unwrap().raw());
        left <= U256::product(start * (ceiling - c), Wad::SCALE)
    };
    assert!(
        supply < ceiling && below(supply, Rounding::Floor),
        "{curve:?} after {time}"
    );
    assert!(!below(supply + 1, Rounding::Ceil), "{curve:?} after {time}");
}

/// What the baseline comes to by an epoch is worth that many epochs; half an epoch's worth more is half
/// an epoch more; realizing more never makes it earlier; and what is minted is an exponential's.
pub fn baseline_by_definition(shape: Shape, epoch: u64) {
    let numerator = shape.numerator;
    let power = 1_000 + numerator % (1 << 62);
    let denominator = 1_000 + shape.denominator % (1 << 40);
    // Up to a thousandth an epoch.
    let factor = ratio(
        denominator + 1 + numerator % (denominator / 1_000),
        denominator,
    );
    let reserve = Amount::new(shape.rate);
    let decay = Decay::HalfLife(Span::new(100 + epoch % 10_000));
    let baseline = Baseline::new(reserve, decay, power, factor).unwrap();
    let epoch = epoch % 20_000;
    let by = |epoch: u64| baseline.baseline_by(at(epoch)).unwrap();
    let (begin, next) = (by(epoch), by(epoch + 1));
    // Each epoch's baseline is the factor to its power; a sum of two floors is a unit off at most.
    let growth = tokenomics_fixed_math::Growth::per_unit(factor).unwrap();
    let exact = growth
        .of(Amount::new(power), epoch, Rounding::Floor)
        .unwrap();
    assert!(
        (next - begin).abs_diff(exact.get()) <= 1,
        "{baseline:?} in {epoch}"
    );

    let effective = |realized| baseline.effective_time(realized).unwrap();
    assert_eq!(effective(begin), Ratio::from_integer(epoch.into()));
    let half = (next - begin) / 2;
    let middle = effective(begin + half);
    assert_eq!(
        middle,
        ratio(u128::from(epoch) * (next - begin) + half, next - begin)
    );
    assert!(effective(next - 1) < effective(next) && effective(begin) <= middle);

    let curve = Exponential::new(at(0), at(u64::MAX), reserve, decay).unwrap();
    let minted = baseline.minted_by(effective(begin));
    assert_eq!(minted, curve.emitted_at(at(epoch)));
    let between = baseline.minted_between(effective(begin), middle).get();
    assert_eq!(minted.get() + between, baseline.minted_by(middle).get());
    assert!(baseline.minted_between(middle, effective(begin)).is_zero());
}
