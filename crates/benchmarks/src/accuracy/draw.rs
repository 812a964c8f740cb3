//! Where inputs come from.

use dashu_int::{IBig, UBig};
use dashu_ratio::RBig;

use crate::functions::{Args, Argument, Function, Kind};
use crate::oracle::{Answer, Oracle};
use crate::random::Random;

/// How inputs are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Numbers of every size alike.
    AnySize,
    /// All numbers alike.
    AnyValue,
    /// Ends, trivial points, powers of 2 and 10, bounds of subranges, each a few units off; and what
    /// gives a result at or beside a boundary between two roundings.
    Hard,
}

const ONE: u128 = 1_000_000_000_000_000_000;
/// ln 2 in units of 1e-18: implementations cut the domain of the exponential by it.
const LN_2: u128 = 693_147_180_559_945_309;

/// One input.
pub fn draw(function: &Function, oracle: &mut Oracle, random: &mut Random, style: Style) -> Args {
    let mut args = Args::default();
    for (raw, argument) in args.iter_mut().zip(function.arguments) {
        *raw = match style {
            Style::Hard if random.rarely(4) => one(*argument, random, Style::AnySize),
            style => one(*argument, random, style),
        };
    }
    if style != Style::Hard || random.rarely(4) {
        (function.temper)(random, &mut args);
    } else if random.rarely(2) {
        if let Some(first) = beside_a_boundary(function, oracle, random, &args) {
            args[0] = first;
        }
    }
    args
}

fn one(argument: Argument, random: &mut Random, style: Style) -> u128 {
    let Argument { kind, down, up } = argument;
    match style {
        Style::AnySize => {
            let negative = down > 0 && (up == 0 || random.rarely(2));
            let magnitude = random.any_size_up_to(if negative { down } else { up });
            signed(negative, magnitude)
        }
        // No span of a type is 2^128 or more.
        Style::AnyValue => random.up_to(down.wrapping_add(up)).wrapping_sub(down),
        Style::Hard => loop {
            let negative = kind.lowest() > 0 && random.rarely(2);
            let magnitude = IBig::from(landmark(argument, random));
            let off = IBig::from(random.below(7)) - 3;
            let magnitude: IBig = magnitude + off;
            let raw = if negative { -magnitude } else { magnitude };
            if let Some(bits) = kind.bits(&raw) {
                break bits;
            }
        },
    }
}

fn signed(negative: bool, magnitude: u128) -> u128 {
    if negative {
        magnitude.wrapping_neg()
    } else {
        magnitude
    }
}

/// A magnitude about which something may change.
fn landmark(argument: Argument, random: &mut Random) -> u128 {
    let Argument { kind, down, up } = argument;
    let scale = if kind.unit() == UBig::ONE { 1 } else { ONE };
    match random.below(10) {
        0 => 0,
        1 => scale,
        2 => random.one_of(&[down, up, kind.lowest(), kind.highest()]),
        3 => 1 << random.below(128),
        4 => 10_u128.pow(random.below(39) as u32),
        // Whole numbers, and wholes shifted.
        5 => scale.saturating_mul(random.bits(7)),
        6 => match random.below(128) {
            shift if shift < 64 => scale.checked_shl(shift as u32).unwrap_or(scale),
            shift => scale >> (shift - 64).min(60),
        },
        // Multiples of small parts of 1 and of ln 2.
        7 => random.bits(12) * (scale >> random.below(10)),
        8 => random.bits(7) * (LN_2 >> random.below(10)),
        // Few digits.
        _ => {
            let digits = random
                .up_to(999)
                .saturating_mul(10_u128.pow(random.below(39) as u32));
            digits.min(kind.highest())
        }
    }
}

/// A first argument whose result lies at, or beside, a unit or a half of one.
fn beside_a_boundary(
    function: &Function,
    oracle: &mut Oracle,
    random: &mut Random,
    args: &Args,
) -> Option<u128> {
    let solve = function.solve?;
    let result = Argument {
        kind: function.result,
        down: function.result.lowest(),
        up: function.result.highest(),
    };
    let style = random.one_of(&[Style::AnySize, Style::AnySize, Style::Hard]);
    let units = function.result.integer(one(result, random, style));
    let halves = (units << 1) + IBig::from(random.below(2));
    let target = RBig::from_parts(halves, function.result.unit() * 2_u8);
    let kind: Kind = function.arguments[0].kind;
    let values = function.values(args);
    match solve(oracle, &target, &values, &kind.unit()) {
        Answer::Real(real) => kind.bits(&(real.floor + IBig::from(random.below(4)) - 1)),
        _ => None,
    }
}
