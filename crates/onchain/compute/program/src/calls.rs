//! The list of the calls.

use crate::{mechanisms, numbers, peers, Operands};

macro_rules! calls {
    ($($module:ident: $($name:ident)+;)+) => {
        /// A call that an instruction can ask for.
        #[allow(non_camel_case_types, reason = "named after the functions")]
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[repr(u64)]
        pub enum Call {
            $($($name,)+)+
        }

        /// Makes the call of that number; all ones where there is none.
        pub fn run(call: u64, operands: &Operands) -> u64 {
            $($(
                if call == Call::$name as u64 {
                    return $module::$name(operands);
                }
            )+)+
            u64::MAX
        }
    };
}

calls! {
    numbers: nothing mul_div mul_div_ceil mul_div_half_even exp ln pow powi sqrt product;
    peers: by_hand_mul_div ruint_mul_div uint_mul_div rust_decimal_mul_div fixed_mul_div
        fixed_exp fixed_ln fixed_pow fixed_sqrt
        brine_exp brine_ln brine_pow
        solmath_exp solmath_ln solmath_pow
        by_hand_vested;
    mechanisms: linear_vested grant_made grant_claim lock_weight
        pool_made pool_claim pool_set_shares pool_funded
        escrow_1 escrow_total_1 basket_made basket_healthy;
}
