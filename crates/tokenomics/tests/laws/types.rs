//! The public types that are stored, which the matrix of codecs and the law of hostile bytes go through.

/// Hands all stored types to another macro: those of each crate, each with where its values come from:
/// `read` of bytes, `drawn` by its generator, `drawn_list` if it has no largest size, or `given`.
macro_rules! stored_types {
    ($then:ident) => {
        $then! {
            fixed_math {
                drawn Amount; drawn Timestamp; drawn TimestampNanos; drawn Span; drawn Fraction; drawn Wad; drawn SignedWad;
                drawn Ratio; drawn U256; drawn Decimals; drawn Rounding;
                read Quantity; read Error; read ParseError; read PackedError;
            }
            vesting {
                drawn Allocation; drawn Cliff; drawn Linear; drawn LumpLinear; drawn Step; drawn Calendar;
                drawn Power; drawn Exponential; drawn Logistic; read StepParams; read CalendarParams;
                drawn_list Tranches<Vec<Point>>; drawn_list Piecewise<Vec<Point>>;
                drawn_list Graded<Vec<Point<Fraction>>>; drawn_list SimpleSchedule; drawn_list AnySchedule;
                drawn Gate<Linear>; drawn Shift<Linear>; drawn Scale<Linear>; drawn Truncate<Linear>;
                read Sum<Cliff, Cliff>; read Min<Cliff, Linear>; drawn Grant<Linear>; drawn GrantState;
                drawn Milestones; read Point; read PriceGate; read Observation; read Cumulative;
                given PriceTerms<[(Ratio, Fraction); 1]> = price_terms();
                read Date; read Piece; read SlashFrom; read Bracket; read AggregateHead; read Node;
                read Quantity; read Error;
            }
            emission_curves {
                drawn Constant; drawn LinearRate; drawn Exponential; drawn Geometric; drawn Compounding;
                drawn Logistic; drawn Disinflation; drawn GeometricEpochs<ArrayEpochs<8>>; drawn Decay;
                drawn Baseline; drawn_list SimpleCurve; read ArrayEpochs<2>; read Epoch; read Drift;
                read Point; read StepEpochs<[Point; 2]>; read Capped<Constant>; read Tail<Constant>;
                read PerBlock<Constant>; read Phase<Constant>; read Phases<[Phase<Constant>; 1]>;
                read GeometricParams; read GeometricEpochsParams; read CompoundingParams;
                read DisinflationParams; read Quantity; read Error;
            }
            rate_controllers {
                drawn AdaptiveRate; drawn BaseFee; drawn BlobFee; drawn KinkedRate; drawn NposInflation; drawn Pid;
                drawn SqrtIssuance; drawn SupplyTarget; drawn TargetBonded;
                read AdaptiveRateParams; read BaseFeeParams; read BlobFeeParams; read KinkedRateParams;
                read NposInflationParams; read PidParams; read SqrtIssuanceParams; read SupplyTargetParams;
                read TargetBondedParams; read AdaptiveRateState; read KinkedRateState; read NposInflationState;
                read PidState; read TargetBondedState; read BlobExponential; read RebaseRule; read SupplyChange;
                read Burn; read BlobReserve; read Quantity; read Error;
            }
            escrow_weighting {
                drawn Terms; drawn Lock; drawn LockKind; read TermsParams; read Growth; read Power; read Boost;
                read Landrush; read Exit; read ExitPenalty; read Cooldown; read Cooling; read Closed; read Choice;
                read Tally; read Conviction; read Support; read Shares<u32, 2>; read Delegated<u32, 2>; read Line;
                read LengthTable<2>; read EscrowHead; read Checkpoint; read HistoryHead; read NamedHead;
                read Node; read Ring<2>; read RingHead; read RingState<2>; read RingSlot; read GaugesHead;
                read Listing; read GaugeKey<u32>; read GaugeVote<u32, 2>; read Quantity; read Error;
            }
            fee_split {
                drawn WeightedSplit<3>; drawn SplitStream<3>; drawn RewardStream; drawn EpochTerms; drawn VaultTerms;
                drawn ZeroShares; read RemainderSplit<2>; read FlooredSplit<2>; read SplitStreamState<2>;
                read HeldFraction; read RewardStreamState; read EpochTermsParams; read EpochReading; read ZeroWeight;
                read EpochsState; read EpochPot; read EpochCursor; read EpochSum; read EpochPayment;
                read LinearEpochsState; read WeightLine; read ChangeRules; read AnnouncedRates<2>;
                given DelayedRates<2> = delayed_rates(); read DelayedRatesState<2>; read Divided<2>;
                read Referrals<2>; read ReferralChain<2>; read ExactAmount; read PendingPayout; read RewardPool;
                read RewardPoolState; read Position; read MultiRewardPool<2>; read MultiPosition<2>;
                read StreamedPool; read StreamedPoolState; read StakePoolState; read Stake; read StakeState;
                read ClosedGeneration; read SurplusBuffer; given Vault = vaults(); read VaultState; read VaultFees;
                read VaultLoss; read Gain; read Withdrawal; read Tier<2>; read TierState<2>;
                given Waterfall<1, 2> = waterfalls(); read WaterfallState<1, 2>; read Quantity; read Error;
            }
            haircut_collateral {
                drawn Haircut; drawn Margin; drawn Holding; drawn Debt; drawn Account<2>; drawn AccountState<2>;
                read WrittenOff<2>; drawn Composition; drawn ConcentrationCap; drawn ConcentrationThreshold;
                drawn Confidence; drawn DepthBudget; drawn EarlyExit; drawn GroupSet; drawn LiquidityRange;
                drawn PriceAge; drawn SquareRootSize; drawn TimeToExit; drawn Volatility; drawn Correlation;
                drawn CorrelationMatrix; drawn CorrelationOffset; drawn CorrelationStress; read DiversifiedRisk;
                drawn Payer; drawn PostedMeans; read ProtectedHolding; drawn Protection; drawn ProtectionTerms;
                read Action; read Breach; read Certificate; read Liquidation; read Pair; drawn CloseFactor;
                drawn Decay; drawn DutchAuction; drawn FixedIncentive; drawn HealthIncentive; drawn Incentive;
                drawn LiquidationTerms; drawn ThresholdIncentive; drawn Cap; drawn CircuitBreaker;
                drawn CircuitBreakerState; drawn GrowthCap; drawn GrowthCapState; drawn GrowthCapTerms;
                drawn RatioSnapshot; drawn Isolation; drawn LossShares; drawn TrancheState; read AbsorbedLoss<2>;
                drawn LossWaterfall<2>; drawn LossWaterfallState<2>; drawn RateLimit; drawn RateLimitState;
                drawn Band; drawn BandGrid; drawn BandPosition<2>; drawn BandPositionState<2>; read BandTrade;
                drawn SoftLiquidationState; drawn PoolDeposit; drawn PoolDepositState; drawn StabilityPoolState;
                read Trade; drawn TreasuryAsset; read Quantity; read Error;
            }
            liquidity_curves {
                drawn Amplification; drawn Arbitrage; drawn BlockTimes; drawn ConcentratedParams;
                drawn ConcentratedPosition; drawn ConstantProduct; drawn Fee; drawn GradualWeights<2>; drawn Kyle;
                drawn Ladder<2>; drawn OptimalSchedule; drawn PrimaryMarket; drawn PrimaryMarketParams;
                drawn ResilientBook; drawn Sell; drawn SqrtPrice; drawn StableSwap<2>; drawn Tick;
                drawn Weighted<2>; read ConcentratedPositionState; given ConcentratedState = concentrated();
                read Exact; read FeeGrowth; read ProtocolFees; given Range = ranges();
                read SwapStep; read TickState; read ConstantProductState; read ContinuousSchedule; read Impact;
                read ResilientBookState; read LadderState<2>; read Level; read Liquidity<2>; read Minted;
                read Redeemed; read Redemption; read Ticket; read PrimaryMarketState; read Route<2>;
                read StableSwapState<2>; read WeightedState<2>; read Swap; read Quantity; read Error;
            }
        }
    };
}

pub(crate) use stored_types;
