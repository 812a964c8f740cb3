//! The encoded length of each type that has a largest size, for an account that is made before its value.

use tokenomics_fixed_math::{
    encoded_len, Amount, Fraction, PackedError, Ratio, Span, Timestamp, U256,
};

use crate::{
    AnnouncedRates, ChangeRules, ClosedGeneration, DelayedRates, DelayedRatesState, Divided,
    EpochCursor, EpochPayment, EpochPot, EpochReading, EpochSum, EpochTerms, EpochTermsParams,
    EpochsState, Error, ExactAmount, FlooredSplit, Gain, HeldFraction, LinearEpochsState,
    MultiPosition, MultiRewardPool, PendingPayout, Position, Quantity, ReferralChain, Referrals,
    RemainderSplit, RewardPool, RewardPoolState, RewardStream, RewardStreamState, SplitStream,
    SplitStreamState, Stake, StakePoolState, StakeState, StreamedPool, StreamedPoolState,
    SurplusBuffer, Tier, TierState, Vault, VaultFees, VaultLoss, VaultState, VaultTerms, Waterfall,
    WaterfallState, WeightLine, WeightedSplit, Withdrawal, ZeroShares, ZeroWeight,
};

encoded_len! {
    struct [] ChangeRules: Span, Fraction;
    struct [] ClosedGeneration: Amount, Amount, U256;
    struct [] EpochCursor: u32, U256;
    struct [] EpochPayment: Amount, bool;
    struct [] EpochPot: u64, Amount, U256, U256;
    struct [] EpochSum: U256, U256, U256, U256;
    struct [] EpochTerms: Timestamp, Span, EpochReading, ZeroWeight, Option<Span>;
    struct [] EpochTermsParams: Timestamp, Span, EpochReading, ZeroWeight, Option<Span>;
    struct [] EpochsState: EpochTerms, Timestamp, u32, u32, u32, Amount, Amount, Amount, Amount, Amount, U256, Amount;
    struct [] ExactAmount: Amount, Fraction;
    struct [] Gain: Amount, Amount, u128;
    struct [] HeldFraction: u64, u64;
    struct [] LinearEpochsState: EpochsState, U256;
    struct [] PendingPayout: ExactAmount;
    struct [] Position: Amount, U256, U256;
    struct [] RewardPool: RewardPoolState;
    struct [] RewardPoolState: Amount, U256, Amount, Amount, Amount, Amount;
    struct [] RewardStream: RewardStreamState;
    struct [] RewardStreamState: U256, U256, U256, Timestamp;
    struct [] Stake: StakeState;
    struct [] StakePoolState: RewardPoolState, Amount, Amount, u32, Amount;
    struct [] StakeState: u32, Amount, Ratio, U256, U256, Amount;
    struct [] StreamedPool: StreamedPoolState;
    struct [] StreamedPoolState: ZeroShares, Amount, U256, Amount, RewardStreamState, U256, Amount, Amount;
    struct [] SurplusBuffer: Amount, Amount;
    struct [] Vault: VaultState;
    struct [] VaultFees: u128, u128;
    struct [] VaultLoss: Amount, Amount, Amount;
    struct [] VaultState: VaultTerms, Timestamp, Amount, Amount, Amount, Amount, Amount, u64, Amount, Ratio, Amount, Ratio, u64, u64;
    struct [] VaultTerms: u8, Fraction, Fraction, Span, Span;
    struct [] WeightLine: Timestamp, Timestamp, U256, U256, bool;
    struct [] Withdrawal: Amount, u64, Timestamp;
    struct [const L: usize] ReferralChain<L>: [Fraction; L];
    struct [const L: usize] Referrals<L>: [ExactAmount; L], ExactAmount;
    struct [const M: usize] Tier<M>: Amount, WeightedSplit<M>;
    struct [const M: usize] TierState<M>: Amount, Amount, [u64; M];
    struct [const N: usize] AnnouncedRates<N>: [Fraction; N], Timestamp;
    struct [const N: usize] DelayedRates<N>: DelayedRatesState<N>;
    struct [const N: usize] DelayedRatesState<N>: ChangeRules, [Fraction; N], Option<AnnouncedRates<N>>, Timestamp;
    struct [const N: usize] Divided<N>: [Amount; N], Amount;
    struct [const N: usize] FlooredSplit<N>: WeightedSplit<N>;
    struct [const N: usize] MultiPosition<N>: [Position; N];
    struct [const N: usize] MultiRewardPool<N>: [RewardPoolState; N];
    struct [const N: usize] RemainderSplit<N>: WeightedSplit<N>;
    struct [const N: usize] SplitStream<N>: SplitStreamState<N>;
    struct [const N: usize] SplitStreamState<N>: [u64; N], [HeldFraction; N];
    struct [const N: usize] WeightedSplit<N>: [u64; N];
    struct [const T: usize, const M: usize] Waterfall<T, M>: WaterfallState<T, M>;
    struct [const T: usize, const M: usize] WaterfallState<T, M>: [TierState<M>; T], SplitStreamState<M>;
    enum [] EpochReading: ();
    enum [] Error: (Quantity, u128, u128), (u64, Timestamp), (u64), (u32), (u32, u128), (Timestamp, Timestamp), (PackedError);
    enum [] ZeroShares: ();
    enum [] ZeroWeight: ();
}
