//! A call at a time over a thousand arguments: these crates, and their peers on the same.

use std::hint::black_box;
use std::time::Duration;

use benchmarks::peers::{
    BrineFp, DecimalScaled, FixedAnalytics, Ours, Peer, RustDecimal, SolMath, Task,
};
use benchmarks::{collateral, ends, escrow, fees, mul_div, pools, vesting, CALLS, OURS};
use cpu_time::ThreadTime;
use criterion::measurement::{Measurement, ValueFormatter, WallTime};
use criterion::{criterion_group, criterion_main, BenchmarkGroup, Criterion};
use tokenomics_fixed_math::{Amount, Timestamp};

/// The time that the processor spends here, which other programs on the machine don't add to.
struct ProcessorTime;

impl Measurement for ProcessorTime {
    type Intermediate = ThreadTime;
    type Value = Duration;

    fn start(&self) -> ThreadTime {
        ThreadTime::now()
    }

    fn end(&self, start: ThreadTime) -> Duration {
        start.elapsed()
    }

    fn add(&self, a: &Duration, b: &Duration) -> Duration {
        *a + *b
    }

    fn zero(&self) -> Duration {
        Duration::ZERO
    }

    fn to_f64(&self, value: &Duration) -> f64 {
        WallTime.to_f64(value)
    }

    fn formatter(&self) -> &dyn ValueFormatter {
        WallTime.formatter()
    }
}

type Bench = Criterion<ProcessorTime>;

fn functions(criterion: &mut Bench) {
    for task in Task::ALL {
        let mut group = criterion.benchmark_group(task.name());
        of_peer::<Ours>(&mut group, task);
        of_peer::<FixedAnalytics>(&mut group, task);
        of_peer::<DecimalScaled>(&mut group, task);
        of_peer::<SolMath>(&mut group, task);
        of_peer::<BrineFp>(&mut group, task);
        of_peer::<RustDecimal>(&mut group, task);
        group.finish();
    }
}

fn of_peer<P: Peer>(group: &mut BenchmarkGroup<'_, ProcessorTime>, task: Task) {
    let inputs = task.inputs(CALLS).into_iter();
    let inputs: Vec<_> = inputs.map(|input| input.map(P::from_wad)).collect();
    group.bench_function(P::NAME, |bencher| {
        bencher.iter(|| {
            for input in &inputs {
                black_box(task.call::<P>(black_box(input)));
            }
        });
    });
}

fn products(criterion: &mut Bench) {
    for case in mul_div::cases() {
        let mut group = criterion.benchmark_group(format!("mul_div, {}", case.name));
        let mut measure = |peer: &str, call: fn(mul_div::Operands) -> u128| {
            group.bench_function(peer, |bencher| {
                bencher.iter(|| {
                    for set in &case.operands {
                        black_box(call(black_box(*set)));
                    }
                });
            });
        };
        measure(OURS, mul_div::ours);
        measure("ruint U256", mul_div::ruint);
        measure("sp-arithmetic", mul_div::sp_arithmetic);
        if case.fits {
            measure("plain u128", mul_div::plain);
        }
        group.finish();
    }
}

fn schedules(criterion: &mut Bench) {
    let now = |input: &vesting::Input| Timestamp::new(input.now);
    let few = vesting::under_way(64);
    let lines: Vec<_> = few.iter().map(|input| (input.line(), now(input))).collect();
    let plain: Vec<_> = few.iter().map(vesting::Input::plain).collect();
    let mut group = criterion.benchmark_group("vesting, a line with a cliff, 64 bits");
    each(&mut group, vesting::OURS, &lines, vesting::ours);
    each(&mut group, "jiminy-vesting", &plain, vesting::jiminy_line);
    each(&mut group, "hopper-vesting", &plain, vesting::hopper_line);
    group.finish();

    let steps: Vec<_> = few
        .iter()
        .map(|input| (input.steps(), now(input)))
        .collect();
    let plain: Vec<_> = few.iter().map(vesting::Input::plain_steps).collect();
    let mut group = criterion.benchmark_group("vesting, 48 steps, 64 bits");
    each(&mut group, vesting::OURS, &steps, vesting::ours);
    each(&mut group, "jiminy-vesting", &plain, vesting::jiminy_steps);
    each(&mut group, "hopper-vesting", &plain, vesting::hopper_steps);
    group.finish();

    for bits in [90, 127] {
        let many = vesting::under_way(bits);
        let lines: Vec<_> = many
            .iter()
            .map(|input| (input.line(), now(input)))
            .collect();
        let name = format!("vesting, a line with a cliff, {bits} bits");
        let mut group = criterion.benchmark_group(name);
        each(&mut group, vesting::OURS, &lines, vesting::ours);
        group.finish();
    }
}

fn swaps(criterion: &mut Bench) {
    let steps = pools::steps();
    let plain: Vec<_> = steps.iter().map(pools::Step::for_peers).collect();
    let mut group = criterion.benchmark_group("pool, Uniswap v3: a step");
    each(&mut group, pools::OURS, &steps, |step| {
        pools::our_step(step)[0]
    });
    let peer = pools::step_of_uniswap_v3_math;
    each(&mut group, "uniswap_v3_math", &plain, |step| peer(step)[0]);
    let peer = pools::step_of_uniswap_v3_sdk;
    each(&mut group, "uniswap-v3-sdk", &plain, |step| peer(step)[0]);
    group.finish();

    let ticks = pools::ticks();
    let mut group = criterion.benchmark_group("pool, Uniswap v3: the price at a tick");
    each(&mut group, pools::OURS, &ticks, pools::our_price);
    each(
        &mut group,
        "uniswap_v3_math",
        &ticks,
        pools::price_of_uniswap_v3_math,
    );
    each(
        &mut group,
        "uniswap-v3-sdk",
        &ticks,
        pools::price_of_uniswap_v3_sdk,
    );
    group.finish();

    let prices = pools::prices();
    let plain = pools::for_peers(&prices);
    let mut group = criterion.benchmark_group("pool, Uniswap v3: the tick at a price");
    each(&mut group, pools::OURS, &prices, pools::our_tick);
    each(
        &mut group,
        "uniswap_v3_math",
        &plain,
        pools::tick_of_uniswap_v3_math,
    );
    each(
        &mut group,
        "uniswap-v3-sdk",
        &plain,
        pools::tick_of_uniswap_v3_sdk,
    );
    group.finish();

    let amounts = pools::amounts();
    let pool = pools::constant_product();
    let mut group = criterion.benchmark_group("pool, constant product: a quote");
    each(&mut group, pools::OURS, &amounts, |amount| {
        pools::quote(&pool, *amount)
    });
    group.finish();

    for (of, parts) in [("50/50", [5, 5]), ("65/35", [13, 7]), ("80/20", [8, 2])] {
        stable(criterion, &format!("2 coins at {of}"), parts, &amounts);
    }
    for (of, parts) in [("34/33/33", [34, 33, 33]), ("60/20/20", [60, 20, 20])] {
        stable(criterion, &format!("3 coins at {of}"), parts, &amounts);
    }

    let mut group = criterion.benchmark_group("pool, Uniswap v3: a swap within one tick");
    let start = pools::concentrated();
    group.bench_function(pools::OURS, |bencher| {
        bencher.iter(|| {
            // From the same price each time, from which the amounts don't lead to another tick.
            let mut pool = start.clone();
            for (turn, amount) in amounts.iter().enumerate() {
                black_box(pools::swap(&mut pool, turn, black_box(*amount)));
            }
        });
    });
    group.finish();
}

fn stable<const N: usize>(criterion: &mut Bench, name: &str, parts: [u128; N], amounts: &[Amount]) {
    let pool = pools::stable(parts);
    let pair = pool.pair(0, 1).expect("there are two");
    let mut group = criterion.benchmark_group(format!("pool, StableSwap: a quote, {name}"));
    each(&mut group, pools::OURS, amounts, |amount| {
        pools::quote(&pair, *amount)
    });
    group.finish();
}

fn locks(criterion: &mut Bench) {
    for (ends, granule) in [("weekly", 604_800), ("as many", 1)] {
        let name = format!("escrow, a lock made, of a million with {ends} ends");
        let mut group = criterion.benchmark_group(name);
        let mut locks = escrow::Locks::new(granule);
        group.bench_function(escrow::OURS, |bencher| {
            bencher.iter(|| {
                for _ in 0..CALLS {
                    black_box(locks.make_another());
                }
            });
        });
        group.finish();
    }
    let (to_come, past) = (escrow::to_come(), escrow::past());
    let (weekly, distinct) = (escrow::Locks::weekly(), escrow::Locks::distinct());
    for (name, times) in [("a time to come", &to_come), ("a past time", &past)] {
        for (ends, locks) in [("weekly", &weekly), ("as many", &distinct)] {
            let name = format!("escrow, the total at {name}, of a million with {ends} ends");
            let mut group = criterion.benchmark_group(name);
            group.bench_function(escrow::OURS, |bencher| {
                // Others each time, as those of one would soon all be at hand.
                let mut times = times.chunks(CALLS).cycle();
                bencher.iter(|| {
                    for at in times.next().expect("there are some") {
                        black_box(locks.total(black_box(at)));
                    }
                });
            });
            group.finish();
        }
    }
    ring(criterion, &to_come);
}

fn ring(criterion: &mut Bench, to_come: &[Timestamp]) {
    let mut ring = escrow::Locks::<escrow::Weeks>::in_a_ring();
    let name = format!("escrow, a ring of {} bytes", size_of::<escrow::Weeks>());
    let mut group = criterion.benchmark_group(format!("{name}: the total"));
    each(&mut group, escrow::OURS, &to_come[..CALLS], |at| {
        ring.total(at)
    });
    group.finish();
    let mut group = criterion.benchmark_group(format!("{name}: a lock made"));
    group.bench_function(escrow::OURS, |bencher| {
        bencher.iter(|| {
            for _ in 0..CALLS {
                black_box(ring.make());
            }
        });
    });
    group.finish();
}

fn splits(criterion: &mut Bench) {
    let amounts = fees::amounts();
    let mut group = criterion.benchmark_group("fees, a split among 8 by running sums");
    let split = fees::weighted();
    each(&mut group, fees::OURS, &amounts, |amount| {
        split.split(*amount)
    });
    group.finish();
    let mut group = criterion.benchmark_group("fees, a split among 8 by largest remainders");
    each(&mut group, fees::OURS, &amounts, |amount| {
        fees::remainders(*amount)
    });
    group.finish();
    let mut group = criterion.benchmark_group("fees, a split among 8 of a stream");
    let mut stream = fees::stream();
    each(&mut group, fees::OURS, &amounts, |amount| {
        stream.distribute(*amount)
    });
    group.finish();

    let mut pool = fees::Pool::new();
    let mut group = criterion.benchmark_group("fees, a pool of a million holders: rewards come in");
    each(&mut group, fees::OURS, &amounts, |amount| {
        pool.fund(*amount)
    });
    group.finish();
    let mut group =
        criterion.benchmark_group("fees, a pool of a million holders: rewards come in, one claims");
    each(&mut group, fees::OURS, &amounts, |amount| {
        pool.fund(*amount);
        pool.claim()
    });
    group.finish();
}

fn positions(criterion: &mut Bench) {
    let (positions, terms) = (collateral::positions(), collateral::terms());
    let ruled = collateral::ruled();
    let done: Vec<_> = positions
        .iter()
        .map(|position| (position, position.liquidate(&terms)))
        .collect();
    let mut health = |case: &str, is_healthy: fn(&collateral::Ruled) -> bool| {
        let mut group = criterion.benchmark_group(case);
        let ruled: Vec<_> = ruled.iter().cycle().take(CALLS).collect();
        each(&mut group, collateral::OURS, &ruled, |it| is_healthy(it));
        group.finish();
    };
    health("collateral, health of 16 assets", |it| {
        it.position.is_healthy()
    });
    health(
        "collateral, health of 16 assets, static and by size",
        |it| it.is_healthy_by_size(),
    );
    health(
        "collateral, health of 16 assets, all rules of a token",
        |it| it.is_healthy_by_token(),
    );
    health("collateral, health of 16 assets, rules of a holder", |it| {
        it.is_healthy_by_holder()
    });
    health("collateral, health of 16 assets, every rule", |it| {
        it.is_healthy_by_all()
    });
    let done: Vec<_> = done.iter().cycle().take(CALLS).collect();
    let mut group = criterion.benchmark_group("collateral, a liquidation of 16 assets");
    each(&mut group, collateral::OURS, &done, |(position, _)| {
        position.liquidate(&terms)
    });
    group.finish();
    let mut group = criterion.benchmark_group("collateral, a liquidation of 16 assets is verified");
    each(&mut group, collateral::OURS, &done, |(position, done)| {
        position.verify(&terms, done)
    });
    group.finish();
}

fn each<T, R>(
    group: &mut BenchmarkGroup<'_, ProcessorTime>,
    peer: &str,
    inputs: &[T],
    mut call: impl FnMut(&T) -> R,
) {
    group.bench_function(peer, |bencher| {
        bencher.iter(|| {
            for input in inputs {
                black_box(call(black_box(input)));
            }
        });
    });
}

fn alone(criterion: &mut Bench) {
    for case in ends::cases() {
        let mut group = criterion.benchmark_group(case.name);
        group.bench_function(OURS, |bencher| {
            bencher.iter(|| {
                for (a, b) in &case.arguments {
                    black_box((case.call)(black_box(*a), black_box(*b)));
                }
            });
        });
        group.finish();
    }
}

criterion_group! {
    name = benches;
    config = Criterion::default()
        .with_measurement(ProcessorTime)
        .sample_size(20)
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_secs(1));
    targets = functions, products, schedules, swaps, locks, splits, positions, alone
}
criterion_main!(benches);
