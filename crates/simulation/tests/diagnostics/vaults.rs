//! What a wrong vault is answered with.

use super::{one, sound, with};

#[test]
fn vaults_hold_a_share_each_of_what_there_is() {
    let vault = |name: &str, keys: &str| format!("[[vault]]\nname = \"{name}\"\n{keys}\n");
    sound(&with(&vault("V", "share = 0.5")));
    sound(&with(&vault("V", "share = 0\noffset = 18\nmanagement_fee = 1\nperformance_fee = 1\nevery = \"1mo\"\nstart = \"1y\"")));
    sound(
        &with("vault = []\n")
            .replace("[token]", "vault = []\n[token]")
            .replace("01-01\nvault = []\n", "01-01\n"),
    );
    one(
        &with(&vault("V", "")),
        "[[vault]]",
        "vault \"V\" needs `share`",
    );
    one(&with(&vault("V", "share = 1.5")), "1.5", "the share `1.5`");
    one(
        &with(&vault("V", "share = 0.5\noffset = 19")),
        "19",
        "19 is out of range",
    );
    one(
        &with(&vault("V", "share = 0.5\noffset = -1")),
        "-1",
        "-1 is out of range",
    );
    one(
        &with(&vault("V", "share = 0.5\nmanagement_fee = 2")),
        "2",
        "the share `2`",
    );
    one(
        &with(&vault("V", "share = 0.5\nfee = 0.1")),
        "fee",
        "unknown key `fee`",
    );
    one(
        &with(&vault("V", "share = 0.5\nstart = 2025-12-31")),
        "2025-12-31",
        "vault \"V\" starts at 2025-12-31T00:00:00Z, before genesis",
    );
    one(
        &with(&vault("treasury", "share = 0.5")),
        "\"treasury\"",
        "every design has a route `treasury`, and it is no vault",
    );
    // Where the name of a vault is wrong, that of a route's isn't.
    let unnamed = "[fees]\nrevenue = 1\nper = \"1d\"\nroutes = { R = 1 }\n[[fees.route]]\nname = \"R\"\nkind = \"vault\"\nvault = \"V\"\n[[vault]]\nname = 5\nshare = 0.5\n";
    one(&with(unnamed), "5", "expected a string");
    let two = vault("V", "share = 0.5") + &vault("W", "share = 0.500000000000000001");
    one(
        &with(&two),
        "0.500000000000000001",
        "the vaults up to `W` and locks hold 1.000000000000000001 of the supply",
    );
    one(
        &with(&two.replace("\"W\"", "\"V\"").replace("000001", "")),
        "\"V\"",
        "the name `V` is taken",
    );
    // The first that is too much is named, and none after it.
    let three = two.clone() + &vault("X", "share = 0.1");
    one(
        &with(&three),
        "0.500000000000000001",
        "the vaults up to `W`",
    );
    let locks = "[escrow]\nshare = 0.5\nduration = \"9w\"\n".to_owned();
    sound(&with(&(locks.clone() + &vault("V", "share = 0.5"))));
    one(
        &with(&(locks + &vault("V", "share = 0.6"))),
        "0.6",
        "the vaults up to `V` and locks hold 1.1 of the supply",
    );
    let many = |count: usize| {
        (0..count)
            .map(|n| vault(&format!("V{n}"), "share = 0"))
            .collect::<String>()
    };
    sound(&with(&many(64)));
    one(&with(&many(65)), "[[vault]]", "65 vaults are too many");
}

#[test]
fn shares_of_a_vault_can_be_counted() {
    let text = |units: u128, keys: &str| {
        let token = with("").replace("decimals = 6", "decimals = 0");
        format!("{token}[simulation]\nend = \"365d\"\n[[allocation]]\nname = \"A\"\nstakeholder = \"users\"\namount = \"{units}\"\n[[vault]]\nname = \"V\"\nshare = 1\n{keys}")
    };
    let most = u128::MAX / 1_000_000 - 1;
    sound(&text(most, ""));
    one(
        &text(most + 1, ""),
        "[[vault]]",
        "the shares of vault `V` may be too many to count",
    );
    one(
        &text(u128::MAX / 10, "offset = 1\n"),
        "1",
        "may be too many",
    );
    sound(&text(u128::MAX - 1, "offset = 0\n"));
    // Fees of two thirds in the year of the run may double them.
    let half = most / 2;
    sound(&text(half, "management_fee = 0.666666666666666666\n"));
    one(
        &text(half, "management_fee = 0.666666666666666667\n"),
        "[[vault]]",
        "may be too many",
    );
}
