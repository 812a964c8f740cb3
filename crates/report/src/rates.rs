//! Rates of flows that come in ticks or periods, for drawing.
//!
//! A rate is an average over whole ticks or periods, so that it doesn't depend on how the points that
//! are drawn lie to them: between two points, what came in divided by the time that it came for.

use tokenomics_fixed_math::Timestamp;

use crate::dates;
use crate::view::{drawn, View};
use tokenomics_design::calendar::{self, Period};
use tokenomics_design::{Bought, Emission, FeePlan, FeeStream, RouteKind};
use tokenomics_engine::Point;

const DAY: f64 = 86_400.0;

/// A flow's sum so far, and the times that it is the sum of, in seconds.
#[derive(Debug, Clone, Copy)]
struct Reading {
    sum: f64,
    /// The end of the last tick or period: what came in, came in up to then.
    came_until: f64,
    /// The last instant at which the sum is known: later than that where nothing more comes.
    known_until: f64,
}

/// The rate at which an emission mints a day, from each point on; the last keeps the rate before it.
pub(crate) fn minted_a_day(view: &View<'_>, index: usize, emission: &Emission) -> Vec<f64> {
    let decimals = view.run.design.token.decimals.get();
    let reading = |point: &Point| {
        let [came, known] = ticked(emission, point.time, view.end());
        Reading {
            sum: drawn(point.minted[index], decimals),
            came_until: came.get() as f64,
            known_until: known.get() as f64,
        }
    };
    rates(view.points.iter().map(reading).collect())
}

/// The amount that is burned a day. Where several streams are burned, it is an average over the longest
/// periods among theirs.
pub(crate) fn burned_a_day(view: &View<'_>) -> Vec<f64> {
    let decimals = view.run.design.token.decimals.get();
    let stream = view.run.design.fees.as_ref().and_then(burned);
    let Some(stream) = stream else {
        return vec![0.0; view.points.len()];
    };
    let months = matches!(stream.per, Period::Months(_));
    let seconds = |at: Timestamp| {
        if months {
            in_mean_months(at)
        } else {
            at.get() as f64
        }
    };
    // Revenue that goes on has no time in which nothing comes, after the last period within the window.
    let ends = stream.end < view.end();
    let reading = |point: &Point| {
        let [came, known] = periods(stream, point.time);
        Reading {
            sum: drawn(point.totals.burned, decimals),
            came_until: seconds(came),
            known_until: seconds(if ends { known } else { came }),
        }
    };
    let mut readings: Vec<Reading> = view.points.iter().map(reading).collect();
    // What others burn in the course of a period is told with the whole of it.
    for index in 1..readings.len() {
        if readings[index].came_until == readings[index - 1].came_until {
            readings[index].sum = readings[index - 1].sum;
        }
    }
    rates(readings)
}

/// Returns the stream of the longest period, the last to end of those, of which anything may be burned.
fn burned(plan: &FeePlan) -> Option<&FeeStream> {
    let mut burns = vec![false; plan.routes.len()];
    // Routes pass on to later ones only.
    for (index, route) in plan.routes.iter().enumerate().rev() {
        burns[index] = match &route.kind {
            RouteKind::Burn | RouteKind::Buyback(Bought::Burned) => true,
            kind => kind.passes_on_to().into_iter().any(|to| burns[to]),
        };
    }
    let burned = |stream: &&FeeStream| stream.shares.iter().any(|part| burns[part.route]);
    let length = |stream: &&FeeStream| (stream.per.after(Timestamp::ZERO, 1), stream.end);
    plan.streams.iter().filter(burned).max_by_key(length)
}

/// The end of the last tick, and the last instant at which what is minted is known. Where a tick more
/// would end beyond the window, there is no time in which nothing comes.
fn ticked(emission: &Emission, at: Timestamp, window_end: Timestamp) -> [Timestamp; 2] {
    let Some(elapsed) = at.since(emission.start) else {
        return [at; 2];
    };
    let end = emission.end();
    if at >= end {
        let over = window_end.get().saturating_sub(end.get()) >= emission.tick;
        return [end, if over { at } else { end }];
    }
    let into_tick = elapsed.get() % emission.tick;
    [Timestamp::new(at.get() - into_tick); 2]
}

/// The end of the last period of revenue up to an instant, and the last instant at which what came is
/// known: both are the instant itself before the first period, and after the last the first is its end.
fn periods(stream: &FeeStream, at: Timestamp) -> [Timestamp; 2] {
    if at < stream.start {
        return [at; 2];
    }
    let count = |until| stream.per.count_between(stream.start, until);
    let ended = count(at.min(stream.end));
    let last = stream.per.after(stream.start, ended).unwrap_or(at).min(at);
    let is_over = ended == count(stream.end);
    [last, if is_over { at } else { last }]
}

/// A time in seconds, for which each calendar month is as long as any other: what comes in monthly
/// would seem to come faster in February.
fn in_mean_months(at: Timestamp) -> f64 {
    const MEAN: f64 = 2_629_746.0;
    let month = calendar::month_of(at);
    let next = Period::Months(1).after(month, 1).unwrap_or(calendar::LAST);
    let length = next.get().saturating_sub(month.get()).max(1) as f64;
    let part = (at.get() - month.get()) as f64 / length;
    (dates::months(at) as f64 + part) * MEAN
}

/// The rate from each reading up to the next at which more is known.
fn rates(readings: Vec<Reading>) -> Vec<f64> {
    let mut rates = Vec::with_capacity(readings.len());
    let mut next = 0;
    let mut before = 0.0;
    for (index, reading) in readings.iter().enumerate() {
        next = next.max(index);
        while next < readings.len() && readings[next].known_until <= reading.known_until {
            next += 1;
        }
        let rate = readings.get(next).map_or(before, |later| {
            let seconds = later.came_until - reading.known_until;
            let came = (later.sum - reading.sum).max(0.0);
            if seconds > 0.0 {
                came * DAY / seconds
            } else {
                0.0
            }
        });
        rates.push(rate);
        before = rate;
    }
    rates
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokenomics_design::{Design, Overrides};
    use tokenomics_engine::run;

    /// 100 a day in daily ticks, read at any distance, are 100 a day.
    #[test]
    fn a_rate_is_the_same_at_any_distance_of_the_points() {
        for distance in [1_800, 3_600, 7_200, 86_400, 100_000, 184_320, 604_800] {
            let reading = |index: u64| {
                let days = index * distance / 86_400;
                let until = (days * 86_400) as f64;
                Reading {
                    sum: days as f64 * 100.0,
                    came_until: until,
                    known_until: until,
                }
            };
            let readings: Vec<Reading> = (0..60).map(reading).collect();
            // Where no tick is over yet, there is no rate to be seen.
            let seen = readings.last().unwrap().known_until > 0.0;
            for rate in rates(readings) {
                assert_eq!(rate, if seen { 100.0 } else { 0.0 }, "{distance}");
            }
        }
    }

    const TOKEN: &str =
        "[token]\nname = \"T\"\nsymbol = \"T\"\ndecimals = 6\ngenesis = 2025-01-01\n\
        [[allocation]]\nname = \"All\"\nstakeholder = \"users\"\namount = 1_000_000_000\n";

    const MINTED: &str =
        "[[emission]]\nname = \"E\"\nstakeholder = \"users\"\nkind = \"constant\"\n\
        rate = 100\nper = \"1d\"\ntick = \"1d\"\n";

    /// The dates of the points of a design and the rates there.
    fn drawn_rates(text: &str, read: fn(&View<'_>) -> Vec<f64>) -> Vec<(u64, f64)> {
        let design = Design::parse("d.toml", text, Overrides::default());
        let design = design.unwrap_or_else(|problems| panic!("{problems:?}"));
        let run = run(&design).unwrap();
        let view = View::new(&run);
        let times = view.points.iter().map(|point| point.time.get());
        times.zip(read(&view)).collect()
    }

    fn first_emission(view: &View<'_>) -> Vec<f64> {
        minted_a_day(view, 0, &view.run.design.emissions[0])
    }

    fn at(date: &str) -> u64 {
        calendar::parse_date(date).unwrap().get()
    }

    fn near(one: f64, other: f64) -> bool {
        (one - other).abs() < 1e-6 * other.abs().max(1.0)
    }

    #[test]
    fn an_emission_is_drawn_at_its_rate_from_start_to_end_and_nowhere_else() {
        // Points are 1 000th parts of the window apart: much shorter and much longer than a tick.
        for end in ["20d", "90d", "1y", "20y"] {
            let window = format!("[simulation]\nend = \"{end}\"\n");
            let emission = format!("{MINTED}start = \"5d\"\nend = \"10d\"\n");
            let drawn = drawn_rates(&format!("{TOKEN}{window}{emission}"), first_emission);
            let distance = drawn[1].0 - drawn[0].0;
            let (start, end) = (at("2025-01-06"), at("2025-01-16"));
            for (time, rate) in drawn {
                let within = time >= start && time < end && time + distance <= end;
                let without = time + distance <= start || time >= end;
                assert!(!within || near(rate, 100.0), "{time}: {rate}");
                assert!(!without || rate == 0.0, "{time}: {rate}");
                assert!(rate <= 100.000_1, "{time}: {rate}");
            }
        }
    }

    #[test]
    fn a_window_that_begins_within_a_tick_begins_with_the_rate() {
        for start in ["2025-03-01T11:00:00Z", "2025-03-01", "2025-03-01T23:59:59Z"] {
            let window = format!("[simulation]\nstart = {start}\nend = \"30d\"\n");
            let emission = format!("{MINTED}end = \"1y\"\n");
            let drawn = drawn_rates(&format!("{TOKEN}{window}{emission}"), first_emission);
            assert!(drawn.iter().all(|(_, rate)| near(*rate, 100.0)), "{start}");
        }
    }

    #[test]
    fn monthly_burning_is_as_fast_in_february_and_ends_with_its_last_month() {
        for end in ["6mo", "1y", "8y"] {
            let window = format!("[simulation]\nend = \"{end}\"\n");
            let fees =
                "[fees]\nrevenue = 1_200\nper = \"1mo\"\nend = \"5mo\"\nroutes = { burn = 1 }\n";
            let drawn = drawn_rates(&format!("{TOKEN}{window}{fees}"), burned_a_day);
            let last = at("2025-06-01");
            let distance = drawn[1].0 - drawn[0].0;
            for (time, rate) in drawn {
                let whole = 14_400.0 / 365.2425;
                let within = time + distance <= last;
                assert!(!within || near(rate, whole), "{end} {time}: {rate}");
                assert!(time < last || rate == 0.0, "{end} {time}: {rate}");
            }
        }
    }

    #[test]
    fn weekly_burning_from_the_middle_of_the_window_is_drawn_at_one_height() {
        let window = "[simulation]\nend = \"1y\"\n";
        let fees = "[fees]\nrevenue = 700\nper = \"1w\"\nstart = \"100d\"\nroutes = { burn = 1 }\n";
        let drawn = drawn_rates(&format!("{TOKEN}{window}{fees}"), burned_a_day);
        let (start, distance) = (at("2025-04-11"), drawn[1].0 - drawn[0].0);
        for (time, rate) in drawn {
            assert!(time < start || near(rate, 100.0), "{time}: {rate}");
            assert!(time + distance > start || rate == 0.0, "{time}: {rate}");
        }
    }

    #[test]
    fn what_two_streams_burn_is_drawn_at_the_rate_of_both() {
        let window = "[simulation]\nend = \"8w\"\n";
        let stream = |name: &str, revenue: u32, per: &str| {
            format!("[[fees.stream]]\nname = \"{name}\"\nrevenue = {revenue}\nper = \"{per}\"\nroutes = {{ burn = 1 }}\n")
        };
        let fees = stream("A day", 1, "1d") + &stream("A week", 7, "1w");
        for (_, rate) in drawn_rates(&format!("{TOKEN}{window}{fees}"), burned_a_day) {
            assert!(near(rate, 2.0), "{rate}");
        }
    }

    #[test]
    fn mean_months_pass_at_one_speed_within_a_month_and_from_month_to_month() {
        let since = |date: &str| {
            (in_mean_months(Timestamp::new(at(date)))
                - in_mean_months(Timestamp::new(at("2025-01-01"))))
                / 2_629_746.0
        };
        assert!(near(since("2025-02-01"), 1.0) && near(since("2025-03-01"), 2.0));
        assert!(near(since("2025-01-16T12:00:00Z"), 0.5) && near(since("2025-02-15"), 1.5));
    }

    /// One a day is one a day from the start of the first period, at which a point may lie.
    #[test]
    fn revenue_comes_from_its_start_on_where_that_is_a_point() {
        let window = "[simulation]\nend = \"10d\"\nstep = \"1d\"\n";
        let fees = "[fees]\nrevenue = 5\nper = \"5d\"\nstart = \"5d\"\nroutes = { burn = 1 }\n";
        let drawn = drawn_rates(&format!("{TOKEN}{window}{fees}"), burned_a_day);
        let start = at("2025-01-06");
        assert!(drawn.iter().any(|(time, _)| *time == start));
        for (time, rate) in drawn {
            assert!(
                time < start && rate == 0.0 || time >= start && near(rate, 1.0),
                "{time}: {rate}"
            );
        }
    }
}
