//! The law of the rules for dust.

use tokenomics_fixed_math::{Amount, Ratio, U256};
use tokenomics_vesting::Allocation;

/// The parts sum to the total, are those that the rule's words describe, hold nothing but whole
/// units, and their inverse is tight.
pub fn sum_of_parts(total: u128, count: u16, amount: u128) {
    let count = u32::from(count % 100 + 1);
    for rule in Allocation::ALL {
        let part = |k: u32| rule.part(Amount::new(total), count, k).get();
        let parts: Vec<u128> = (1..=count).map(part).collect();
        assert_eq!(parts, described(rule, total, count), "{rule:?}");
        let mut sum = 0;
        for (k, part) in (1..).zip(&parts) {
            sum += part;
            assert_eq!(rule.cumulative(Amount::new(total), count, k).get(), sum);
        }
        assert_eq!(sum, total, "{rule:?}");
        for amount in [amount, amount % (total.max(1)), 1, total] {
            inverse(rule, total, count, amount);
        }
        for k in 0..=count + 1 {
            fraction(rule, total, count, k);
        }
    }
}

/// The parts from the rule's words, one after the other.
fn described(rule: Allocation, total: u128, count: u32) -> Vec<u128> {
    let n = u128::from(count);
    let (each, dust) = (total / n, total % n);
    let dust_parts = usize::try_from(dust).unwrap();
    let mut parts = vec![each; usize::try_from(count).unwrap()];
    match rule {
        Allocation::FrontLoaded => parts[..dust_parts].iter_mut().for_each(|part| *part += 1),
        Allocation::BackLoaded => {
            let last = parts.iter_mut().rev().take(dust_parts);
            last.for_each(|part| *part += 1);
        }
        Allocation::FrontLoadedToSingleTranche => parts[0] += dust,
        Allocation::BackLoadedToSingleTranche => *parts.last_mut().unwrap() += dust,
        Allocation::CumulativeRounding
        | Allocation::CumulativeRoundDown
        | Allocation::Fractional => {
            // What is due and was not given yet, in n-ths of a unit; to the nearest, a unit is given
            // ahead from half of one on.
            let ahead = if rule == Allocation::CumulativeRounding {
                n / 2
            } else {
                0
            };
            let mut due = ahead;
            for part in &mut parts {
                due += dust;
                *part += due / n;
                due %= n;
            }
        }
    }
    parts
}

fn inverse(rule: Allocation, total: u128, count: u32, amount: u128) {
    let holds = |k| rule.cumulative(Amount::new(total), count, k).get();
    match rule.parts_for(Amount::new(total), count, Amount::new(amount)) {
        None => assert!(amount > total, "{rule:?} never holds {amount} of {total}"),
        Some(k) => {
            assert!(k <= count && holds(k) >= amount, "{rule:?}: {k} of {count}");
            assert!(k == 0 || holds(k - 1) < amount, "{rule:?}: {k} of {count}");
        }
    }
}

/// Whole units and the fraction are total·k / count exactly under the rule that rounds nothing.
fn fraction(rule: Allocation, total: u128, count: u32, k: u32) {
    let fraction = rule.fraction(Amount::new(total), count, k);
    assert!(fraction < Ratio::ONE);
    if rule != Allocation::Fractional {
        assert_eq!(fraction.numerator(), 0);
        return;
    }
    let whole = rule.cumulative(Amount::new(total), count, k).get();
    let exact = U256::product(total, k.min(count).into());
    let (quotient, rest) = exact.div_rem(count.into()).unwrap();
    assert_eq!(U256::from(whole), quotient);
    assert_eq!(fraction, Ratio::new(rest, count.into()).unwrap());
}
