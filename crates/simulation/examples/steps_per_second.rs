//! Steps a second of the engine on one core, without reading and writing files:
//! `cargo run --release -p tokenomics-simulation --example steps_per_second -- DESIGN.toml`

use std::error::Error;
use std::time::{Duration, Instant};

use tokenomics_simulation::{calendar, Design, Engine, Overrides, Row};

/// Whole runs are timed until this much time has passed.
const LEAST: Duration = Duration::from_secs(2);

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("give the path of a design")?;
    let design = Design::load(path.as_ref(), Overrides::default())?;
    let window = design.window;
    let mut rates = Vec::new();
    let begun = Instant::now();
    while begun.elapsed() < LEAST {
        let start = Instant::now();
        let mut engine = Engine::new(&design)?;
        let (mut steps, mut row) = (0_u32, Row::default());
        for at in calendar::grid(window.start, window.end, window.step) {
            engine.advance(at)?;
            engine.read(&mut row)?;
            std::hint::black_box(&row);
            steps += 1;
        }
        rates.push(f64::from(steps) / start.elapsed().as_secs_f64());
    }
    rates.sort_by(f64::total_cmp);
    println!(
        "{}: median {:.0} steps/s of {} runs (least {:.0}, most {:.0})",
        design.token.symbol,
        rates[rates.len() / 2],
        rates.len(),
        rates[0],
        rates[rates.len() - 1],
    );
    Ok(())
}
