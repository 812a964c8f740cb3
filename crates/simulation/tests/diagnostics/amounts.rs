//! Amounts and shares, and the sums that they must come to.

use tokenomics_simulation::{Design, FeeAsset, Overrides};

use super::{allocation, one, with, TOKEN};

#[test]
fn shares_that_do_not_sum_to_one_are_refused() {
    let two = |a: &str, b: &str| {
        let supply = TOKEN.to_owned() + "supply = 100\n";
        format!("{supply}[[allocation]]\nname = \"A\"\nstakeholder = \"users\"\nshare = {a}\n[[allocation]]\nname = \"B\"\nstakeholder = \"users\"\nshare = {b}\n")
    };
    assert!(Design::parse("d", &two("0.1", "0.9"), Overrides::default()).is_ok());
    one(
        &two("0.5", "0.499999999999999999"),
        "0.499999999999999999",
        "sum to 0.999999999999999999, not to 1",
    );
    one(&two("1", "1"), "1", "sum to 2, not to 1");
    one(&two("0.5", "1.5"), "1.5", "is not usable");
    let routes = "[fees]\nrevenue = 1\nper = \"1d\"\nroutes = { burn = 0.5, treasury = 0.4 }\n";
    one(&with(routes), "routes", "sum to 0.9, not to 1");
}

#[test]
fn an_allocation_beyond_the_supply_is_refused_and_so_is_a_supply_left_over() {
    let text = |supply: &str| {
        let token = TOKEN.to_owned() + &format!("supply = {supply}\n");
        format!("{token}[[allocation]]\nname = \"A\"\nstakeholder = \"users\"\namount = 60\n[[allocation]]\nname = \"B\"\nstakeholder = \"users\"\namount = 40.000001\n")
    };
    assert!(Design::parse("d", &text("100.000001"), Overrides::default()).is_ok());
    one(&text("100"), "40.000001", "only 40 is left");
    one(&text("100.000002"), "100.000002", "leaves 0.000001");
}

#[test]
fn amounts_are_refused_when_negative_too_precise_or_too_large() {
    one(&allocation("amount = -1"), "-1", "negative");
    one(
        &allocation("amount = 0.1234567"),
        "0.1234567",
        "7 digits after the point, but at most 6",
    );
    one(&allocation("amount = \"1e6\""), "\"1e6\"", "not usable");
    one(&allocation("amount = 1e6"), "1e6", "not usable");
    one(&allocation("amount = nan"), "nan", "not usable");
    one(&allocation("amount = true"), "true", "found true or false");
    // Not read as its digits.
    one(&allocation("amount = 0x10"), "0x10", "expected a number");
    let most = "340282366920938463463374607431768.211455";
    assert!(Design::parse(
        "d",
        &allocation(&format!("amount = {most}")),
        Overrides::default()
    )
    .is_ok());
    let beyond = "340282366920938463463374607431768.211456";
    one(
        &allocation(&format!("amount = {beyond}")),
        beyond,
        "not usable",
    );
}

#[test]
fn numbers_with_a_point_are_read_digit_by_digit_and_not_as_floats() {
    let text = allocation("amount = 0.100003");
    let design = Design::parse("d", &text, Overrides::default()).unwrap();
    assert_eq!(design.allocations[0].amount.get(), 100_003);
}

#[test]
fn sizes_are_given_in_one_way() {
    one(
        &allocation("amount = 1\nshare = 0.5"),
        "[[allocation]]",
        "sized in one way",
    );
    one(&allocation(""), "[[allocation]]", "sized in one way");
    one(&allocation("share = 1"), "1", "need a supply");
}

#[test]
fn the_part_at_genesis_is_at_most_the_allocation() {
    let at_genesis = |rest: &str| {
        let schedule = "schedule = { kind = \"linear\", end = \"1y\" }";
        allocation(&format!("amount = 100\n{rest}\n{schedule}"))
    };
    one(
        &at_genesis("at_genesis = 101"),
        "101",
        "the part at genesis of 101 is beyond the 100",
    );
    one(
        &at_genesis("at_genesis = 1\nat_genesis_share = 0.1"),
        "at_genesis_share",
        "has both",
    );
    // It would be all of it, or is one of a list.
    one(
        &allocation("amount = 1\nat_genesis = 1"),
        "at_genesis",
        "unknown key",
    );
    one(
        &allocation("at_genesis = 1\nschedule = [{ amount = 1, kind = \"cliff\" }]"),
        "at_genesis",
        "unknown key",
    );
}

#[test]
fn a_wrong_amount_makes_no_sum_wrong() {
    let schedule = "{ kind = \"tranches\", tranches = [{ at = \"1y\", amount = 50 }] }";
    one(
        &allocation(&format!("amount = \"many\"\nschedule = {schedule}")),
        "\"many\"",
        "the amount `many` is not usable",
    );
    let lump = "{ kind = \"lump-linear\", cliff = \"1y\", end = \"2y\", lump = 5 }";
    one(
        &allocation(&format!("amount = \"many\"\nschedule = {lump}")),
        "\"many\"",
        "the amount `many` is not usable",
    );
}

/// As fine as a price of two assets of 18 decimals can be: only the difference of the decimals counts.
#[test]
fn a_price_is_of_whole_tokens_whatever_their_decimals() {
    let fees = |price: &str| {
        let token = TOKEN.replace("decimals = 6", "decimals = 18");
        format!("{token}[fees]\nasset = \"DAI\"\ndecimals = 18\nprice = {price}\nrevenue = 1\nper = \"1d\"\nroutes = {{ burn = 1 }}\n")
    };
    let design = Design::parse("d", &fees("1_000.5"), Overrides::default()).unwrap();
    let assets = design.fees.map(|fees| fees.assets).unwrap();
    let [FeeAsset::Other {
        price: Some(price), ..
    }] = assets.as_slice()
    else {
        panic!("another asset");
    };
    assert_eq!((price.numerator(), price.denominator()), (2_001, 2));
}
