//! Every public type through every codec, and back. A public type that is neither in this matrix nor among
//! its exceptions fails it. Bytes of each, of this version or an older one, stand in stored/ and are still read:
//! `WRITE=1 cargo test -p tokenomics --all-features --test codecs` adds those of a new type or variant, and never
//! changes any.

mod exceptions;
mod formats;
mod public;
mod schemas;
mod stored;
#[path = "../laws/types.rs"]
mod types;
mod values;

use std::collections::BTreeSet;

use exceptions::EXCEPTIONS;
use formats::{has_borsh_schema, has_public_path};
use schemas::{Described, Probe, Undescribed};
use stored::Page;
use tokenomics::{Amount, Fraction, Ratio, Timestamp};
use types::stored_types;

/// Declares the tests of the types of each crate, and the list of their names.
macro_rules! matrix {
    ($($krate:ident { $($how:ident $type:ty $(= $values:expr)?;)+ })+) => {
        $(
            mod $krate {
                use super::*;
                use tokenomics::$krate::*;

                #[test]
                fn every_type_is_read_as_it_was_written() {
                    $(values::$how::<$type>($($values)?).come_back();)+
                }

                #[test]
                fn every_type_is_as_its_schemas_say() {
                    $({
                        has_borsh_schema::<$type>();
                        // Of what cw-schema describes, the first of two methods, else the second.
                        let nodes = (&Probe::<$type>::NEW).nodes(stringify!($type));
                        values::$how::<$type>($($values)?).fit(nodes);
                    })+
                }

                #[test]
                fn every_type_is_described_under_its_public_path() {
                    $(has_public_path::<$type>(stringify!($krate), plain(stringify!($type)));)+
                }

                #[test]
                fn old_bytes_are_still_read() {
                    let mut page = Page::of(stringify!($krate));
                    $(page.check::<$type>(stringify!($type), || values::$how($($values)?).samples());)+
                    page.end();
                }
            }
        )+

        /// The crates, each with the names of its types here.
        const MATRIX: &[(&str, &[&str])] = &[
            $((stringify!($krate), &[$(stringify!($type)),+]),)+
        ];
    };
}

stored_types!(matrix);

fn price_terms() -> Vec<tokenomics::vesting::PriceTerms<[(Ratio, Fraction); 1]>> {
    let levels = [(Ratio::from_integer(u128::MAX), Fraction::ONE)];
    let (age, window) = (tokenomics::Span::MAX, tokenomics::Span::ZERO);
    vec![tokenomics::vesting::PriceTerms::new(levels, age, window).unwrap()]
}

fn delayed_rates() -> Vec<tokenomics::fee_split::DelayedRates<2>> {
    use tokenomics::fee_split::{ChangeRules, DelayedRates};
    let rules = ChangeRules {
        delay: tokenomics::Span::new(9),
        max_step: Fraction::ONE,
    };
    let mut rates =
        DelayedRates::new([Fraction::ONE, Fraction::ZERO], rules, Timestamp::MAX).unwrap();
    let first = rates;
    let earlier = DelayedRates::new([Fraction::ONE, Fraction::ZERO], rules, Timestamp::ZERO);
    rates = earlier.unwrap();
    let half = Fraction::from_percent(50).unwrap();
    rates.announce([half, half], Timestamp::new(7)).unwrap();
    vec![first, rates]
}

fn vaults() -> Vec<tokenomics::fee_split::Vault> {
    use tokenomics::fee_split::{Vault, VaultTerms};
    let mut vault = Vault::new(VaultTerms::PLAIN, Timestamp::MAX).unwrap();
    let new = vault;
    vault
        .deposit(Amount::new(1 << 100), Timestamp::MAX)
        .unwrap();
    vec![new, vault]
}

fn waterfalls() -> Vec<tokenomics::fee_split::Waterfall<1, 2>> {
    use tokenomics::fee_split::{Tier, Waterfall, WeightedSplit};
    let split = WeightedSplit::new([u64::MAX - 1, 1]).unwrap();
    let cap = Amount::new(1 << 100);
    vec![Waterfall::new([Tier { cap, split }], split).unwrap()]
}

fn concentrated() -> Vec<tokenomics::liquidity_curves::ConcentratedState> {
    use tokenomics::liquidity_curves::{Concentrated, ConcentratedParams, FixedTicks, SqrtPrice};
    let params = ConcentratedParams::UNISWAP_V3_030;
    let pool = Concentrated::new(params, SqrtPrice::ONE, FixedTicks::<2>::new()).unwrap();
    vec![pool.state()]
}

fn ranges() -> Vec<tokenomics::liquidity_curves::Range> {
    use tokenomics::liquidity_curves::{Range, SqrtPrice};
    vec![Range::new(SqrtPrice::MIN, SqrtPrice::MAX, Amount::MAX).unwrap()]
}

/// The name of a type without its parameters.
fn plain(name: &str) -> &str {
    name.split(|c: char| !c.is_alphanumeric()).next().unwrap()
}

#[test]
fn every_public_type_is_in_the_matrix_or_an_exception() {
    let mut wrong = Vec::new();
    for (krate, types) in MATRIX {
        let public = public::types(krate);
        let here: BTreeSet<_> = types.iter().map(|name| plain(name).to_owned()).collect();
        let excused = EXCEPTIONS.iter().filter(|(of, ..)| of == krate);
        let excused: BTreeSet<_> = excused.map(|(_, name, _)| (*name).to_owned()).collect();
        let known: BTreeSet<_> = here.union(&excused).cloned().collect();
        let missing = public.difference(&known);
        wrong.extend(missing.map(|name| format!("{krate}::{name} is in no row")));
        let gone = known.difference(&public);
        wrong.extend(gone.map(|name| format!("{krate}::{name} isn't public")));
        let twice = here.intersection(&excused);
        wrong.extend(twice.map(|name| format!("{krate}::{name} needs no exception")));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
