//! What a wrong programme of locks is answered with.

use super::{found, one, refused, sound, with};

/// An `[escrow]` with one programme of a share of 0.1 that says `rest`.
fn programme(common: &str, rest: &str) -> String {
    with(&format!(
        "[simulation]\nend = \"9d\"\n[escrow]\n{common}\n[[escrow.programme]]\nname = \"P\"\nshare = 0.1\n{rest}\n"
    ))
}

#[test]
fn each_kind_is_sound_with_what_it_needs() {
    for rest in [
        "duration = \"9w\"",
        "kind = \"decaying\"\nduration = \"9w\"\nmultiplier = 4\nrenew = false",
        "kind = \"constant\"\nduration = \"9w\"\nmultiplier = 0.5",
        "kind = \"constant\"\nduration = \"9w\"\nmultipliers = \"conviction\"\nperiod = \"4w\"",
        "duration = \"9w\"\nmultipliers = [{ length = \"9w\", multiplier = 2 }]",
        "kind = \"permanent\"",
        "kind = \"permanent\"\nmultiplier = 9\nevery = \"1mo\"",
        "kind = \"growing\"\nfrom = 0\nto = 2\nover = \"1d\"",
        "kind = \"growing\"\nfrom = 1\nto = 2.5\nover = \"90d\"\nduration = \"9w\"\nrenew = false",
    ] {
        sound(&programme("", rest));
        sound(&programme("max = \"208w\"\nmax_multiplier = 9", rest));
    }
}

#[test]
fn what_a_kind_needs_is_asked_for() {
    let programme = |rest: &str| programme("", rest);
    let missing = |rest: &str, key: &str| {
        let found = found(&programme(rest));
        let message = format!("programme \"P\" needs `{key}`");
        assert!(
            found.iter().any(|(_, found)| *found == message),
            "{found:?}"
        );
    };
    missing("", "duration");
    missing("kind = \"constant\"", "duration");
    missing("kind = \"growing\"\nto = 2\nover = \"1d\"", "from");
    missing("kind = \"growing\"\nfrom = 1\nover = \"1d\"", "to");
    missing("kind = \"growing\"\nfrom = 1\nto = 2", "over");
    missing("duration = \"9w\"\nmultipliers = \"conviction\"", "period");
    one(
        &programme("kind = \"decay\"\nduration = 5"),
        "\"decay\"",
        "did you mean `decaying`?",
    );
    one(
        &programme("kind = \"permanent\"\nduration = \"9w\""),
        "duration",
        "unknown key `duration`",
    );
    one(
        &programme("kind = \"permanent\"\nrenew = true"),
        "renew",
        "unknown key `renew`",
    );
    one(
        &with("[escrow]\nprogramme = []\n"),
        "escrow",
        "[escrow] needs `programme`",
    );
}

#[test]
fn a_share_or_a_key_of_one_programme_is_not_said_beside_several() {
    let both = programme("share = 0.5\nrenew = true", "duration = \"9w\"");
    let found = found(&both);
    let places: Vec<_> = found.iter().map(|(place, _)| place.as_str()).collect();
    assert_eq!(places, ["share", "renew"]);
    let help = refused(&both).problems()[0].help.clone().unwrap();
    assert!(
        help.contains("granule, max, max_multiplier, programme"),
        "{help}"
    );
}

#[test]
fn lengths_and_multipliers_are_bounded() {
    let within = |rest: &str| programme("max = \"8w\"\nmax_multiplier = 2", rest);
    sound(&within("duration = \"8w\"\nmultiplier = 2"));
    one(
        &within("duration = \"9w\""),
        "\"9w\"",
        "locks of 5443200s are longer than `max`, 4838400s",
    );
    one(
        &within("duration = \"6d\""),
        "\"6d\"",
        "locks of 518400s are shorter than `granule`, 604800s",
    );
    let above = "is above `max_multiplier`, 2";
    one(&within("duration = \"8w\"\nmultiplier = 2.5"), "2.5", above);
    one(&within("kind = \"permanent\"\nmultiplier = 3"), "3", above);
    let growing = "kind = \"growing\"\nfrom = 1\nover = \"9d\"\n";
    one(&within(&format!("{growing}to = 3")), "3", above);
    one(
        &within(&format!("{growing}to = 1")),
        "1",
        "a weight from 1 to 1 doesn't grow",
    );
    let table = "duration = \"8w\"\nmultipliers = \"conviction\"\nperiod = \"2w\"";
    one(&within(table), "\"conviction\"", above);
    one(
        &within("duration = \"8w\"\nmultiplier = 0"),
        "0",
        "this multiplier is zero",
    );
    one(
        &within("duration = \"8w\"\nmultiplier = -1"),
        "-1",
        "the multiplier `-1` is negative",
    );
    one(
        &programme("max_multiplier = 0", "duration = \"8w\""),
        "0",
        "this multiplier is zero",
    );
    let huge = programme(
        "",
        "duration = \"8w\"\nmultiplier = 300_000_000_000_000_000_000",
    );
    let found = found(&huge);
    assert!(
        found[0]
            .1
            .contains("[escrow] cannot be: the largest multiplier is"),
        "{found:?}"
    );
}

#[test]
fn a_table_of_lengths_rises_and_knows_the_duration() {
    let table = |rows: &str| programme("", &format!("duration = \"8w\"\nmultipliers = {rows}"));
    sound(&table("[{ length = \"8w\", multiplier = 1 }]"));
    one(
        &table("[{ length = \"9w\", multiplier = 1 }]"),
        "\"8w\"",
        "locks of 4838400s have no multiplier",
    );
    one(
        &table("[{ length = \"4w\", multiplier = 1 }, { length = \"2w\", multiplier = 3 }]"),
        "\"2w\"",
        "a length of 1209600s after one of 2419200s",
    );
    one(
        &table("[{ length = \"4w\" }]"),
        "{ length = \"4w\" }",
        "needs `multiplier`",
    );
    one(
        &table("\"convict\""),
        "\"convict\"",
        "did you mean `conviction`?",
    );
    one(
        &table("5"),
        "5",
        "expected \"conviction\" or a list of tables",
    );
}

#[test]
fn a_period_is_short_enough_that_32_of_them_can_be_counted() {
    let period = |period: &str| {
        let keys =
            format!("duration = \"9w\"\nmultipliers = \"conviction\"\nperiod = \"{period}\"");
        programme("", &keys)
    };
    sound(&period("576460752303423487s"));
    let long = period("576460752303423488s");
    one(
        &long,
        "\"576460752303423488s\"",
        "`period` of programme \"P\": 32 periods of 576460752303423488s are more seconds than can be counted",
    );
    let help = refused(&long).problems()[0].help.clone().unwrap();
    assert_eq!(help, "a period has 1s to 576460752303423487s");
    one(&period("0s"), "\"0s\"", "`0s` is not a length of time");
    one(
        &period("1mo"),
        "\"1mo\"",
        "calendar months differ in length",
    );
}

#[test]
fn multipliers_are_of_one_kind_and_not_empty() {
    let table = "multipliers = [{ length = \"1w\", multiplier = 2 }]";
    let both = programme("", &format!("duration = \"9w\"\nmultiplier = 3\n{table}"));
    one(
        &both,
        "3",
        "programme \"P\" has a multiplier and a table of them",
    );
    let empty = programme("", "duration = \"9w\"\nmultipliers = []");
    one(
        &empty,
        "multipliers",
        "`multipliers` of programme \"P\" has no lengths",
    );
    one(
        &with("[escrow]\nprogramme = \"P\"\n"),
        "\"P\"",
        "expected a table, found a string",
    );
}

#[test]
fn shares_sum_to_at_most_all_and_names_are_their_own() {
    let two = |share: &str, name: &str| {
        programme("", "kind = \"permanent\"")
            + &format!(
                "[[escrow.programme]]\nname = \"{name}\"\nkind = \"permanent\"\nshare = {share}\n"
            )
    };
    sound(&two("0.9", "Q"));
    one(
        &two("0.900000000000000001", "Q"),
        "0.900000000000000001",
        "the programmes up to `Q` lock 1.000000000000000001 of the supply",
    );
    one(&two("0.1", "P"), "\"P\"", "the name `P` is taken");
    // Also where something else is wrong with one of them.
    let wrong = found(&two("0.95", "P"));
    assert_eq!(wrong.len(), 2, "{wrong:?}");
    assert_eq!(
        wrong[1].1,
        "the programmes up to `this one` lock 1.05 of the supply"
    );
}

#[test]
fn ages_of_their_own_are_as_many_as_there_may_be() {
    let growing = |over: &str, rest: &str| {
        programme(
            "",
            &format!(
                "kind = \"growing\"\nfrom = 1\nto = 2\nover = \"{over}\"\nevery = \"1min\"\n{rest}"
            ),
        )
    };
    sound(&growing("9999min", ""));
    one(
        &growing("10000min", ""),
        "0.1",
        "holders would keep 10001 locks at once",
    );
    sound(
        &growing("9y", "")
            .replace("9y", "3285d")
            .replace("1min", "1d"),
    );
    one(
        &growing("1d", "duration = \"9w\"\nrenew = false"),
        "0.1",
        "holders would keep 90721 locks at once",
    );
}

#[test]
fn votes_that_can_not_be_counted_are_refused() {
    let text = |amount: &str| {
        let supply = format!(
            "[[allocation]]\nname = \"A\"\nstakeholder = \"users\"\namount = \"{amount}\"\n"
        );
        programme("", "kind = \"permanent\"\nmultiplier = 2")
            .replace("[simulation]", &format!("{supply}[simulation]"))
    };
    // 2^127 - 1 and 2^127 millionths.
    sound(&text("170141183460469231731687303715884.105727"));
    let votes = "the votes of all tokens are too many to count, with a multiplier of 2";
    one(
        &text("170141183460469231731687303715884.105728"),
        "[token]",
        votes,
    );
}

#[test]
fn terms_that_cannot_be_are_told_in_the_units_of_the_file() {
    one(
        &programme("max = \"1d\"\ngranule = \"7d\"", "kind = \"permanent\""),
        "\"1d\"",
        "[escrow] cannot be: locks of up to 86400s are shorter than `granule`, 604800s",
    );
    // (2^128 − 1) / 120,960,000, in 10^−18.
    let most = "[escrow] cannot be: the largest multiplier is 1000000000000000, above \
                2813180943460.139413553030815408 with locks of up to 120960000s";
    one(
        &programme(
            "max = \"200w\"\nmax_multiplier = 1_000_000_000_000_000",
            "kind = \"permanent\"",
        ),
        "1_000_000_000_000_000",
        most,
    );
}
