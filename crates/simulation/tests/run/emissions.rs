//! Emissions of every kind, day by day.

use tokenomics_simulation::{calendar, run, Design, Overrides};

use super::common::rows;
use super::{at, design, token};

/// The amounts minted by the ends of the first days of 2026, with six decimals.
fn minted_by_day(emission: &str, days: usize) -> Vec<u128> {
    let window = format!("[simulation]\nstep = \"1d\"\nend = \"{days}d\"\n");
    let text = format!("[token]\nname = \"T\"\nsymbol = \"T\"\ndecimals = 6\ngenesis = 2026-01-01\n{window}[[emission]]\nname = \"E\"\nstakeholder = \"users\"\n{emission}\n");
    let design = Design::parse("d", &text, Overrides::default()).unwrap();
    let minted = rows(&design)
        .into_iter()
        .skip(1)
        .map(|row| row.totals.emitted.get());
    minted.collect()
}

#[test]
fn every_kind_of_emission_mints_what_its_parameters_say() {
    let by_day = |emission: &str| minted_by_day(emission, 4);
    // A tick is a second if nothing else is said, and a rate is for a tick.
    assert_eq!(
        by_day("kind = \"constant\"\nrate = 2\nper = \"1d\"\nend = \"3d\""),
        [2_000_000, 4_000_000, 6_000_000, 6_000_000]
    );
    // A total that no day divides is whole at its end.
    assert_eq!(
        by_day("kind = \"constant\"\ntotal = \"0.00001\"\nend = \"3d\""),
        [3, 6, 10, 10]
    );
    // Down from 4 a day to nothing: 4 − 4/3·t a day, 4t − 2/3·t² by then.
    assert_eq!(
        by_day("kind = \"linear-rate\"\nrate = 4\nlast_rate = 0\nper = \"1d\"\nend = \"3d\""),
        [3_333_333, 5_333_333, 6_000_000, 6_000_000]
    );
    assert_eq!(
        by_day("kind = \"step-epochs\"\ntick = \"1d\"\nepochs = [{ length = 1, rate = 5 }, { length = \"2d\", total = 3 }]"),
        [5_000_000, 6_500_000, 8_000_000, 8_000_000]
    );
    assert_eq!(
        by_day("kind = \"geometric-epochs\"\ntick = \"1d\"\nrate = 4\nepoch = 1\ndecay = 0.5\nmax_epochs = 3"),
        [4_000_000, 6_000_000, 7_000_000, 7_000_000]
    );
    // Half of what is left every day: as a part of it each day, as an exponential, and as epochs.
    for halving in [
        "kind = \"geometric\"\nepoch = 1\ndecay = \"1/2\"",
        "kind = \"exponential\"\nhalf_life = \"1d\"",
    ] {
        assert_eq!(
            by_day(&format!("{halving}\ntotal = 16\ntick = \"1d\"")),
            [8_000_000, 12_000_000, 14_000_000, 15_000_000]
        );
    }
    // 16·(1 − e^(−t)), by mpmath.
    assert_eq!(
        by_day("kind = \"exponential\"\ntotal = 16\nrate = 1\nper = \"1d\""),
        [10_113_928, 13_834_635, 15_203_406, 15_706_949]
    );
    // 16 / (1 + 15·e^(−t)) − 1, by mpmath.
    assert_eq!(
        by_day("kind = \"logistic\"\nsupply = 1\nceiling = 16\nrate = 1\nper = \"1d\""),
        [1_454_668, 4_280_477, 8_159_574, 11_551_632]
    );
    // A tenth of it, with compounding, in every two days.
    assert_eq!(
        by_day("kind = \"compounding\"\nsupply = 100\nrate = 0.1\nperiod = \"2d\"\nend = \"4d\""),
        [5_000_000, 10_000_000, 15_500_000, 21_000_000]
    );
    // 8%, then a quarter less each day, but not below 5%.
    assert_eq!(
        by_day("kind = \"disinflation\"\nsupply = 100\ninitial = 0.08\ntaper = 0.25\nterminal = 0.05\nyear = \"1d\"\nend = \"4d\""),
        [8_000_000, 14_480_000, 20_204_000, 26_214_200]
    );
    // Down to the tail's rate, and on at that.
    assert_eq!(
        by_day(
            "kind = \"geometric\"\ntick = \"1d\"\nepoch = 1\ndecay = \"1/2\"\ntotal = 16\ntail = 3"
        ),
        [8_000_000, 12_000_000, 15_000_000, 18_000_000]
    );
    assert_eq!(
        by_day("kind = \"phases\"\ntick = \"1d\"\nphases = [{ kind = \"constant\", rate = 9, end = \"9d\" }, { from = \"2d\", kind = \"constant\", rate = 1 }]"),
        [9_000_000, 18_000_000, 19_000_000, 20_000_000]
    );
}

#[test]
fn what_has_no_end_is_minted_as_long_as_the_run_goes() {
    let endless = "[token]\nname = \"T\"\nsymbol = \"T\"\ndecimals = 0\ngenesis = 2026-01-01\n[[emission]]\nname = \"E\"\nstakeholder = \"users\"\nkind = \"constant\"\nrate = 1\ntick = \"1d\"\n";
    let parse = |text: &str| design(text);
    let design = parse(endless);
    // Four years, where nothing else says how long.
    assert_eq!(calendar::date(design.window.end), "2030-01-01");
    assert!(design.is_endless());
    // Nothing of it is there before it is minted.
    assert_eq!((design.all.get(), design.max_supply()), (0, None));
    let run_of_it = run(&design).unwrap();
    assert_eq!(run_of_it.last.totals.emitted.get(), 1_461);
    assert_eq!(run_of_it.last.totals.unminted.get(), 0);
    assert_eq!(run_of_it.all.get(), 1_461);
    // Of phases the last decides.
    let phases = |last: &str| {
        let first = "{ kind = \"constant\", rate = 1 }";
        let curve = format!("kind = \"phases\"\ntick = \"1d\"\nphases = [{first}, {last}]\n");
        let constant = "kind = \"constant\"\nrate = 1\ntick = \"1d\"\n";
        parse(&endless.replace(constant, &curve))
    };
    let last = "from = \"9d\", kind = \"constant\", rate = 2";
    assert!(phases(&format!("{{ {last} }}")).is_endless());
    let ending = phases(&format!("{{ {last}, end = \"1d\" }}"));
    assert!(!ending.is_endless());
    assert_eq!(ending.all.get(), 9 + 2);
    // A cap is an end.
    let capped = parse(&format!("{endless}cap = 100\n"));
    assert!(!capped.is_endless());
    assert_eq!(calendar::date(capped.window.end), "2026-04-11");
    assert_eq!(capped.all.get(), 100);
}

#[test]
fn an_emission_has_ended_with_its_last_unit() {
    let keys = [
        "kind = \"constant\"\ntick = \"1d\"\nrate = 2\nend = \"9d\"",
        // The fifth of five units comes with the last of ten days' seconds.
        "kind = \"constant\"\ntotal = 5\nend = \"10d\"",
        "kind = \"constant\"\ntick = \"1d\"\nrate = 1\ncap = 3",
        // 1,000 a day.
        "kind = \"sqrt-issuance\"\ntick = \"1d\"\nincrement = 1\nfactor = 100\ncap = 2_500\nstaked = [{ amount = 100 }]",
        "kind = \"constant\"\ntick = \"1d\"\nrate = 1\nend = \"41d\"",
        "kind = \"constant\"\ntick = \"1d\"\nrate = 1",
    ];
    let emissions = keys.iter().enumerate().map(|(index, keys)| {
        format!("[[emission]]\nname = \"E{index}\"\nstakeholder = \"users\"\n{keys}\n")
    });
    let window = "[simulation]\nend = \"40d\"\nstep = \"40d\"\n".to_owned();
    let design = token(&(window + &emissions.collect::<String>()));
    let ended = run(&design).unwrap().log.minted(keys.len());
    let days = ["2026-01-10", "2026-01-11", "2026-01-04", "2026-01-04"];
    let wanted = days.map(|day| Some(at(day))).into_iter();
    assert_eq!(ended, wanted.chain([None, None]).collect::<Vec<_>>());
}
