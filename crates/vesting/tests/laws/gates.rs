//! The laws of gates.

use tokenomics_fixed_math::{Amount, Fraction, Ratio, Span, Timestamp};
use tokenomics_vesting::{Error, Milestones, Observation, PriceGate, PriceTerms};

use super::at;
use super::calls::{grant, Call};
use super::shapes::Shape;

/// A milestone and a price, and when they come.
#[derive(Debug, Clone, Copy)]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub struct Report {
    pub milestone: u8,
    pub time: u64,
    pub price: u128,
}

/// Prices and shares of levels, the oldest and the shortest price that counts, the share at any
/// price, and when and with which share it ends.
pub type Prices = ([(u64, u64); 3], u64, u64, u64, Option<(u64, u64)>);

type Terms = PriceTerms<[(Ratio, Fraction); 3]>;

fn share(raw: u64) -> Fraction {
    Fraction::from_raw(raw.min(Fraction::SCALE)).unwrap()
}

/// The terms of any numbers: prices in order, each at least one above the other.
fn terms((levels, max_age, min_window, floor, expiry): Prices) -> Terms {
    let mut prices = levels.map(|(price, _)| u128::from(price));
    let mut shares = levels.map(|(_, share)| share);
    prices.sort_unstable();
    shares.sort_unstable();
    let level = |index: usize| {
        let price = Ratio::new(prices[index] + index as u128, 3).unwrap();
        (price, share(shares[index]))
    };
    let levels = [level(0), level(1), level(2)];
    let terms = PriceTerms::new(levels, Span::new(max_age), Span::new(min_window)).unwrap();
    let terms = terms.with_floor(share(floor));
    match expiry {
        Some((time, raw)) => terms.with_expiry(at(time), share(raw)),
        None => terms,
    }
}

/// A price of any numbers, near the time it comes at.
fn observation(report: Report, now: u64) -> Observation {
    let Report {
        milestone: which,
        time,
        price: number,
    } = report;
    let price = Ratio::new(number % (1 << 70), u128::from(which % 4) + 1).unwrap();
    let when = match which % 3 {
        0 => now.saturating_sub(time % 9),
        1 => now.saturating_add(time % 3),
        _ => time,
    };
    let window = Span::new(number as u64 % 16);
    Observation {
        price,
        at: at(when),
        window,
    }
}

/// What a gate has let through it never takes back: whatever milestones and prices come, refused
/// ones included, and whatever time passes, no limit falls, and none is above the total.
pub fn reached_stays_reached(needed: (u8, u8), prices: Prices, reports: &[Report], total: u128) {
    let of = needed.1.clamp(1, Milestones::MAX);
    let mut milestones = Milestones::new(needed.0.clamp(1, of), of).unwrap();
    let (terms, mut gate) = (terms(prices), PriceGate::default());
    let total = Amount::new(total);
    let (mut reached, mut best) = (std::collections::BTreeSet::new(), Fraction::ZERO);
    let (mut now, mut last) = (0, [Amount::ZERO; 3]);
    for &report in reports {
        now = now.max(report.time);
        let before = (milestones, gate);
        match milestones.reach(report.milestone) {
            Ok(is_new) => assert_eq!(is_new, reached.insert(report.milestone)),
            Err(_) => assert!(report.milestone >= of && milestones == before.0),
        }
        let observed = observation(report, now);
        match gate.observe(&terms, at(now), observed) {
            Ok(freed) => {
                let (_, max_age, min_window, _, expiry) = prices;
                assert!(expiry.is_none_or(|(end, _)| now < end));
                assert!(observed.at <= at(now) && now - observed.at.get() <= max_age);
                assert!(observed.window.get() >= min_window);
                for &(price, share) in terms.levels() {
                    if price <= observed.price {
                        best = best.max(share);
                    }
                }
                assert_eq!(freed, best);
            }
            Err(error) => {
                assert_eq!(gate, before.1);
                let (end, _) = prices.4.unwrap_or((u64::MAX, 0));
                let expired = Error::Expired { at: at(end) };
                assert!(matches!(error, Error::OutOfRange { .. }) || error == expired);
            }
        }
        assert_eq!(milestones.count() as usize, reached.len());
        assert_eq!(
            milestones.is_open(),
            reached.len() >= milestones.needed().into()
        );
        let limits = [
            milestones.limit(total),
            milestones.graded_limit(total),
            gate.limit(&terms, at(now), total),
        ];
        for (before, limit) in last.iter().zip(limits) {
            assert!(*before <= limit && limit <= total);
        }
        assert_eq!(limits[0] == total, milestones.is_open() || total.is_zero());
        last = limits;
    }
    // In the end, what prices have freed, what is free at any price, and the share of the expiry.
    let (_, _, _, floor, expiry) = prices;
    let end = share(expiry.map_or(0, |(_, share)| share));
    let free = best.max(share(floor)).max(end);
    assert_eq!(gate.share_at(&terms, Timestamp::MAX), free);
}

/// A claim within a limit comes to the less of the limit and of what has vested, unless more was
/// claimed before: so no limit lets through more than the schedule, nor what it holds back be lost.
pub fn a_gate_only_holds_back(shape: Shape, total: u128, calls: &[Call], limits: &[(u64, u128)]) {
    let mut gated = grant(shape, total, calls);
    let mut free = gated.clone();
    for &(time, limit) in limits {
        let now = at(time);
        let (before, vested) = (gated.claimed(), gated.vested_at(now));
        let paid = gated.claim_within(now, Amount::new(limit)).unwrap();
        assert_eq!(gated.claimed(), before.max(vested.min(Amount::new(limit))));
        assert_eq!(before.checked_add(paid), Ok(gated.claimed()));
        free.claim(now).unwrap();
        assert!(gated.claimed() <= free.claimed());
        assert_eq!(gated.kept(), free.kept());
    }
    let end = Timestamp::MAX;
    for grant in [&mut gated, &mut free] {
        grant.claim_within(end, Amount::MAX).unwrap();
    }
    assert_eq!(gated.state(), free.state());
}
