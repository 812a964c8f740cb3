//! What docs/benchmarks.md says.

use std::fmt::Write as _;

/// What the names of these crates, and of no peer, begin with.
const OURS: &str = "tokenomics-";
/// The peer of products that fit 128 bits.
const PLAIN: &str = "plain u128";

/// The case that swaps are told in multiples of.
const FULL: &str = "mul_div, full 128-bit operands";

/// How fast one peer is in one case.
pub(super) struct Speed {
    pub(super) case: String,
    pub(super) peer: String,
    pub(super) nanoseconds: f64,
}

impl Speed {
    pub(super) fn is_ours(&self) -> bool {
        self.peer.starts_with(OURS)
    }
}

/// How far off one peer is in one case, at worst.
pub(super) struct Off {
    pub(super) case: String,
    pub(super) peer: String,
    /// In units of its own last place.
    pub(super) own: f64,
    /// In units of 1e-18, for arguments of 18 decimals.
    pub(super) of_wad: f64,
}

/// All that was measured.
pub(super) struct Page {
    pub(super) speeds: Vec<Speed>,
    pub(super) offs: Vec<Off>,
    /// A table of bytes of wasm.
    pub(super) bytes: String,
    pub(super) machine: String,
    pub(super) versions: Vec<String>,
}

impl Page {
    pub(super) fn text(&self) -> Result<String, String> {
        let (machine, versions) = (&self.machine, self.versions.join(", "));
        let (functions, alone, bytes) = (self.functions()?, self.alone(), &self.bytes);
        let (products, schedules) = (self.rows(is_product)?, self.rows(is_schedule)?);
        let (swaps, fees) = (self.multiples(is_swap)?, self.multiples(is_fee)?);
        let collateral = self.multiples(is_collateral)?;
        let locks = self.rows(is_escrow)?;
        let (spreads, wide) = (
            self.spreads(|_| true),
            self.spreads(|case| !self.fits(case)),
        );
        Ok(format!(
            "# Benchmarks\n\
             This page is written by its command, from one run of some five minutes:\n\n\
             ```sh\ncargo xtask bench\n```\n\n\
             {machine}. {versions}.\n\n\
             Nanoseconds are the median of a call, in the thread's processor time, over 1,024 arguments\n\
             drawn once and the same for all, converted to each peer's numbers beforehand. The ratio is\n\
             to this workspace's: above 1 is slower than it.\n\n\
             ## Exponential, logarithm, power\n\
             Beside the speed, the worst result of 20,000, from the exact one: in units of the peer's\n\
             own last place, for the argument it was given, and in units of 1e-18, for the argument of\n\
             18 decimals that this one is nearest to. Where a peer has other decimals, or its point is\n\
             binary, the argument itself is off, and the second says what that comes to. These crates,\n\
             decimal-scaled and fixed_analytics are asked for the nearest, and half a unit is the most that\n\
             it can be off; the last one's unit is 2^-64. The point of rust_decimal floats: its last place\n\
             is taken to be the 28th.\n\n\
             | case | of | ns | ratio | off, own last place | off, 1e-18 |\n\
             | --- | --- | --- | --- | --- | --- |\n{functions}\n\
             ## Bytes of wasm\n\
             One function as a module's only export, all built alike: wasm32-unknown-unknown, opt-level \"s\",\n\
             LTO, overflow checks on, stripped. Ours takes a rounding and returns an error, as in\n\
             [on chain](onchain.md). The peers' are the least that they can be: numbers come in their own\n\
             units, no std is linked, a panic traps, and what they allocate is never freed.\n\n\
             {bytes}\n\
             `cargo xtask size --peers` shows this table alone.\n\n\
             ## a·b/c\n\
             Floored, with the full product. The peers are ruint's 256-bit product and quotient,\n\
             sp-arithmetic's `multiply_by_rational_with_rounding`, and plain 128-bit integers where the\n\
             product fits them; that all give the same results is a test of crates/benchmarks.\n\n\
             | case | of | ns | ratio |\n| --- | --- | --- | --- |\n{products}\n\
             How much the operands matter, the slowest of these kinds to the fastest: {spreads}.\n\
             Of those kinds alone whose products don't fit 128 bits: {wide}.\n\n\
             ## What has vested\n\
             By a time while a line is under way, of totals of so many bits, from one to four years with a\n\
             cliff of up to one; and of 48 equal steps. The peers take totals of 64 bits and no more;\n\
             that all give the same results is a test of crates/benchmarks. Without a peer are\n\
             totals that only these crates take: 90 bits are a billion tokens of 18 decimals.\n\n\
             | case | of | ns | ratio |\n| --- | --- | --- | --- |\n{schedules}\n\
             ## Swaps\n\
             Steps of Uniswap v3 in both directions, of exact amounts in and out, one in four of which\n\
             reaches its target; prices and ticks over all of their range. All peers give the same bits,\n\
             which is a test of crates/benchmarks, but that uniswap-v3-sdk takes the fee of a step as\n\
             Uniswap v4 does. Without a peer are quotes of x·y = k in Uniswap v2's integers and of\n\
             Curve's StableSwap, and a whole swap of v3 with its step, tick and fee growth. In the last column they\n\
             are multiples of this workspace's `mul_div` of full 128-bit operands.\n\n\
             | case | of | ns | ratio | of mul_div |\n| --- | --- | --- | --- | --- |\n{swaps}\n\
             ## Locks\n\
             A million locks of up to four years that end on weeks, or each at a second of its own, made over\n\
             three years and so with a million checkpoints: what one more costs while they are made, and the\n\
             total at a random time to come or past. A ring holds the sums of 209 weeks, whatever is locked.\n\
             Beside the bytecode of Balancer's VotingEscrow, from npm `@balancer-labs/v2-deployments` and run\n\
             in revm, are a thousand locks of up to a year and reads at times within the year to come; that\n\
             both give the same weights is what `cargo xtask differential` checks. Beside its GaugeController are\n\
             a vote of each for one of ten gauges, and the relative weights of all ten in a week: a call here,\n\
             and ten there.\n\n\
             | case | of | ns | ratio |\n| --- | --- | --- | --- |\n{locks}\n\
             ## Fees\n\
             An amount of up to 90 bits among eight parties; rewards that come into a pool of a million\n\
             holders, by themselves and with a claim of one of them each time. Beside the bytecode of\n\
             Synthetix's StakingRewards, compiled from its package and run in revm, are a stake, a claim and a\n\
             reading; that both pay the same but for what is lost there is what `cargo xtask differential`\n\
             checks. In the last column they are multiples of this workspace's `mul_div` of full 128-bit\n\
             operands.\n\n\
             | case | of | ns | ratio | of mul_div |\n| --- | --- | --- | --- | --- |\n{fees}\n\
             ## Collateral\n\
             Positions of 16 assets and four debts: their health with haircuts that are known, with a static one\n\
             and one by size of each asset, with all rules of a token for each, with those of a holder where the others\n\
             are known, as they are the same for all positions of a block, and with that of liquidity besides;\n\
             a liquidation to a health of 1.05, and the check of its certificate. In the last column they are\n\
             multiples of this workspace's `mul_div` of full 128-bit operands.\n\n\
             | case | of | ns | ratio | of mul_div |\n| --- | --- | --- | --- | --- |\n{collateral}\n\
             ## Over the domain\n\
             These crates alone. Slow are results of more than 60 bits or so, where more digits have to be\n\
             known before the rounding is, and exact ones, which have to be proven exact; the last rows are\n\
             what no peer has.\n\n\
             | case | ns |\n| --- | --- |\n{alone}"
        ))
    }

    fn functions(&self) -> Result<String, String> {
        let mut table = String::new();
        for speed in &self.speeds {
            let off = self
                .offs
                .iter()
                .find(|off| off.case == speed.case && off.peer == speed.peer);
            if let Some(off) = off {
                let (own, of_wad) = (digits(off.own), digits(off.of_wad));
                let row = self.row(speed)?;
                table.push_str(&format!("{row} {own} | {of_wad} |\n"));
            }
        }
        match table.lines().count() {
            rows if rows == self.offs.len() => Ok(table),
            rows => Err(format!(
                "{} errors, but {rows} speeds for them",
                self.offs.len()
            )),
        }
    }

    fn rows(&self, of: impl Fn(&Speed) -> bool) -> Result<String, String> {
        let speeds = self.speeds.iter().filter(|speed| of(speed));
        speeds
            .map(|speed| self.row(speed).map(|row| row + "\n"))
            .collect()
    }

    /// Returns rows with a last column of multiples of a product.
    fn multiples(&self, of: impl Fn(&Speed) -> bool) -> Result<String, String> {
        let full = |speed: &&Speed| speed.case == FULL && speed.is_ours();
        let unit = self.speeds.iter().find(full);
        let unit = unit.ok_or_else(|| format!("{FULL}: nothing of {OURS}"))?;
        let speeds = self.speeds.iter().filter(|speed| of(speed));
        let row = |speed: &Speed| {
            let multiple = speed.nanoseconds / unit.nanoseconds;
            Ok(format!("{} {multiple:.1} |\n", self.row(speed)?))
        };
        speeds.map(row).collect()
    }

    /// Whether a case's products fit 128 bits, which is where plain integers are its peer.
    fn fits(&self, case: &str) -> bool {
        let mut of_case = self.speeds.iter().filter(|speed| speed.case == case);
        of_case.any(|speed| speed.peer == PLAIN)
    }

    /// Of each peer that computes all these kinds of products, the slowest kind's time to the
    /// fastest's.
    fn spreads(&self, of: impl Fn(&str) -> bool) -> String {
        let of_kind = |speed: &&Speed| is_product(speed) && of(&speed.case);
        let products: Vec<_> = self.speeds.iter().filter(of_kind).collect();
        let kinds = products.iter().filter(|speed| speed.is_ours()).count();
        let mut peers: Vec<&str> = Vec::new();
        for product in &products {
            if !peers.contains(&product.peer.as_str()) {
                peers.push(&product.peer);
            }
        }
        let spread = |peer: &&str| {
            let of_peer = products.iter().filter(|speed| speed.peer == *peer);
            let times: Vec<f64> = of_peer.map(|speed| speed.nanoseconds).collect();
            (times.len() == kinds).then(|| format!("{peer} {:.1}", spread(&times)))
        };
        peers
            .iter()
            .filter_map(spread)
            .collect::<Vec<_>>()
            .join(", ")
    }

    /// This workspace's slowest kind of product to its fastest.
    pub(super) fn spread_of_ours(&self) -> f64 {
        let ours = self
            .speeds
            .iter()
            .filter(|it| is_product(it) && it.is_ours());
        spread(&ours.map(|speed| speed.nanoseconds).collect::<Vec<_>>())
    }

    fn alone(&self) -> String {
        let mut table = String::new();
        for speed in self.speeds.iter().filter(|speed| self.is_alone(speed)) {
            let (case, time) = (&speed.case, speed.nanoseconds);
            // Writing to a String can't fail.
            let _ = writeln!(table, "| {case} | {time:.1} |");
        }
        table
    }

    fn is_alone(&self, speed: &Speed) -> bool {
        let mut others = self.speeds.iter().filter(|other| !other.is_ours());
        let tables = [is_schedule, is_swap, is_escrow, is_fee, is_collateral];
        !tables.iter().any(|has| has(speed)) && !others.any(|other| other.case == speed.case)
    }

    fn row(&self, speed: &Speed) -> Result<String, String> {
        let ours = self
            .speeds
            .iter()
            .find(|other| other.case == speed.case && other.is_ours());
        let ours = ours.ok_or_else(|| format!("{}: nothing of {OURS}", speed.case))?;
        let ratio = speed.nanoseconds / ours.nanoseconds;
        let (case, peer, time) = (&speed.case, &speed.peer, speed.nanoseconds);
        Ok(format!("| {case} | {peer} | {time:.1} | {ratio:.2} |"))
    }
}

fn spread(times: &[f64]) -> f64 {
    let slowest = times.iter().copied().fold(0.0, f64::max);
    slowest / times.iter().copied().fold(f64::INFINITY, f64::min)
}

fn is_schedule(speed: &Speed) -> bool {
    speed.case.starts_with("vesting")
}

fn is_swap(speed: &Speed) -> bool {
    speed.case.starts_with("pool")
}

fn is_escrow(speed: &Speed) -> bool {
    speed.case.starts_with("escrow")
}

fn is_fee(speed: &Speed) -> bool {
    speed.case.starts_with("fees")
}

fn is_collateral(speed: &Speed) -> bool {
    speed.case.starts_with("collateral")
}

fn is_product(speed: &Speed) -> bool {
    speed.case.starts_with("mul_div")
}

/// Three digits or so.
fn digits(number: f64) -> String {
    if !(0.001..10_000.0).contains(&number) {
        format!("{number:.1e}")
    } else if number >= 10.0 {
        format!("{number:.0}")
    } else {
        format!("{number:.3}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OURS: &str = "tokenomics-fixed-math";

    fn speed(case: &str, peer: &str, nanoseconds: f64) -> Speed {
        Speed {
            case: case.to_owned(),
            peer: peer.to_owned(),
            nanoseconds,
        }
    }

    fn page(speeds: Vec<Speed>) -> Page {
        let off = |peer: &str, own| Off {
            case: "exp".to_owned(),
            peer: peer.to_owned(),
            own,
            of_wad: own * 1e4,
        };
        Page {
            speeds,
            offs: vec![off(OURS, 0.4999), off("p", 2.0)],
            bytes: "| p | 9 |\n".to_owned(),
            machine: "m".to_owned(),
            versions: vec!["p 1.0.0".to_owned()],
        }
    }

    #[test]
    fn each_case_has_its_table() {
        let text = page(vec![
            speed("exp", OURS, 10.0),
            speed("exp", "p", 25.0),
            speed(FULL, OURS, 4.0),
            speed(FULL, "p", 2.0),
            speed(FULL, "some", 2.0),
            speed("mul_div, d", OURS, 10.0),
            speed("mul_div, d", "p", 3.0),
            speed("mul_div, d", PLAIN, 5.0),
            speed("mul_div, e", OURS, 8.0),
            speed("mul_div, e", "p", 3.0),
            speed("vesting, a", "tokenomics-vesting", 5.0),
            speed("vesting, a", "p", 10.0),
            speed("vesting, b", "tokenomics-vesting", 6.0),
            speed("alone", OURS, 7.0),
            speed("escrow, a total", "tokenomics-escrow-weighting", 4.0),
            speed("escrow, a total", "p", 50.0),
            speed("fees, a claim", "tokenomics-fee-split", 8.0),
            speed("fees, a claim", "p", 80.0),
            speed("collateral, a", "tokenomics-haircut-collateral", 6.0),
            speed("pool, s", "tokenomics-liquidity-curves", 20.0),
            speed("pool, s", "p", 50.0),
        ])
        .text()
        .unwrap();
        assert!(
            text.contains("| exp | p | 25.0 | 2.50 | 2.000 | 2.0e4 |\n"),
            "{text}"
        );
        assert!(text.contains("| mul_div, full 128-bit operands | p | 2.0 | 0.50 |\n"));
        assert!(text.contains("fastest: tokenomics-fixed-math 2.5, p 1.5.\n"));
        assert!(text.contains("bits: tokenomics-fixed-math 2.0, p 1.5.\n"));
        assert!(text.contains("| case | ns |\n| --- | --- |\n| alone | 7.0 |\n"));
        assert!(
            text.contains("| vesting, a | p | 10.0 | 2.00 |\n| vesting, b | tokenomics-vesting | ")
        );
        assert!(
            text.contains("| pool, s | p | 50.0 | 2.50 | 12.5 |\n"),
            "{text}"
        );
        assert!(text.contains("| escrow, a total | p | 50.0 | 12.50 |\n"));
        assert!(text.contains("| fees, a claim | p | 80.0 | 10.00 | 20.0 |\n"));
        let position = "| collateral, a | tokenomics-haircut-collateral | 6.0 | 1.00 | 1.5 |\n";
        assert!(text.contains(position));
        assert!(text.contains("m. p 1.0.0."));
        assert!(text.contains("\n\n| p | 9 |\n\n"));
    }

    #[test]
    fn how_much_the_operands_matter_is_known() {
        let of = |case: &str, peer, time| speed(&format!("mul_div, {case}"), peer, time);
        let speeds = vec![of("c", OURS, 4.0), of("d", OURS, 14.0), of("d", "p", 1.0)];
        assert_eq!(page(speeds).spread_of_ours(), 3.5);
    }

    #[test]
    fn a_case_without_ours_or_an_error_without_a_speed_is_no_page() {
        let without_ours = vec![
            speed("exp", OURS, 1.0),
            speed("exp", "p", 1.0),
            speed("mul_div", "p", 1.0),
        ];
        assert!(page(without_ours).text().is_err());
        assert!(page(vec![speed("exp", OURS, 1.0)]).text().is_err());
    }

    #[test]
    fn numbers_of_any_size_are_short() {
        for (number, text) in [
            (0.49987, "0.500"),
            (2.4, "2.400"),
            (529.4, "529"),
            (389_967_256_794.0, "3.9e11"),
            (4.3e-6, "4.3e-6"),
        ] {
            assert_eq!(digits(number), text);
        }
    }
}
