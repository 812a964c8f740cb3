//! The last value that is allowed, and the first that isn't.

use super::{allocation, one, scheduled, sound, with, TOKEN};

#[test]
fn a_start_may_be_the_earliest_there_is() {
    let starts = |start: &str| {
        with(&format!(
            "[fees]\nrevenue = 1\nper = \"1d\"\nstart = {start}\nroutes = {{ burn = 1 }}\n"
        ))
    };
    sound(&starts("2026-01-01"));
    one(
        &starts("2025-12-31T23:59:59Z"),
        "2025-12-31T23:59:59Z",
        "before genesis",
    );
    let phase = |from: &str| {
        let followed = "kind = \"sqrt-issuance\", increment = 1, factor = 9";
        with(&format!("[[emission]]\nname = \"E\"\nstakeholder = \"users\"\nkind = \"phases\"\nphases = [{{ kind = \"constant\", rate = 1 }}, {{ from = \"31d\", {followed}, staked = [{{ from = {from}, amount = 1 }}] }}]\n"))
    };
    sound(&phase("2026-02-01"));
    one(
        &phase("2026-01-31"),
        "2026-01-31",
        "doesn't begin after the one before it",
    );
}

#[test]
fn a_million_steps_are_as_many_as_there_may_be() {
    let steps = |seconds: u64| {
        with(&format!(
            "[simulation]\nstep = \"1s\"\nend = \"{seconds}s\"\n"
        ))
    };
    sound(&steps(1_000_000));
    one(
        &steps(1_000_001),
        "simulation",
        "1000001 steps of 1s are too many",
    );
}

#[test]
fn a_part_may_be_the_whole() {
    let part = |tokens: u64| {
        allocation(&format!(
            "amount = 100\nat_genesis = {tokens}\nschedule = {{ kind = \"linear\", end = \"1y\" }}"
        ))
    };
    sound(&part(100));
    one(
        &part(101),
        "101",
        "the part at genesis of 101 is beyond the 100 of its schedule",
    );
}

#[test]
fn a_cap_may_be_all_that_is_minted() {
    let capped = |rest: &str| {
        with(&format!("[[emission]]\nname = \"E\"\nstakeholder = \"users\"\nkind = \"constant\"\nrate = 1\n{rest}\n"))
    };
    sound(&capped("end = \"1d\"\ncap = 86_400"));
    one(
        &capped("end = \"1d\"\ncap = 86_401"),
        "86_401",
        "never reaches its cap",
    );
    // Of a hundred years of 365 days there are 79 whole ones to the end of 9999.
    sound(&capped("tick = \"36500d\"\ncap = 79"));
    one(
        &capped("tick = \"36500d\"\ncap = 80"),
        "80",
        "never reaches its cap",
    );
}

#[test]
fn a_lock_may_be_as_long_as_the_granule_and_as_the_longest() {
    let locks = |duration: &str| {
        with(&format!(
            "[escrow]\nshare = 0.1\nduration = {duration}\ngranule = \"7d\"\nmax = \"14d\"\n"
        ))
    };
    sound(&locks("\"7d\""));
    sound(&locks("\"14d\""));
    one(
        &locks("\"604799s\""),
        "\"604799s\"",
        "locks of 604799s are shorter than `granule`, 604800s",
    );
    one(
        &locks("\"1209601s\""),
        "\"1209601s\"",
        "locks of 1209601s are longer than `max`, 1209600s",
    );
}

/// Holders who lock each minute for a year, without renewing, have as many ends as there are weeks in it.
#[test]
fn ten_thousand_locks_with_ends_of_their_own_are_as_many_as_there_may_be() {
    let run_down = |duration: &str, rest: &str| {
        with(&format!(
            "[simulation]\nend = \"9d\"\n[escrow]\nshare = 0.1\nduration = \"{duration}\"\n{rest}"
        ))
    };
    let locks = |duration: &str, granule: &str| {
        run_down(
            duration,
            &format!("renew = false\nevery = \"1min\"\ngranule = \"{granule}\"\n"),
        )
    };
    sound(&locks("364d", "1w"));
    // One each minute, and that of the first round.
    sound(&locks("9999min", "1min"));
    one(
        &locks("10000min", "1min"),
        "\"10000min\"",
        "holders would keep 10001 locks at once",
    );
    let daily = "granule = \"1d\"\nrenew = false\n";
    sound(&run_down("9999d", daily));
    one(
        &run_down("10000d", daily),
        "\"10000d\"",
        "holders would keep 10001 locks at once",
    );
    // One lock for all, or fewer than there are ends.
    sound(&run_down("10000d", "granule = \"1d\"\n"));
    sound(&run_down("10000d", &format!("{daily}every = \"2d\"\n")));
}

#[test]
fn an_inflation_may_begin_at_its_least_and_at_its_most() {
    let initial = |initial: &str| {
        with(&format!("[[emission]]\nname = \"E\"\nstakeholder = \"users\"\nkind = \"target-bonded\"\nsupply = 9\ngoal = 0.5\nmin = 0.07\nmax = 0.2\nchange = 0.1\nyear = \"365d\"\nupdate = \"1d\"\nend = \"20y\"\ninitial = {initial}\nstaked = [{{ share = 0.5 }}]\n"))
    };
    sound(&initial("0.07"));
    sound(&initial("0.2"));
    for beyond in ["0.069999999999999999", "0.200000000000000001"] {
        one(&initial(beyond), beyond, "is not within 0.07 to 0.2");
    }
}

#[test]
fn a_hundred_and_twenty_eight_milestones_are_as_many_as_there_may_be() {
    let dates = |count: usize| format!("[{}]", vec!["\"9d\""; count].join(", "));
    let milestones = |count: usize| {
        scheduled(&format!(
            "{{ kind = \"linear\", end = \"1y\", milestones = {{ needed = 1, reached = {} }} }}",
            dates(count)
        ))
    };
    sound(&milestones(128));
    one(
        &milestones(129),
        &dates(129),
        "129 milestones are out of range",
    );
}

#[test]
fn entries_of_a_list_may_be_of_one_instant_and_points_of_one_height() {
    let tranche = |at: &str| format!("{{ at = {at}, amount = 50 }}");
    let tranches = |at: &str| {
        scheduled(&format!(
            "{{ kind = \"tranches\", tranches = [{}, {}] }}",
            tranche("2027-01-01"),
            tranche(at)
        ))
    };
    sound(&tranches("2027-01-01"));
    let before = "2026-12-31T23:59:59Z";
    one(
        &tranches(before),
        &tranche(before),
        "before the one above it",
    );
    let point = |vested: u64| format!("{{ at = \"2y\", vested = {vested} }}");
    let points = |vested: u64| {
        scheduled(&format!("{{ kind = \"piecewise\", points = [{{ at = \"1y\", vested = 40 }}, {}, {{ at = \"3y\", vested = 100 }}] }}", point(vested)))
    };
    sound(&points(40));
    one(
        &points(39),
        &point(39),
        "39 has vested, less than the 40 before it",
    );
}

/// The supply of formulas is counted before a run: 2^128 units are one too many.
#[test]
fn all_that_there_is_can_be_counted() {
    let units = TOKEN.replace("decimals = 6", "decimals = 0");
    let most = u128::MAX - 1_000;
    let text = |days: u64, rest: &str| {
        format!("{units}[simulation]\nend = \"{days}d\"\n[[allocation]]\nname = \"A\"\nstakeholder = \"users\"\namount = \"{most}\"\n[[emission]]\nname = \"E\"\nstakeholder = \"users\"\nkind = \"constant\"\ntick = \"1d\"\nrate = 1\n{rest}")
    };
    sound(&text(1_000, ""));
    one(
        &text(1_001, ""),
        "[token]",
        "the supply with all emissions is too large",
    );
    sound(&text(1, "end = \"1000d\"\n"));
    one(
        &text(1, "end = \"1001d\"\n"),
        "[token]",
        "the supply with all emissions is too large",
    );
}

/// As many claims as re-locks, and one more of these: the first key is named that brings most.
#[test]
fn of_keys_that_bring_as_many_events_the_first_is_named() {
    let text = |every: &str| {
        with(&format!("[simulation]\nend = \"4y\"\n[[allocation]]\nname = \"A\"\nstakeholder = \"users\"\namount = 1\nclaim_every = \"1s\"\n[escrow]\nshare = 0.1\nduration = \"9d\"\ngranule = \"1s\"\nstart = {every}\n"))
    };
    one(
        &text("2026-01-01"),
        "[token]",
        "126230400 of them by `claim_every` of A",
    );
}
