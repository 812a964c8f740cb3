//! Revenue that came for lockers while there were none.

use tokenomics_fixed_math::{Amount, Error, Timestamp};

/// The revenue that came to a route to lockers while nobody had weight, and doesn't wait any more.
///
/// ```
/// use tokenomics_design::{Design, Overrides};
/// use tokenomics_engine::run;
///
/// let design = "\
///     [token]\nname = \"Demo\"\nsymbol = \"DMO\"\ndecimals = 0\ngenesis = 2024-01-01\n\
///     [simulation]\nend = \"4w\"\n\
///     [[allocation]]\nname = \"All\"\nstakeholder = \"users\"\namount = 100\n\
///     [escrow]\nshare = 0.5\nduration = \"365d\"\nmax = \"365d\"\nstart = \"20d\"\n\
///     [fees]\nrevenue = 3\nper = \"1w\"\nroutes = { lockers = 1 }\n";
/// let design = Design::parse("demo.toml", design, Overrides::default())?;
/// let run = run(&design)?;
/// assert_eq!((run.silences[0].rounds, run.silences[0].amount.get()), (2, 6));
/// assert!(run.silences[0].ended.is_some());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Silence {
    /// The number of periods that brought it, or of epochs where the route pays by these.
    pub rounds: u64,
    /// The number of stretches that they form, between which somebody had weight.
    pub stretches: u64,
    /// The end of the first of them; 0 where there is none.
    pub first: Timestamp,
    /// The end of the first period or epoch with lockers after the last of them; `None` if none was, which is
    /// only of what went to another route.
    pub ended: Option<Timestamp>,
    /// The sum.
    pub amount: Amount,
}

impl Silence {
    /// Counts rounds without lockers of which the first ends at `at`, and what they brought; rounds of
    /// nothing are none.
    pub(crate) fn count(
        &mut self,
        at: Timestamp,
        rounds: u64,
        amount: Amount,
    ) -> Result<(), Error> {
        if amount.is_zero() {
            return Ok(());
        }
        self.amount = self.amount.checked_add(amount)?;
        if self.rounds == 0 {
            (self.first, self.stretches) = (at, 1);
        }
        self.rounds = self.rounds.saturating_add(rounds);
        Ok(())
    }

    /// Adds a later stretch, which a round with lockers has ended or none has yet.
    pub(crate) fn join(&mut self, later: Self, ended: Option<Timestamp>) -> Result<(), Error> {
        if later.rounds == 0 {
            return Ok(());
        }
        self.amount = self.amount.checked_add(later.amount)?;
        if self.rounds == 0 {
            self.first = later.first;
        }
        self.rounds = self.rounds.saturating_add(later.rounds);
        self.stretches = self.stretches.saturating_add(later.stretches);
        self.ended = ended;
        Ok(())
    }
}
