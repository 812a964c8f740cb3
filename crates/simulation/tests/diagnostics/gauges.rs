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
