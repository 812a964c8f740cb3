use super::*;

const PASSES: Step = Step::new("passes", "", || Ok(Outcome::Passed));
const SKIPS: Step = Step::new("skips", "", || Ok(Outcome::Skipped("no tool".to_owned())));
const FAILS: Step = Step::new("fails", "", || Err("broke".to_owned()));
const HASH: &str = "as they are";

fn runner(mode: Mode, recorded: &[&str]) -> Runner {
    let mut passes = Passes::default();
    for step in recorded {
        passes.insert(step, pass(HASH));
    }
    Runner {
        mode,
        passes,
        hash_of: |_| Some(HASH.to_owned()),
    }
}

fn pass(hash: &str) -> Pass {
    Pass {
        hash: hash.to_owned(),
        seconds: 40.0,
    }
}

const RECORD: Mode = Mode {
    all: false,
    record: true,
};

#[test]
fn what_has_passed_on_the_same_inputs_does_not_run() {
    let mut runner = runner(Mode::default(), &["fails"]);
    assert_eq!(runner.one(&FAILS).word(), "same");
    assert_eq!(runner.one(&SKIPS).word(), "skipped");
    assert_eq!(runner.one(&PASSES).word(), "ok");
}

#[test]
fn what_has_passed_on_other_inputs_runs() {
    let mut runner = runner(Mode::default(), &[]);
    runner.passes.insert("fails", pass("as they were"));
    assert_eq!(runner.one(&FAILS).word(), "FAILED");
    runner.passes.insert("fails", pass(HASH));
    runner.hash_of = |_| None;
    assert_eq!(runner.one(&FAILS).word(), "FAILED");
}

#[test]
fn all_runs_what_has_passed_on_the_same_inputs_too() {
    let mode = Mode {
        all: true,
        record: false,
    };
    let line = runner(mode, &["fails"]).one(&FAILS);
    assert_eq!(line.failure(), Some(("fails", "broke")));
}

#[test]
fn only_what_passed_is_recorded() {
    let mut runner = runner(RECORD, &[]);
    for step in [&PASSES, &SKIPS, &FAILS] {
        runner.one(step);
    }
    let has = |name| runner.passes.on(name, HASH).is_some();
    assert!(has("passes"));
    assert!(!has("skips") && !has("fails"));
}

#[test]
fn nothing_is_recorded_without_being_asked() {
    let mut runner = runner(Mode::default(), &[]);
    runner.one(&PASSES);
    assert_eq!(runner.passes, Passes::default());
}

#[test]
fn what_was_not_run_keeps_its_record_as_it_is() {
    let mut runner = runner(RECORD, &["passes"]);
    assert_eq!(runner.one(&PASSES).word(), "same");
    assert_eq!(runner.passes.on("passes", HASH), Some(&pass(HASH)));
}

#[test]
fn what_fails_on_the_inputs_it_passed_on_loses_its_record() {
    let mode = Mode {
        all: true,
        ..RECORD
    };
    let mut runner = runner(mode, &["fails", "skips"]);
    runner.one(&FAILS);
    runner.one(&SKIPS);
    assert_eq!(runner.passes.on("fails", HASH), None);
    assert_eq!(runner.passes.on("skips", HASH), Some(&pass(HASH)));
}

#[test]
fn inputs_that_change_while_a_step_runs_are_not_recorded() {
    let mut runner = runner(RECORD, &[]);
    runner.hash_of = |_| {
        let now = std::time::SystemTime::now();
        Some(format!("{now:?}"))
    };
    runner.one(&PASSES);
    assert_eq!(runner.passes, Passes::default());
}

#[test]
fn the_table_has_every_time_and_the_total() {
    let line = |name, verdict, seconds| Line {
        name,
        verdict,
        seconds,
    };
    let lines = [
        line("fmt", Verdict::Passed, 1.25),
        line("miri", Verdict::Same(100.0), 0.5),
        line("size", Verdict::Same(20.0), 0.5),
        line("fuzz", Verdict::Failed("broke".to_owned()), 10.0),
    ];
    assert_eq!(
        table(&lines),
        "check                  seconds\n\
         fmt           ok           1.2\n\
         miri          same         0.5  100.0 when it passed\n\
         size          same         0.5  20.0 when it passed\n\
         fuzz          FAILED      10.0\n\
         total                     12.2  120.0 when they passed: --all runs them too"
    );
    assert!(table(&lines[..1]).ends_with("total                      1.2"));
}

#[test]
fn what_is_run_by_a_name_ends_as_it_says() {
    let word = |outcome: fn() -> Checked| run_as("long", "--seconds 1", outcome).word();
    assert_eq!(word(PASSES.run), "ok");
    assert_eq!(word(SKIPS.run), "skipped");
    assert_eq!(word(FAILS.run), "FAILED");
}
