//! Rates of flows that come in ticks or periods, for drawing.
//!
//! A rate is an average over whole ticks or periods, so that it doesn't depend on how the points that
//! are drawn lie to them: between two points, what came in divided by the time that it came for.

use tokenomics_fixed_math::{Amount, Timestamp};

use crate::view::{drawn, View};
use tokenomics_design::Emission;
use tokenomics_engine::Point;

const DAY: f64 = 86_400.0;

/// A flow's sum so far, and the time that it is the sum of: the end of the last tick or period.
#[derive(Debug, Clone, Copy)]
struct Reading {
    sum: f64,
    until: u64,
}

/// What an emission mints a day, from each point on; the last keeps the rate before it.
pub(crate) fn minted_a_day(view: &View<'_>, index: usize, emission: &Emission) -> Vec<f64> {
    a_day(view, |point| {
        (point.minted[index], ticked_until(emission, point.time))
    })
}

/// What is burned a day.
pub(crate) fn burned_a_day(view: &View<'_>) -> Vec<f64> {
    a_day(view, |point| (point.totals.burned, point.revenue_until))
}

/// The end of the last tick, or `at` itself where nothing is minted.
fn ticked_until(emission: &Emission, at: Timestamp) -> Timestamp {
    let Some(elapsed) = at.since(emission.start) else {
        return at;
    };
    if at >= emission.end() {
        return at;
    }
    let into_tick = elapsed.get() % emission.tick;
    Timestamp::new(at.get() - into_tick)
}

fn a_day(view: &View<'_>, read: impl Fn(&Point) -> (Amount, Timestamp)) -> Vec<f64> {
    let decimals = view.run.design.token.decimals.get();
    let reading = |point: &Point| {
        let (sum, until) = read(point);
        Reading {
            sum: drawn(sum, decimals),
            until: until.get(),
        }
    };
    rates(&view.points.iter().map(reading).collect::<Vec<_>>())
}

/// The rate from each reading up to the next by which a tick or period is over.
fn rates(readings: &[Reading]) -> Vec<f64> {
    let mut rates = Vec::with_capacity(readings.len());
    let mut next = 0;
    let mut before = 0.0;
    for (index, reading) in readings.iter().enumerate() {
        next = next.max(index);
        while next < readings.len() && readings[next].until <= reading.until {
            next += 1;
        }
        let rate = readings.get(next).map_or(before, |later| {
            let seconds = (later.until - reading.until) as f64;
            (later.sum - reading.sum).max(0.0) * DAY / seconds
        });
        rates.push(rate);
        before = rate;
    }
    rates
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 100 a day in daily ticks, read at any distance, are 100 a day.
    #[test]
    fn a_rate_is_the_same_at_any_distance_of_the_points() {
        for distance in [1_800, 3_600, 7_200, 86_400, 100_000, 184_320, 604_800] {
            let readings: Vec<Reading> = (0..60_u64)
                .map(|index| {
                    let days = index * distance / 86_400;
                    Reading {
                        sum: days as f64 * 100.0,
                        until: days * 86_400,
                    }
                })
                .collect();
            for rate in rates(&readings) {
                // Where no tick is over yet, there is no rate to be seen.
                let seen = readings.last().unwrap().until > 0;
                assert_eq!(rate, if seen { 100.0 } else { 0.0 }, "{distance}");
            }
        }
    }

    #[test]
    fn a_flow_that_ends_falls_to_nothing() {
        let read = |sum: f64, until| Reading { sum, until };
        let readings = [
            read(0.0, 0),
            read(10.0, 86_400),
            read(20.0, 172_800),
            read(20.0, 180_000),
            read(20.0, 200_000),
        ];
        assert_eq!(rates(&readings), [10.0, 10.0, 0.0, 0.0, 0.0]);
    }
}
