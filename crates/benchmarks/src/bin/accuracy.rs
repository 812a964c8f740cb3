//! `accuracy [--samples N] [--hard N] [FUNCTION…]`: the table of what came of N random and N hard
//! inputs to each function, or to those whose names contain a FUNCTION.

use std::process::ExitCode;
use std::time::Instant;

use benchmarks::accuracy::{examine, Tally, SEED};
use benchmarks::functions;

struct Options {
    samples: u64,
    hard: u64,
    names: Vec<String>,
}

fn options() -> Result<Options, String> {
    let mut options = Options {
        samples: 20_000,
        hard: 2_000,
        names: Vec::new(),
    };
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        let mut number = || {
            let text = args.next().unwrap_or_default().replace('_', "");
            text.parse().map_err(|_| format!("{arg} takes a number"))
        };
        match arg.as_str() {
            "--samples" => options.samples = number()?,
            "--hard" => options.hard = number()?,
            other if other.starts_with('-') => return Err(format!("no option `{other}`")),
            name => options.names.push(name.to_owned()),
        }
    }
    Ok(options)
}

fn run() -> Result<bool, String> {
    let Options {
        samples,
        hard,
        names,
    } = options()?;
    let wanted = |name: &str| names.is_empty() || names.iter().any(|part| name.contains(part));
    let mut functions = functions::all();
    functions.retain(|function| wanted(function.name));
    if functions.is_empty() {
        return Err(format!("no function is called {}", names.join(" or ")));
    }
    println!("{samples} random and {hard} hard inputs each, from seed {SEED:#x}");
    println!("wrong: results that aren't the exact one, rounded once, by rounding");
    println!("worst: the farthest of those rounded to nearest, in units of the last place");
    println!("boundary: the exact result that came nearest to one, in units of the last place\n");
    println!("| function | inputs | errors | floor | ceil | half-even | half-up | worst | boundary | checked | s |");
    println!("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
    let mut clean = true;
    for function in functions {
        let start = Instant::now();
        let tally = examine(&function, samples, hard);
        print(function.name, &tally, start.elapsed().as_secs_f64());
        clean &= tally.is_clean();
        for wrong in &tally.shown {
            println!("WRONG: {wrong}");
        }
    }
    Ok(clean)
}

fn print(name: &str, tally: &Tally, seconds: f64) {
    let Tally {
        inputs,
        errors,
        checked,
        wrong: [floor, ceil, half_even, half_up],
        worst,
        ..
    } = tally;
    let boundary = match tally.nearest {
        // The floor of what is less than 1 is 0: nearer than can be told here.
        Some(0) => "<2^-64".to_owned(),
        Some(nearest) => format!("2^-{}", 1 + nearest.leading_zeros()),
        None => "–".to_owned(),
    };
    println!(
        "| `{name}` | {inputs} | {errors} | {floor} | {ceil} | {half_even} | {half_up} \
         | {worst:.4} | {boundary} | {checked} | {seconds:.1} |"
    );
}

fn main() -> ExitCode {
    match run() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => {
            eprintln!("accuracy: some results are wrong");
            ExitCode::FAILURE
        }
        Err(why) => {
            eprintln!("accuracy: {why}");
            ExitCode::from(2)
        }
    }
}
