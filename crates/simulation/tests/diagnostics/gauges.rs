//! What a wrong gauge is answered with.

use super::{found, one, sound, with};

const ESCROW: &str = "[escrow]\n[[escrow.programme]]\nname = \"D\"\nshare = 0.1\nduration = \"9w\"\n[[escrow.programme]]\nname = \"P\"\nkind = \"permanent\"\nshare = 0.1\n";

fn gauge(name: &str, votes: &str) -> String {
    format!("[[gauge]]\nname = \"{name}\"\nstakeholder = \"users\"\nvotes = {votes}\n")
}

fn emission(gauges: &str) -> String {
    format!("[[emission]]\nname = \"E\"\nstakeholder = \"users\"\nkind = \"constant\"\nrate = 1\nend = \"9d\"\ngauges = {gauges}\n")
}

fn two(first: &str, second: &str) -> String {
    let gauges = gauge("A", first) + &gauge("B", second);
    with(&(emission("true") + ESCROW + &gauges))
}

#[test]
fn votes_are_a_share_of_all_or_of_each_programme() {
    sound(&two("0.5", "{ D = 0.5 }"));
    sound(&two("{ D = 1 }", "{ P = 1 }"));
    sound(&two("0", "{}"));
    one(&two("2", "0"), "2", "the share `2`");
    one(&two("{ D = 2 }", "0"), "2", "the share `2`");
    one(
        &two("{ Q = 1 }", "0"),
        "Q",
        "there is no programme `Q` of locks",
    );
    one(
        &two("0.5", "{ P = 0.6 }"),
        "{ P = 0.6 }",
        "the gauges up to `B` take 1.1 of the votes under `P`",
    );
    let missing = two("0", "0").replace("votes = 0\n", "");
    let messages: Vec<_> = found(&missing)
        .into_iter()
        .map(|(_, message)| message)
        .collect();
    assert_eq!(
        messages,
        ["gauge \"A\" needs `votes`", "gauge \"B\" needs `votes`"]
    );
    let same = two("0", "0").replace("\"B\"", "\"A\"");
    one(&same, "\"A\"", "the name `A` is taken");
}

#[test]
fn gauges_need_votes_and_what_goes_to_them_needs_gauges() {
    let gauges = gauge("A", "1");
    one(&with(&gauges), "gauge", "nobody has any");
    one(
        &with(&emission("true")),
        "[[emission]]",
        "emission `E` goes to gauges, and there are none",
    );
    sound(&with(&emission("false")));
    let with = |gauges: &str| with(&(emission(gauges) + ESCROW + &gauge("A", "1")));
    sound(&with("\"1mo\""));
    one(&with("\"0d\""), "\"0d\"", "");
    one(
        &with("7"),
        "7",
        "expected true, false, or the length of an epoch in quotes",
    );
    // The locks of one programme that [escrow] says are `locks`.
    let text = with("true").replace(ESCROW, "[escrow]\nshare = 0.1\nduration = \"9w\"\n");
    sound(&text.replace("votes = 1", "votes = { locks = 1 }"));
}

#[test]
fn epochs_count_as_events() {
    let text = emission("\"1s\"").replace("9d", "4y") + ESCROW + &gauge("A", "1");
    one(&with(&text), "[token]", "`gauges` of E");
}

#[test]
fn all_that_is_wrong_with_gauges_is_told_at_once() {
    let gauges = |list: &[(&str, &str)]| {
        let list: String = list
            .iter()
            .map(|(name, votes)| gauge(name, votes))
            .collect();
        with(&(emission("true") + ESCROW + &list))
    };
    let messages = |text: &str| {
        found(text)
            .into_iter()
            .map(|(_, it)| it)
            .collect::<Vec<_>>()
    };
    // Too many votes, and a programme that there isn't, in one gauge or in two.
    let unknown = "there is no programme `Q` of locks";
    assert_eq!(
        messages(&gauges(&[("A", "0.8"), ("B", "{ Q = 0.5, D = 0.3 }")])),
        [
            "the gauges up to `B` take 1.1 of the votes under `D`",
            unknown
        ]
    );
    assert_eq!(
        messages(&gauges(&[("A", "0.8"), ("B", "{ Q = 0.5 }"), ("C", "0.7")])),
        [
            unknown,
            "the gauges up to `C` take 1.5 of the votes under `D`"
        ]
    );
    // Each programme once, at the gauge that is one too many.
    assert_eq!(
        messages(&gauges(&[
            ("A", "{ D = 0.8 }"),
            ("B", "0.8"),
            ("C", "{ P = 0.3 }")
        ])),
        [
            "the gauges up to `B` take 1.6 of the votes under `D`",
            "the gauges up to `C` take 1.1 of the votes under `P`"
        ]
    );
    // The votes of a gauge that is wrong in another way count.
    let who =
        gauges(&[("A", "0.8"), ("B", "0.8")]).replacen("\"users\"\nvotes", "\"nobody\"\nvotes", 1);
    assert_eq!(messages(&who).len(), 2, "{:?}", found(&who));
}

#[test]
fn a_list_of_no_gauges_is_none() {
    let text = format!("gauge = []\n{}", with(&(emission("true") + ESCROW)));
    one(
        &text,
        "[[emission]]",
        "emission `E` goes to gauges, and there are none",
    );
    sound(&format!(
        "gauge = []\n{}",
        with(&(emission("false") + ESCROW))
    ));
}

#[test]
fn shares_are_parts_of_one_and_not_basis_points() {
    for votes in ["10001", "-1", "\"all\"", "\"50%\""] {
        one(&two(votes, "0"), votes, "the share `");
    }
    one(&two("{ P = -1 }", "0"), "-1", "the share `-1` is negative");
    one(&two("[0.5]", "0"), "[0.5]", "expected a number");
    let whole = two("0", "0").replace("votes = 0", "vote = 0");
    assert_eq!(found(&whole).len(), 4);
}
