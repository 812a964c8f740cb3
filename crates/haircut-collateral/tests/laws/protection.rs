//! The laws of protections whose payer may fail with what it protects.

use std::cmp::Ordering;

use tokenomics_fixed_math::{Amount, Fraction, Span, Timestamp};
use tokenomics_haircut_collateral::{
    Holding, Margin, Payer, Portfolio, PostedMeans, ProtectedHolding, Protection, ProtectionTerms,
};

use super::{fraction, holding, more, ratio, times, worsen_haircut, Digits, Entry};

const SCALE: u128 = Fraction::SCALE as u128;

/// A payer's means, its terms, and the time.
#[derive(Debug, Clone, Copy, Default)]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub(crate) struct Backing {
    pub(crate) value: u128,
    /// In 1e-18.
    pub(crate) haircut: u64,
    /// In 1e-18.
    pub(crate) joint: u64,
    pub(crate) horizon: u64,
    /// From the horizon to where a protection counts fully.
    pub(crate) width: u64,
    pub(crate) now: u64,
}

/// A holding and its protection.
#[derive(Debug, Clone, Copy, Default)]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub(crate) struct Insured {
    pub(crate) held: Entry,
    pub(crate) amount: u128,
    pub(crate) strike: u128,
    /// What the strike is over; 0 stands for 1e18.
    pub(crate) per: u128,
    pub(crate) ends: u64,
    pub(crate) paid_until: u64,
}

impl Backing {
    fn terms(self) -> ProtectionTerms {
        let horizon = self.horizon.min(u64::MAX - 1);
        let full = horizon.saturating_add(self.width.max(1));
        ProtectionTerms::new(Span::new(horizon), Span::new(full)).unwrap()
    }

    fn posted(self) -> PostedMeans {
        PostedMeans {
            value: Amount::new(self.value),
            haircut: fraction(self.haircut),
            joint: fraction(self.joint),
        }
    }

    fn now(self) -> Timestamp {
        Timestamp::new(self.now)
    }
}

impl Insured {
    fn holding(self) -> Holding {
        holding(self.held)
    }

    fn protection(self) -> Protection {
        let times = [self.ends, self.paid_until].map(Timestamp::new);
        let strike = ratio(self.strike, self.per);
        Protection::new(Amount::new(self.amount), strike, times[0], times[1])
    }

    fn claim(self, fall: Fraction) -> Option<Amount> {
        self.protection().claim(self.holding().price(), fall).ok()
    }

    fn with(self, payer: Payer) -> ProtectedHolding {
        ProtectedHolding {
            holding: self.holding(),
            protection: self.protection(),
            payer,
        }
    }
}

/// The payer of all, where every price falls by the fall of the first; `None` where claims are above all
/// amounts.
fn payer(backing: Backing, all: &[Insured], fall: Fraction) -> Option<Payer> {
    let claims: Option<Vec<_>> = all.iter().map(|insured| insured.claim(fall)).collect();
    let claims = Amount::try_sum(claims?).ok()?;
    Some(Payer::new(backing.posted().recoverable(fall), claims))
}

/// All of one asset, which has one price and one haircut.
fn of_one_asset(all: &[Insured]) -> Vec<Insured> {
    let Some(first) = all.first() else {
        return Vec::new();
    };
    let of = |insured: &Insured| {
        let amount = insured.held.amount;
        Insured {
            held: Entry {
                amount,
                ..first.held
            },
            ..*insured
        }
    };
    all.iter().map(of).collect()
}

/// No credit is below that without protection, nor above the strike or by more than the payer's means; all
/// whom a payer protects have at most its means and what they have without it.
pub(crate) fn protection_bounded(backing: Backing, all: &[Insured]) {
    let all = of_one_asset(all);
    for margin in Margin::ALL {
        let Some(fall) = all
            .first()
            .map(|first| first.holding().haircut().fraction(margin))
        else {
            return;
        };
        means_are_exact(backing, fall);
        let Some(payer) = payer(backing, &all, fall) else {
            continue;
        };
        let holdings: Vec<_> = all.iter().map(|insured| insured.holding()).collect();
        let mut sum = Amount::ZERO;
        let credits = all
            .iter()
            .map(|insured| one_is_bounded(backing, *insured, payer, margin));
        for credit in credits {
            match credit.and_then(|credit| sum.checked_add(credit).ok()) {
                Some(next) => sum = next,
                None => return,
            }
        }
        if let Ok(own) = Portfolio::new(&holdings, &[]).credit(margin) {
            assert!(
                sum.get() <= own.get().saturating_add(payer.means().get()),
                "{payer:?}"
            );
        }
    }
}

/// ⌊value·(1 − haircut)·(1 − joint·fall)⌋, and less than nothing never.
fn means_are_exact(backing: Backing, fall: Fraction) {
    let PostedMeans {
        value,
        haircut,
        joint,
    } = backing.posted();
    let left = backing.posted().recoverable(fall).get();
    let rest = SCALE * SCALE - u128::from(joint.raw()) * u128::from(fall.raw());
    let exact = times(&[value.get(), haircut.complement().raw().into(), rest]);
    let unit = times(&[SCALE, SCALE, SCALE]);
    let of = |units: u128| unit.times(&Digits::of(units));
    assert_ne!(of(left).compare(&exact), Ordering::Greater);
    let next = of(left).plus(&unit);
    assert_eq!(exact.compare(&next), Ordering::Less);
}

fn one_is_bounded(
    backing: Backing,
    insured: Insured,
    payer: Payer,
    margin: Margin,
) -> Option<Amount> {
    let (terms, now) = (backing.terms(), backing.now());
    let protected = insured.with(payer);
    let credit = protected.credit(&terms, margin, now).ok()?;
    let held = protected.holding;
    let own = Portfolio::new(&[held], &[]).credit(margin).unwrap();
    assert!(own <= credit);
    assert!(credit.get() - own.get() <= payer.means().get().saturating_add(1));
    if protected.protection.left(now) <= terms.horizon() || payer.means().is_zero() {
        assert_eq!(credit, own);
    }
    // Where it is above what it has without protection, it is at most the strike of what is covered and
    // the credit of the rest, over both denominators.
    if credit > own {
        let covered = held.amount().min(protected.protection.amount());
        let rest = held.amount().checked_sub(covered).unwrap();
        let (strike, price) = (protected.protection.strike(), held.price());
        let [per, of] = [strike.denominator(), price.denominator()];
        let weight = held.haircut().weight(margin).raw().into();
        let at_strike = times(&[covered.get(), strike.numerator(), of, SCALE]);
        let beside = times(&[rest.get(), price.numerator(), per, weight]);
        let counted = times(&[credit.get(), per, of, SCALE]);
        let most = at_strike.plus(&beside);
        assert_ne!(counted.compare(&most), Ordering::Greater, "{protected:?}");
    }
    haircut_counts_no_more(&protected, &terms, margin, now, credit);
    Some(credit)
}

/// The haircut is never above the holding's own, and counts no more than the credit does.
fn haircut_counts_no_more(
    protected: &ProtectedHolding,
    terms: &ProtectionTerms,
    margin: Margin,
    now: Timestamp,
    credit: Amount,
) {
    let cut = protected.haircut(terms, margin, now);
    let held = protected.holding;
    assert!(cut <= held.haircut().fraction(margin));
    let price = held.price();
    let weight = cut.complement().raw().into();
    let counted = times(&[held.amount().get(), price.numerator(), weight]);
    // Its own haircut counts a part of a unit more than whole units say.
    let next = credit.get().saturating_add(1);
    let credit = times(&[next, price.denominator(), SCALE]);
    assert_ne!(counted.compare(&credit), Ordering::Greater);
}

/// Less means, a shorter time, a larger joint fall and larger claims of others never raise the credit, and a
/// larger fall not by more than a unit.
pub(crate) fn monotone_in_protection(
    backing: Backing,
    all: &[Insured],
    by: Backing,
    other: Insured,
) {
    let all = of_one_asset(all);
    let (terms, now) = (backing.terms(), backing.now());
    let worse = Backing {
        value: backing.value.saturating_sub(by.value),
        haircut: more(backing.haircut, by.haircut).raw(),
        joint: more(backing.joint, by.joint).raw(),
        horizon: terms
            .horizon()
            .get()
            .saturating_add(by.horizon)
            .min(u64::MAX - 1),
        now: backing.now.saturating_add(by.now),
        ..backing
    };
    // Of terms that begin later and don't end sooner.
    let full = terms.full().get().saturating_add(by.width);
    let worse_terms = ProtectionTerms::new(
        Span::new(worse.horizon),
        Span::new(full.max(worse.horizon + 1)),
    );
    let worse_terms = worse_terms.unwrap();
    let Some(first) = all.first().copied() else {
        return;
    };
    for margin in Margin::ALL {
        let fall = first.holding().haircut().fraction(margin);
        let others = of_one_asset(&[&all[..], &[other]].concat());
        let payers = (payer(backing, &all, fall), payer(worse, &others, fall));
        let (Some(better), Some(payer)) = payers else {
            continue;
        };
        let credit =
            |payer, terms: &ProtectionTerms, now| first.with(payer).credit(terms, margin, now);
        let Ok(before) = credit(better, &terms, now) else {
            continue;
        };
        let at_most = |after| assert!(after <= before, "{first:?} {better:?} {payer:?}");
        at_most(credit(payer, &terms, now).unwrap());
        at_most(credit(better, &worse_terms, now).unwrap());
        at_most(credit(better, &terms, worse.now()).unwrap());
        at_most(credit(payer, &worse_terms, worse.now()).unwrap());
        falls_further(backing, &all, margin, by.joint, before);
    }
}

fn falls_further(backing: Backing, all: &[Insured], margin: Margin, by: u64, before: Amount) {
    let deeper = |insured: &Insured| {
        let cut = worsen_haircut(insured.holding().haircut(), [by, by]);
        let haircuts = Margin::ALL.map(|margin| cut.fraction(margin).raw());
        Insured {
            held: Entry {
                haircuts,
                ..insured.held
            },
            ..*insured
        }
    };
    let deeper: Vec<_> = all.iter().map(deeper).collect();
    let fall = deeper[0].holding().haircut().fraction(margin);
    if let Some(payer) = payer(backing, &deeper, fall) {
        let after = deeper[0]
            .with(payer)
            .credit(&backing.terms(), margin, backing.now());
        assert!(after.unwrap().get() <= before.get().saturating_add(1));
    }
}

/// Split in two with its protection, a holding never has more credit, nor its payer less to pay.
pub(crate) fn split_invariant_of_protection(
    backing: Backing,
    insured: Insured,
    cut: u128,
    others: u128,
) {
    let whole = Insured {
        amount: insured.held.amount,
        ..insured
    };
    let left = cut.min(whole.amount);
    let part = |amount| {
        let held = Entry {
            amount,
            ..whole.held
        };
        Insured {
            held,
            amount,
            ..whole
        }
    };
    let parts = [part(left), part(whole.amount - left)];
    let (terms, now) = (backing.terms(), backing.now());
    for margin in Margin::ALL {
        let fall = whole.holding().haircut().fraction(margin);
        let Some(claim) = whole.claim(fall) else {
            continue;
        };
        let claims = parts.map(|part| part.claim(fall).unwrap().get());
        assert!(claims[0].saturating_add(claims[1]) >= claim.get());
        let payer = |claims: u128| {
            let means = backing.posted().recoverable(fall);
            Payer::new(means, Amount::new(claims.saturating_add(others)))
        };
        let one = whole.with(payer(claim.get())).credit(&terms, margin, now);
        let Ok(one) = one else {
            continue;
        };
        let payer = payer(claims[0].saturating_add(claims[1]));
        let two = parts.map(|part| part.with(payer).credit(&terms, margin, now).unwrap());
        assert!(Amount::try_sum(two).unwrap() <= one, "{whole:?} {payer:?}");
        // What each recovers, by itself.
        let recovered = claims.map(|claim| payer.recovery(Amount::new(claim)).get());
        let sum = recovered[0].checked_add(recovered[1]).unwrap();
        assert!(sum <= payer.means().get());
        let room = payer.means().get().saturating_sub(payer.claims().get());
        assert_eq!(payer.room().get(), room);
        if room > 0 {
            assert_eq!(recovered, claims);
        }
    }
}
