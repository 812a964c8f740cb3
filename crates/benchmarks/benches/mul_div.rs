//! floor(a·b/c), a call at a time over a thousand operands.

use std::hint::black_box;
use std::time::Duration;

use benchmarks::mul_div::{cases, ours, plain, ruint, Operands};
use criterion::{criterion_group, criterion_main, Criterion};

fn mul_div(criterion: &mut Criterion) {
    for (name, fits, operands) in cases() {
        let mut group = criterion.benchmark_group(format!("mul_div, {name}"));
        let mut measure = |peer: &str, call: fn(Operands) -> u128| {
            group.bench_function(peer, |bencher| {
                bencher.iter(|| {
                    for set in &operands {
                        black_box(call(black_box(*set)));
                    }
                });
            });
        };
        measure("tokenomics-fixed-math", ours);
        measure("ruint U256", ruint);
        if fits {
            measure("plain u128", plain);
        }
        group.finish();
    }
}

criterion_group! {
    name = benches;
    config = Criterion::default()
        .warm_up_time(Duration::from_secs(1))
        .measurement_time(Duration::from_secs(3));
    targets = mul_div
}
criterion_main!(benches);
