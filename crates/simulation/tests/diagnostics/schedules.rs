//! Schedules of any kind, gates and milestones that can't be.

use tokenomics_simulation::{Design, Overrides};

use super::{allocation, one, scheduled};

#[test]
fn each_kind_of_schedule_names_what_is_wrong_with_it() {
    for (schedule, place, words) in [
        (
            "{ kind = \"power\", end = \"1y\", exponent = 0 }",
            "0",
            "the exponent `0` is zero",
        ),
        (
            "{ kind = \"power\", end = \"1y\", exponent = -2 }",
            "-2",
            "the exponent `-2` is negative",
        ),
        (
            "{ kind = \"exponential\", end = \"1y\", steepness = \"fast\" }",
            "\"fast\"",
            "the steepness `fast` is not usable",
        ),
        (
            "{ kind = \"exponential\", end = 2025-06-01, steepness = 1 }",
            "2025-06-01",
            "does not follow the start",
        ),
        (
            "{ kind = \"calendar\", every = \"30d\", count = 3 }",
            "\"30d\"",
            "`30d` is no number of calendar months",
        ),
        (
            "{ kind = \"calendar\", every = \"1mo\", day = 32, count = 3 }",
            "32",
            "32 is out of range",
        ),
        (
            "{ kind = \"calendar\", every = \"1y\", count = 8_000 }",
            "8_000",
            "8000 such instalments end past the year 9999",
        ),
        (
            "{ kind = \"step\", period = \"1d\", count = 3, dust = \"front-load\" }",
            "\"front-load\"",
            "`front-load` is not known here: did you mean `front-loaded`?",
        ),
        (
            "{ kind = \"tranches\", tranches = [] }",
            "tranches",
            "`tranches` of the schedule of allocation \"A\" is empty",
        ),
        (
            "{ kind = \"tranches\", tranches = [{ at = \"1y\", amount = 99 }] }",
            "tranches",
            "comes to 99, not to the 100 of its schedule",
        ),
        (
            "{ kind = \"tranches\", tranches = [{ at = \"1y\", amount = 50, share = 0.5 }] }",
            "{ at = \"1y\", amount = 50, share = 0.5 }",
            "is sized twice",
        ),
        (
            "{ kind = \"tranches\", tranches = [{ at = \"1y\", amount = 50 }, { at = \"2y\", share = 0.5 }] }",
            "tranches",
            "some entries of `tranches`",
        ),
        (
            "{ kind = \"tranches\", tranches = [{ at = \"2y\", share = 0.5 }, { at = \"1y\", share = 0.5 }] }",
            "{ at = \"1y\", share = 0.5 }",
            "is at 2027-01-01T00:00:00Z, before the one above it at 2028-01-01T00:00:00Z",
        ),
        (
            "{ kind = \"graded\", grades = [{ at = \"1y\", share = 0.4 }, { at = \"2y\", share = 0.5 }] }",
            "grades",
            "sum to 0.9, not to 1",
        ),
        (
            "{ kind = \"graded\", grades = [{ at = \"1y\" }] }",
            "{ at = \"1y\" }",
            "needs `share`",
        ),
        (
            "{ kind = \"piecewise\", points = [{ at = \"1y\", share = 0.5 }, { at = \"2y\", share = 0.4 }] }",
            "{ at = \"2y\", share = 0.4 }",
            "40 has vested, less than the 50 before it",
        ),
        (
            "{ kind = \"piecewise\", points = [{ at = \"1y\", vested = 50 }] }",
            "points",
            "comes to 50, not to the 100 of its schedule",
        ),
        (
            "{ kind = \"sum\", parts = [{ share = 1, kind = \"cliff\" }] }",
            "parts",
            "combines 1 schedule(s)",
        ),
        (
            "{ kind = \"sum\", parts = [{ share = 0.5, kind = \"cliff\" }, { share = 0.6, kind = \"cliff\" }] }",
            "parts",
            "they sum to 1.1, not to 1",
        ),
        (
            "{ kind = \"min\" }",
            "schedule",
            "needs `parts`",
        ),
        (
            "{ kind = \"shift\", by = \"1mo\", of = { kind = \"cliff\" } }",
            "\"1mo\"",
            "calendar months differ in length",
        ),
        (
            "{ kind = \"shift\", by = \"30000d\", earlier = true, of = { kind = \"cliff\" } }",
            "by",
            "the shift to earlier is 2592000000, above 1767225600",
        ),
        (
            "{ kind = \"shift\", by = \"3000000d\", of = { kind = \"cliff\" } }",
            "schedule",
            "ends past the year 9999",
        ),
        (
            "{ kind = \"scale\", of = { kind = \"cliff\" } }",
            "of",
            "needs `amount`",
        ),
        (
            "{ kind = \"scale\", of = { amount = 0, kind = \"cliff\" } }",
            "of",
            "the total that nothing is scaled to",
        ),
        (
            "{ kind = \"truncate\", until = \"1y\", of = { amount = 300, kind = \"linear\", end = \"2y\" } }",
            "until",
            "150 has vested, and not the 100 it is to be",
        ),
    ] {
        one(&scheduled(schedule), place, words);
    }
}

#[test]
fn a_gate_may_stand_at_the_start_or_at_the_end() {
    for gate in ["2026-01-01", "2027-01-01"] {
        let schedule = format!(
            "amount = 1\nschedule = {{ kind = \"linear\", end = 2027-01-01, gate = {gate} }}"
        );
        let design = Design::parse("d", &allocation(&schedule), Overrides::default());
        assert!(design.is_ok(), "{design:?}");
    }
}

#[test]
fn a_gate_and_milestones_are_checked_in_every_kind() {
    let linear = |rest: &str| scheduled(&format!("{{ kind = \"linear\", end = \"1y\", {rest} }}"));
    one(
        &scheduled("{ kind = \"calendar\", every = \"1mo\", count = 12, gate = \"2y\" }"),
        "\"2y\"",
        "lies after the end",
    );
    one(
        &scheduled("{ kind = \"cliff\", gate = \"1y\" }"),
        "gate",
        "unknown key `gate`",
    );
    one(
        &linear("milestones = { needed = 2, reached = [\"1y\"] }"),
        "2",
        "needs 2 milestones, but only 1 are reached",
    );
    one(
        &linear("milestones = { needed = 0, reached = [\"1y\"] }"),
        "0",
        "0 is out of range",
    );
    one(
        &linear("milestones = { needed = 1, reached = [\"soon\"] }"),
        "[\"soon\"]",
        "`soon` is not a date",
    );
    one(
        &linear("milestones = { needed = 1, reached = [\"1y\"], grade = true }"),
        "grade",
        "unknown key `grade`",
    );
}

#[test]
fn schedules_stand_in_each_other_eight_deep_and_no_deeper() {
    let nested = |depth: usize| {
        let open = "{ kind = \"shift\", by = \"1d\", of = ".repeat(depth);
        scheduled(&format!(
            "{open}{{ kind = \"cliff\" }}{}",
            " }".repeat(depth)
        ))
    };
    assert!(Design::parse("d", &nested(8), Overrides::default()).is_ok());
    one(&nested(9), "of", "stands in more than 8 others");
}

/// Where shares are wrong, or all that they are of, the parts' own sums are not judged by them.
#[test]
fn wrong_shares_make_no_part_wrong() {
    let parts = |first: &str| {
        let tranches = "kind = \"tranches\", tranches = [{ at = \"1y\", amount = 50 }]";
        format!("{{ kind = \"sum\", parts = [{{ share = {first}, {tranches} }}, {{ share = 0.5, kind = \"cliff\" }}] }}")
    };
    one(
        &scheduled(&parts("0.6")),
        "parts",
        "they sum to 1.1, not to 1",
    );
    let many = format!("amount = \"many\"\nschedule = {}", parts("0.5"));
    one(
        &allocation(&many),
        "\"many\"",
        "the amount `many` is not usable",
    );
}
