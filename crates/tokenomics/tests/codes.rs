//! The numbers of errors: each has one meaning, and docs/onchain.md lists them. After a new error,
//! `WRITE=1 cargo test -p tokenomics --test codes` adds its row; it never changes one.

use std::collections::BTreeMap;
use std::fs;

use tokenomics::{
    emission_curves, escrow_weighting, fee_split, fixed_math, haircut_collateral, liquidity_curves,
    rate_controllers, vesting,
};

const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/onchain.md");
const HEAD: &str = "| code | error |\n| --- | --- |\n";

type Codes = &'static [(u16, &'static str)];

/// The errors, each with the first of the numbers that are its own, of which there are 100 or 1,000.
const ERRORS: [(&str, u16, Codes); 9] = [
    ("fixed_math::Error", 10_000, fixed_math::Error::CODES),
    (
        "fixed_math::ParseError",
        10_100,
        fixed_math::ParseError::CODES,
    ),
    ("vesting::Error", 11_000, vesting::Error::CODES),
    (
        "emission_curves::Error",
        12_000,
        emission_curves::Error::CODES,
    ),
    (
        "rate_controllers::Error",
        13_000,
        rate_controllers::Error::CODES,
    ),
    (
        "escrow_weighting::Error",
        14_000,
        escrow_weighting::Error::CODES,
    ),
    ("fee_split::Error", 15_000, fee_split::Error::CODES),
    (
        "haircut_collateral::Error",
        16_000,
        haircut_collateral::Error::CODES,
    ),
    (
        "liquidity_curves::Error",
        17_000,
        liquidity_curves::Error::CODES,
    ),
];

/// All numbers, with the names of their errors.
fn codes() -> BTreeMap<u16, String> {
    let mut all = BTreeMap::new();
    for (error, first, codes) in ERRORS {
        for (code, variant) in codes {
            assert!(
                (first + 1..first + 100).contains(code),
                "{error}::{variant}"
            );
            let other = all.insert(*code, format!("{error}::{variant}"));
            assert_eq!(other, None, "{code}");
        }
    }
    all
}

fn row((code, error): (&u16, &String)) -> String {
    format!("| {},{:03} | `{error}` |\n", code / 1_000, code % 1_000)
}

#[test]
fn the_page_lists_every_code_and_none_has_changed() {
    let page = fs::read_to_string(PAGE).unwrap();
    let (before, rest) = page.split_once(HEAD).unwrap();
    let end = rest.find("\n\n").unwrap() + 1;
    let (listed, after) = rest.split_at(end);
    let rows: Vec<_> = codes().iter().map(row).collect();
    for line in listed.split_inclusive('\n') {
        assert!(rows.iter().any(|row| row == line), "no error is {line}");
    }
    let whole = rows.concat();
    if std::env::var_os("WRITE").is_some() {
        fs::write(PAGE, format!("{before}{HEAD}{whole}{after}")).unwrap();
    } else {
        assert_eq!(listed, whole, "WRITE=1 adds what is new");
    }
}

#[test]
fn an_error_of_the_numbers_keeps_its_code_in_every_other() {
    let zero = fixed_math::Error::DivisionByZero;
    assert_eq!(zero.code(), 10_005);
    assert_eq!(vesting::Error::from(zero).code(), 10_005);
    assert_eq!(haircut_collateral::Error::from(zero).code(), 10_005);
    assert_eq!(
        tokenomics::Error::from(vesting::Error::from(zero)).code(),
        10_005
    );
    let empty = fixed_math::ParseError::Empty;
    assert_eq!(fixed_math::Error::from(empty).code(), 10_101);
    assert_eq!(
        liquidity_curves::Error::from(fixed_math::Error::from(empty)).code(),
        10_101
    );
    let overflow = fixed_math::Error::Overflow {
        bits: 129,
        max: u128::MAX,
    };
    assert_eq!(vesting::Error::from(overflow).code(), 11_014);
}
