// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {HeliosCoin} from "./HeliosCoin.sol";
import {MeterDirectory} from "./MeterDirectory.sol";
import {IReadingLedger} from "./interfaces/IReadingLedger.sol";
import {IRedemptions} from "./interfaces/IRedemptions.sol";
import {Curve} from "./types/Curve.sol";
import {MeterState} from "./types/MeterState.sol";
import {PackedConfiguration} from "./types/PackedConfiguration.sol";
import {PackedRegisters} from "./types/PackedRegisters.sol";
import {Registers} from "./types/Registers.sol";
import {SignedReading, readingAt, signedReadingBytes} from "./types/SignedReading.sol";
import {SkipReason} from "./types/SkipReason.sol";
import {Verdict} from "./types/Verdict.sol";

/// @title ReadingLedger
/// @notice Believes a meter's signature and physics, and mints. See IReadingLedger.
contract ReadingLedger is MeterDirectory, IReadingLedger {
    /// @dev Units of the coin: ERC-20 with 18 decimals.
    uint256 private constant UNITS_PER_COIN = 1e18;

    /// @dev Keeps the slack of a meter of 1 W below 12 years, so that plausibleFrom fits 32 bits.
    uint256 private constant WH_PER_COIN_MAX = 100_000;

    /// @dev The most that a meter's plausibleFrom lags block time.
    uint256 private constant LAG_MAX_S = 30 days;

    /// @dev takenAt is rounded down to the quarter of an hour.
    uint256 private constant SLACK_S = 15 minutes;

    uint256 private constant SECONDS_PER_HOUR = 3600;

    /// @inheritdoc IReadingLedger
    uint48 public immutable whPerCoin;

    HeliosCoin private immutable _coin;
    IRedemptions private immutable _redemptions;

    /// @dev Where the power rule began to count a reading that needs more than 30 days and the
    /// slack.
    mapping(bytes32 digest => uint256) private _heldFrom;

    /// @param whPerCoin_ Energy of one coin, Wh: 1 to 100,000, a divisor of 10^18.
    /// @param maxMeterPowerW_ Highest rated power of a meter, W.
    /// @param admin_ Who gives budgets.
    /// @param enroller First enroller.
    /// @param budgetW His power budget, W.
    /// @param maxOpenWh Largest open rest of a meter in Redemptions, Wh.
    constructor(
        uint48 whPerCoin_,
        uint32 maxMeterPowerW_,
        address admin_,
        address enroller,
        uint64 budgetW,
        uint48 maxOpenWh
    ) MeterDirectory(maxMeterPowerW_, admin_, enroller, budgetW) {
        if (whPerCoin_ == 0 || whPerCoin_ > WH_PER_COIN_MAX || UNITS_PER_COIN % whPerCoin_ != 0) {
            revert WhPerCoinRefused(whPerCoin_);
        }

        whPerCoin = whPerCoin_;
        _coin = new HeliosCoin(whPerCoin_, maxOpenWh);
        _redemptions = IRedemptions(_coin.redemptions());
    }

    /// @inheritdoc IReadingLedger
    function record(bytes calldata signedReading) external returns (uint256 coins) {
        (SignedReading reading, Curve curve) = _readingIn(signedReading);
        Verdict memory verdict;
        _judge(verdict, reading, curve, reading.digest(_domainSeparatorV4()));

        if (verdict.reason != SkipReason.None) _revertFor(verdict, reading);

        coins = _accept(verdict, reading);
        if (coins != 0) _mint(verdict.configuration.owner(), coins);
    }

    /// @inheritdoc IReadingLedger
    function recordBatch(bytes calldata signedReadings) external {
        _recordAll(signedReadings, Curve.Secp256k1);
    }

    /// @inheritdoc IReadingLedger
    function recordBatchP256(bytes calldata signedReadings) external {
        _recordAll(signedReadings, Curve.P256);
    }

    /// @inheritdoc IReadingLedger
    function check(bytes calldata signedReading)
        external
        view
        returns (address meter, SkipReason reason, uint256 earliest)
    {
        (SignedReading reading, Curve curve) = _readingIn(signedReading);
        Verdict memory verdict;
        _judge(verdict, reading, curve, reading.digest(_domainSeparatorV4()));
        return (verdict.meter, verdict.reason, verdict.earliest);
    }

    /// @inheritdoc IReadingLedger
    function registersOf(address meter) external view returns (Registers memory) {
        return _registers[meter].unpack();
    }

    /// @inheritdoc IReadingLedger
    function consumerRegistersOf(address meter)
        external
        view
        returns (uint256 importWh, uint256 returnedWh)
    {
        PackedRegisters registers = _registers[meter];
        return (registers.importWh(), registers.returnedWh());
    }

    /// @inheritdoc IReadingLedger
    function mintedOf(address meter) external view returns (uint256 coins) {
        uint48 fromWh = _enrolments[meter].exportWh;
        return _coinsBetween(_configurations[meter].mintOffsetWh(), fromWh, _mintingUpToWh(meter));
    }

    /// @inheritdoc IReadingLedger
    function carryWhOf(address meter) external view returns (uint48) {
        return _carryWhOf(meter);
    }

    /// @inheritdoc IReadingLedger
    function coin() external view returns (address) {
        return address(_coin);
    }

    /// @inheritdoc IReadingLedger
    function redemptions() external view returns (address) {
        return address(_redemptions);
    }

    /// @dev A batch: the length cannot tell the curve, since 163 readings of 99 bytes are as long
    /// as 99 of 163.
    function _recordAll(bytes calldata packed, Curve curve) private {
        uint256 bytesEach = signedReadingBytes(curve);
        uint256 count = packed.length / bytesEach;
        if (count == 0 || packed.length % bytesEach != 0) {
            revert SignedReadingsLength(packed.length);
        }

        bytes32 domain = _domainSeparatorV4();
        Verdict memory verdict;
        address runOwner;
        uint256 runCoins;

        for (uint256 i = 0; i < count; ++i) {
            SignedReading reading = readingAt(packed, i, bytesEach);
            (address owner, uint256 coins) = _acceptOrSkip(verdict, i, reading, curve, domain);
            if (coins == 0) continue;

            // A run of one owner is minted at once; what mints nothing does not end it.
            if (owner != runOwner) {
                if (runCoins != 0) _mint(runOwner, runCoins);
                (runOwner, runCoins) = (owner, 0);
            }
            // Fits: each is below 2^48.
            unchecked {
                runCoins += coins;
            }
        }

        if (runCoins != 0) _mint(runOwner, runCoins);
    }

    /// @dev One reading of a batch: nothing in here reverts, whatever its bytes are.
    function _acceptOrSkip(
        Verdict memory verdict,
        uint256 index,
        SignedReading reading,
        Curve curve,
        bytes32 domain
    ) private returns (address owner, uint256 coins) {
        bytes32 digest = reading.digest(domain);
        _judge(verdict, reading, curve, digest);

        if (verdict.reason == SkipReason.None) {
            return (verdict.configuration.owner(), _accept(verdict, reading));
        }

        uint32 pagination = reading.claimed().pagination();
        if (verdict.reason == SkipReason.NotYetPlausible) _hold(verdict, digest, pagination);
        emit ReadingSkipped(index, verdict.meter, pagination, verdict.reason);
    }

    /// @dev Runs every check, in the order of SkipReason, and writes `verdict` over: a batch
    /// reuses one, since memory costs the square of its size. Changes no state, reverts never.
    function _judge(Verdict memory verdict, SignedReading reading, Curve curve, bytes32 digest)
        private
        view
    {
        address meter = reading.signature().signer(curve, digest);
        PackedConfiguration configuration = _configurations[meter];
        PackedRegisters accepted = _registers[meter];
        PackedRegisters claimed = reading.claimed();
        verdict.meter = meter;
        verdict.configuration = configuration;
        verdict.accepted = accepted;

        MeterState state = configuration.state();
        if (meter == address(0)) {
            verdict.reason = SkipReason.SignatureInvalid;
        } else if (state == MeterState.None) {
            verdict.reason = SkipReason.MeterNotEnrolled;
        } else if (state != MeterState.Active && state != MeterState.Closing) {
            verdict.reason = SkipReason.MeterNotAccepting;
        } else if (claimed.pagination() <= accepted.pagination()) {
            verdict.reason = SkipReason.PaginationNotNewer;
        } else if (accepted.hasDecreased(claimed)) {
            verdict.reason = SkipReason.RegisterDecreased;
        } else {
            _judgePower(verdict, reading, digest, accepted.increaseTo(claimed));
        }
    }

    /// @dev The power rule, as IReadingLedger states it.
    function _judgePower(
        Verdict memory verdict,
        SignedReading reading,
        bytes32 digest,
        PackedRegisters increase
    ) private view {
        // Terms are below 2^61 and times below 2^62: sums and products stay far within a word.
        unchecked {
            uint256 maxPowerW = verdict.configuration.maxPowerW();
            uint256 need = _secondsUp(_max(increase.exportWh(), increase.importWh()), maxPowerW);
            uint256 slack = SLACK_S + _secondsUp(whPerCoin, maxPowerW);
            uint256 lagging = block.timestamp > LAG_MAX_S ? block.timestamp - LAG_MAX_S : 0;

            // No wait lets a start that moves along with time reach such a reading: keep its
            // first.
            uint256 heldFrom = need > LAG_MAX_S + slack ? _heldFrom[digest] : 0;
            uint256 start =
                _max(verdict.accepted.plausibleFrom(), heldFrom == 0 ? lagging : heldFrom);
            uint256 end = start + need;

            verdict.start = start;
            verdict.earliest = end > slack ? end - slack : 0;
            if (end > block.timestamp + slack) {
                verdict.reason = SkipReason.NotYetPlausible;
                return;
            }

            end = _max(end, lagging);
            if (reading.isTimeSynchronised()) {
                uint256 takenAt = reading.takenAt();
                end = _max(end, takenAt < block.timestamp ? takenAt : block.timestamp);
            }
            verdict.plausibleFrom = end;
            verdict.reason = SkipReason.None;
        }
    }

    /// @dev Seconds that `energyWh`, below 2^48, takes at rated power, rounded up: down would give
    /// a second of power to each of many small readings. Rated power is above 0: enrol sees to it.
    function _secondsUp(uint256 energyWh, uint256 maxPowerW) private pure returns (uint256) {
        unchecked {
            return (energyWh * SECONDS_PER_HOUR + maxPowerW - 1) / maxPowerW;
        }
    }

    function _max(uint256 a, uint256 b) private pure returns (uint256) {
        return a > b ? a : b;
    }

    /// @dev Keeps the start of a reading that would else never count. Who submits it pays for it.
    function _hold(Verdict memory verdict, bytes32 digest, uint32 pagination) private {
        if (_heldFrom[digest] != 0) return;
        // The same as need > LAG_MAX_S + slack: within reach, time alone does it.
        if (verdict.earliest <= verdict.start + LAG_MAX_S) return;

        _heldFrom[digest] = verdict.start;
        emit ReadingHeld(verdict.meter, pagination, verdict.earliest);
    }

    /// @dev Advances the meter's registers. Minting is the caller's, after all effects.
    function _accept(Verdict memory verdict, SignedReading reading)
        private
        returns (uint256 coins)
    {
        PackedRegisters claimed = reading.claimed();
        PackedConfiguration configuration = verdict.configuration;
        if (configuration.state() == MeterState.Active) {
            coins = _coinsBetween(
                configuration.mintOffsetWh(), verdict.accepted.exportWh(), claimed.exportWh()
            );
        }

        // Fits: at most block time and the slack, below 2^32 until 2094.
        _registers[verdict.meter] = claimed.withPlausibleFrom(uint32(verdict.plausibleFrom));
        emit ReadingAccepted(
            verdict.meter,
            claimed.pagination(),
            claimed.exportWh(),
            claimed.importWh(),
            claimed.authorisedWh(),
            claimed.returnedWh(),
            coins
        );
    }

    /// @dev Whole coins between two export registers. Both floors are on one scale, so that they
    /// telescope: no fraction is lost or counted twice, however many readings lie between.
    function _coinsBetween(uint48 mintOffsetWh, uint48 fromWh, uint48 toWh)
        private
        view
        returns (uint256)
    {
        unchecked {
            uint256 offsetWh = mintOffsetWh;
            return (offsetWh + toWh) / whPerCoin - (offsetWh + fromWh) / whPerCoin;
        }
    }

    /// @dev The coin is this ledger's own and calls nobody when it mints. Fits: a run is at most
    /// 2^48 coins a reading.
    function _mint(address owner, uint256 coins) private {
        unchecked {
            _coin.mint(owner, coins * UNITS_PER_COIN);
        }
    }

    /// @dev Says why a reading that stands alone does not count, with the facts that disagree.
    function _revertFor(Verdict memory verdict, SignedReading reading) private view {
        PackedRegisters accepted = verdict.accepted;
        PackedRegisters claimed = reading.claimed();
        SkipReason reason = verdict.reason;

        if (reason == SkipReason.SignatureInvalid) revert SignatureInvalid();
        if (reason == SkipReason.MeterNotEnrolled) revert MeterNotEnrolled(verdict.meter);
        if (reason == SkipReason.MeterNotAccepting) {
            revert MeterNotAccepting(verdict.meter, verdict.configuration.state());
        }
        if (reason == SkipReason.PaginationNotNewer) {
            revert PaginationNotNewer(accepted.pagination(), claimed.pagination());
        }
        if (reason == SkipReason.NotYetPlausible) {
            revert NotYetPlausible(verdict.earliest, block.timestamp);
        }
        _requireNotDecreased(accepted.exportWh(), claimed.exportWh());
        _requireNotDecreased(accepted.importWh(), claimed.importWh());
        _requireNotDecreased(accepted.authorisedWh(), claimed.authorisedWh());
        _requireNotDecreased(accepted.returnedWh(), claimed.returnedWh());
    }

    function _requireNotDecreased(uint48 accepted, uint48 given) private pure {
        if (given < accepted) revert RegisterDecreased(accepted, given);
    }

    /// @dev Export register up to which the meter's energy is minted, Wh.
    function _mintingUpToWh(address meter) private view returns (uint48) {
        bool isClosed = _configurations[meter].state() >= MeterState.Closing;
        return isClosed ? _enrolments[meter].closedExportWh : _registers[meter].exportWh();
    }

    /// @dev The offset with which (export + offset) mod whPerCoin starts at the carry, which is
    /// below whPerCoin.
    function _mintOffsetWh(uint48 exportWh, uint48 carryWh)
        internal
        view
        override
        returns (uint48)
    {
        return (whPerCoin + carryWh - exportWh % whPerCoin) % whPerCoin;
    }

    /// @dev Fits: it is below whPerCoin.
    function _carryWhOf(address meter) internal view override returns (uint48) {
        uint256 offsetWh = _configurations[meter].mintOffsetWh();
        return uint48((offsetWh + _mintingUpToWh(meter)) % whPerCoin);
    }

    function _isOwnContract(address account) internal view override returns (bool) {
        return
            account == address(this) || account == address(_coin)
                || account == address(_redemptions);
    }

    function _settle(address meter) internal override {
        _redemptions.settle(meter);
    }

    function _closeAccount(address meter, uint48 finalImportWh) internal override {
        _redemptions.close(meter, finalImportWh);
    }
}
