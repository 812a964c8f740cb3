//! What the front page says of sizes.
#![cfg(all(
    feature = "alloc",
    feature = "borsh",
    feature = "scale",
    target_pointer_width = "64"
))]

use core::mem::{size_of, size_of_val};

use borsh::BorshSerialize;
use parity_scale_codec::Encode;
use tokenomics_fixed_math::{Amount, Fraction, SignedWad, Span, Timestamp, Wad};
use tokenomics_vesting::{
    Allocation, AnySchedule, Calendar, CalendarParams, Cliff, Error, Exponential, Gate, Graded,
    Grant, Linear, LumpLinear, Min, Node, Piecewise, Point, Power, Scale, Shift, SimpleSchedule,
    Step, StepParams, Sum, Tranches, Truncate,
};

/// The largest of everything: no format here writes small numbers shorter, but for the length of a
/// list, which is 3.
fn row<T: BorshSerialize + Encode>(name: &str, value: &T) -> String {
    let (borsh, scale) = (borsh::to_vec(value).unwrap(), value.encode());
    let memory = size_of_val(value);
    format!(
        "| {name} | {memory} | {} | {} |\n",
        borsh.len(),
        scale.len()
    )
}

fn points<V: Copy>(last: V) -> Vec<Point<V>> {
    vec![Point::new(Timestamp::MAX, last); 3]
}

fn table() -> Result<String, Error> {
    let (start, end, total) = (Timestamp::ZERO, Timestamp::MAX, Amount::MAX);
    let rule = Allocation::CumulativeRoundDown;
    let cliff = Cliff::new(end, total);
    let line = Linear::new(start, end, total)?;
    let rows = [
        row("`Cliff`", &cliff),
        row("`Linear`", &line),
        row(
            "`Step`",
            &Step::new(StepParams {
                start,
                period: Span::new(1),
                count: u32::MAX,
                total,
                allocation: rule,
            })?,
        ),
        row("`LumpLinear`", &LumpLinear::new(start, end, total, total)?),
        row(
            "`Calendar`",
            &Calendar::new(CalendarParams {
                start,
                every: 1,
                day: 31,
                count: 1,
                total,
                allocation: rule,
            })?,
        ),
        row("`Power`", &Power::new(start, end, Wad::MAX, total)?),
        row(
            "`Exponential`",
            &Exponential::new(start, end, SignedWad::MAX, total)?,
        ),
        row("`Tranches` of a `Vec` of 3", &Tranches::new(points(total))?),
        row(
            "`Graded` of a `Vec` of 3",
            &Graded::new(total, points(Fraction::ONE))?,
        ),
        row(
            "`Piecewise` of a `Vec` of 3",
            &Piecewise::new(points(total))?,
        ),
        row("`Gate<Linear>`", &Gate::new(line, end)),
        row(
            "`Sum<Linear, Linear>`",
            &Sum::new(Linear::new(start, end, Amount::ZERO)?, line)?,
        ),
        row("`Min<Linear, Linear>`", &Min::new(line, line)),
        row("`Shift<Linear>`", &Shift::later(line, Span::ZERO)?),
        row("`Scale<Linear>`", &Scale::new(line, total)?),
        row("`Truncate<Linear>`", &Truncate::new(line, end)),
        row("`SimpleSchedule`, a `Linear`", &SimpleSchedule::from(line)),
        row("`AnySchedule`, a `Linear`", &AnySchedule::from(line)),
        row("`Grant<Linear>`", &Grant::new(line)),
        row("`Grant<Gate<Linear>>`", &Grant::new(Gate::new(line, end))),
    ];
    Ok(rows.concat())
}

#[test]
fn the_front_page_says_how_large_everything_is() {
    let table = table().unwrap();
    let page = include_str!("../README.md");
    assert!(page.contains(&table), "the table is\n{table}");
    let node = format!(
        "A node of an `Aggregate` takes {} in memory.",
        size_of::<Node>()
    );
    assert!(page.contains(&node), "{node}");
}
