//! Runs steps one after the other, but not on the inputs on which they have passed before.

use std::time::Instant;

use crate::inputs::Found;
use crate::passed::{Pass, Passes};
use crate::step::{Checked, Outcome, Step};

/// How steps are run.
#[derive(Clone, Copy, Default)]
pub(crate) struct Mode {
    /// What has passed on the same inputs runs too.
    pub(crate) all: bool,
    /// What passes is stored.
    pub(crate) record: bool,
}

/// How a step ended.
enum Verdict {
    Passed,
    Skipped,
    /// It passed on the same inputs before, in so many seconds.
    Same(f64),
    Failed(String),
}

impl Verdict {
    fn of(name: &str, outcome: Checked) -> Self {
        match outcome {
            Ok(Outcome::Passed) => Self::Passed,
            Ok(Outcome::Skipped(why)) => {
                println!("skipped: {name}: {why}");
                Self::Skipped
            }
            Err(why) => Self::Failed(why),
        }
    }
}

/// A step that is through.
pub(crate) struct Line {
    name: &'static str,
    verdict: Verdict,
    seconds: f64,
}

/// The hash of a step's inputs, and None where it has none or they can't be told.
type HashOf = fn(&Step) -> Option<String>;

pub(crate) struct Runner {
    mode: Mode,
    passes: Passes,
    hash_of: HashOf,
}

impl Runner {
    pub(crate) fn new(mode: Mode) -> Self {
        let passes = Passes::stored();
        Self {
            mode,
            passes,
            hash_of,
        }
    }

    /// Runs all, storing what is to be stored after each: what comes later may be interrupted.
    pub(crate) fn run(&mut self, steps: &[&Step]) -> Result<Vec<Line>, String> {
        let mut lines = Vec::new();
        for step in steps {
            lines.push(self.one(step));
            if self.mode.record {
                self.passes.store()?;
            }
        }
        Ok(lines)
    }

    fn one(&mut self, step: &Step) -> Line {
        timed(step.name, step.about, |start| {
            let hash = (self.hash_of)(step);
            match self.seconds_on(step, hash.as_deref()) {
                Some(seconds) => Verdict::Same(seconds),
                None => self.judge(step, hash, start),
            }
        })
    }

    /// The seconds that a step took when it passed on these inputs, if it need not run.
    fn seconds_on(&self, step: &Step, hash: Option<&str>) -> Option<f64> {
        let hash = hash.filter(|_| !self.mode.all)?;
        Some(self.passes.on(step.name, hash)?.seconds)
    }

    /// Runs a step, and records it where it passed in full on inputs that stayed what they were.
    fn judge(&mut self, step: &Step, hash: Option<String>, start: Instant) -> Verdict {
        let outcome = (step.run)();
        if self.mode.record {
            let seconds = start.elapsed().as_secs_f64();
            let hash = hash.filter(|hash| (self.hash_of)(step).as_ref() == Some(hash));
            self.record(step.name, &outcome, hash.map(|hash| Pass { hash, seconds }));
        }
        Verdict::of(step.name, outcome)
    }

    /// What failed has no pass any more, not even one on these inputs.
    fn record(&mut self, step: &str, outcome: &Checked, pass: Option<Pass>) {
        match (outcome, pass) {
            (Ok(Outcome::Passed), Some(pass)) => self.passes.insert(step, pass),
            (Err(_), _) => self.passes.remove(step),
            (Ok(_), _) => {}
        }
    }
}

/// Runs what has a name, and says so before and after.
pub(crate) fn run_as(name: &'static str, about: &str, run: impl FnOnce() -> Checked) -> Line {
    timed(name, about, |_| Verdict::of(name, run()))
}

fn timed(name: &'static str, about: &str, run: impl FnOnce(Instant) -> Verdict) -> Line {
    println!("\n== {name}: {about}");
    let start = Instant::now();
    let verdict = run(start);
    let seconds = start.elapsed().as_secs_f64();
    let line = Line {
        name,
        verdict,
        seconds,
    };
    line.say();
    line
}

fn hash_of(step: &Step) -> Option<String> {
    let hash = Found::of(step.inputs.as_ref()?).and_then(|found| found.hash());
    hash.map_err(|why| println!("its inputs can't be told: {why}"))
        .ok()
}

/// Says which inputs of the steps have changes that aren't committed: a pass is of what others have.
pub(crate) fn committed(steps: &[&Step]) -> Result<(), String> {
    for step in steps {
        let Some(inputs) = &step.inputs else { continue };
        // Where a tool is missing the step can't be recorded, and says so itself.
        let Ok(found) = Found::of(inputs) else {
            continue;
        };
        let uncommitted = found.uncommitted()?;
        if !uncommitted.is_empty() {
            let name = step.name;
            return Err(format!("not committed, of {name}'s inputs:\n{uncommitted}"));
        }
    }
    Ok(())
}

impl Line {
    fn say(&self) {
        let (name, word, seconds) = (self.name, self.word(), self.seconds);
        if let Verdict::Same(before) = self.verdict {
            println!("skipped: same inputs as when it passed: {name}, in {before:.1} s");
        }
        println!("== {name}: {word} in {seconds:.1} s");
    }

    fn word(&self) -> &'static str {
        match self.verdict {
            Verdict::Passed => "ok",
            Verdict::Skipped => "skipped",
            Verdict::Same(_) => "same",
            Verdict::Failed(_) => "FAILED",
        }
    }

    /// What a failed step said.
    fn failure(&self) -> Option<(&'static str, &str)> {
        match &self.verdict {
            Verdict::Failed(why) => Some((self.name, why)),
            _ => None,
        }
    }
}

/// Says how long each took and what failed, which is an error.
pub(crate) fn conclude(lines: &[Line]) -> Result<(), String> {
    println!("\n{}", table(lines));
    let failed: Vec<_> = lines.iter().filter_map(Line::failure).collect();
    if failed.is_empty() {
        return Ok(());
    }
    // Last, where a log is looked at first.
    for (name, why) in &failed {
        println!("\n== {name} failed: {why}");
    }
    let names: Vec<_> = failed.iter().map(|(name, _)| *name).collect();
    Err(format!("failed: {}", names.join(", ")))
}

/// Each step's time and their sum; beside it, what those would have taken that were not run.
fn table(lines: &[Line]) -> String {
    let mut table = format!("{:<14}{:<8}{:>8}\n", "check", "", "seconds");
    let (mut total, mut saved) = (0.0, 0.0);
    for line in lines {
        let (name, word, seconds) = (line.name, line.word(), line.seconds);
        table += &format!("{name:<14}{word:<8}{seconds:>8.1}");
        total += seconds;
        if let Verdict::Same(before) = line.verdict {
            table += &format!("  {before:.1} when it passed");
            saved += before;
        }
        table.push('\n');
    }
    table += &format!("{:<22}{total:>8.1}", "total");
    if saved > 0.0 {
        table += &format!("  {saved:.1} when they passed: --all runs them too");
    }
    table
}

#[cfg(test)]
mod tests;
