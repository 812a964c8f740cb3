//! The rows at which positions are opened, as many as there is time for.

use tokenomics_fixed_math::{Amount, Fraction};

use super::course::Course;
use super::figures::share;
use super::position::{walk, Liquidators, Outcome};
use super::BacktestError;

/// The work after which no finer step of openings is begun: the liquidations that are tried, and the rows
/// that are looked at. It is counted and not timed, so that a backtest has the same figures everywhere.
pub(super) const MOST_WORK: u64 = 8_000_000;

/// The positions opened at every row, or at every so many rows of a long path.
pub(super) struct Openings {
    /// The rows from one opening to the next, a power of two.
    pub(super) step: usize,
    /// The bad debt over what was borrowed of each row: that of the last opening up to it.
    pub(super) bad_debts: Vec<Fraction>,
    /// The outcomes that were told of, as they were asked.
    pub(super) told: [Outcome; 2],
    /// The worst of all, the first of equals.
    pub(super) worst: Outcome,
}

/// Opens positions at the told rows, then at a step that is halved as long as there is work left.
///
/// # Errors
/// [`BacktestError`] for figures that can't be counted.
pub(super) fn openings(
    course: &Course<'_>,
    liquidators: &Liquidators,
    total: Amount,
    told: &[usize; 2],
    most_work: u64,
) -> Result<Openings, BacktestError> {
    let rows = course.rows.len();
    let (first, mut work) = walk(course, liquidators, total, 0)?;
    let mut bad_debts = vec![None; rows];
    bad_debts[0] = Some(share(&first));
    let mut worst = first;
    let mut open = |row: usize, bad_debts: &mut Vec<Option<Fraction>>| {
        let (outcome, took) = walk(course, liquidators, total, row)?;
        let share_now = share(&outcome);
        bad_debts[row] = Some(share_now);
        let most = share(&worst);
        if share_now > most || share_now == most && row < worst.row {
            worst = outcome.clone();
        }
        Ok::<_, BacktestError>((outcome, took))
    };
    let outcomes = [
        open(told[0], &mut bad_debts)?.0,
        open(told[1], &mut bad_debts)?.0,
    ];
    let mut step = rows.next_power_of_two();
    // A step of half the size opens as many positions as all before it.
    while step > 1 && work <= most_work / 2 {
        step /= 2;
        for row in (step..rows).step_by(2 * step) {
            work = work.saturating_add(open(row, &mut bad_debts)?.1);
        }
    }
    let mut last = Fraction::ZERO;
    let filled = bad_debts.into_iter().map(|bad_debt| {
        last = bad_debt.unwrap_or(last);
        last
    });
    Ok(Openings {
        step,
        bad_debts: filled.collect(),
        told: outcomes,
        worst,
    })
}

#[cfg(test)]
mod tests {
    use tokenomics_fixed_math::{fraction, Ratio, Span, Timestamp};
    use tokenomics_haircut_collateral::{DepthBudget, Haircut};

    use super::super::figures::default_terms;
    use super::super::position::Row;
    use super::super::Market;
    use super::*;

    #[test]
    fn openings_are_fewer_where_there_is_less_work_to_spend() {
        let rows: Vec<Row> = (0..100)
            .map(|row| Row {
                at: Timestamp::new(row * 3_600),
                price: Ratio::new(u128::from(200 - row), 100).unwrap(),
                haircut: Haircut::from_weights(fraction!("0.9"), fraction!("0.95")).unwrap(),
            })
            .collect();
        let depth = DepthBudget::new(Amount::new(100_000), fraction!("0.02")).unwrap();
        let liquidators = Liquidators {
            terms: default_terms().unwrap(),
            late: Span::from_hours(1),
            market: Market::new(depth, Span::from_days(1)).unwrap(),
        };
        let course = Course::of(&rows);
        let open = |work| {
            openings(
                &course,
                &liquidators,
                Amount::new(1_000_000),
                &[7, 13],
                work,
            )
            .unwrap()
        };
        let (all, few) = (open(u64::MAX), open(0));
        assert_eq!((all.step, few.step), (1, 128));
        let some = (0..20)
            .map(|power| open(1 << power))
            .find(|openings| openings.step <= 16)
            .unwrap();
        assert!(some.step > 1, "{}", some.step);
        assert!(!share(&all.worst).is_zero());
        for openings in [&some, &few] {
            // What is walked is the same, and what isn't repeats the opening before.
            assert_eq!(openings.told, all.told);
            assert!(share(&openings.worst) <= share(&all.worst));
            let mut walked = 0;
            for row in 0..rows.len() {
                if row % openings.step == 0 || row == 7 || row == 13 {
                    walked = row;
                }
                assert_eq!(openings.bad_debts[row], all.bad_debts[walked], "{row}");
            }
        }
    }
}
