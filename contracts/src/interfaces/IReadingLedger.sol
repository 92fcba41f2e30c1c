// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IMeterDirectory} from "./IMeterDirectory.sol";
import {MeterState} from "../types/MeterState.sol";
import {Registers} from "../types/Registers.sol";
import {SkipReason} from "../types/SkipReason.sol";

/// @title ReadingLedger
/// @notice Believes a meter's signature and physics, nothing else, and mints a coin to the meter's
/// owner for every `whPerCoin` watt-hours that the meter fed out.
///
/// Anyone may submit a reading, and no role can mint. A reading counts if
///
///     its signer is enrolled, and active or closing,
///     its pagination is newer than the last accepted one,
///     no register decreased,
///     and it is plausible: earliest <= block time, where
///         need     = ceil(3600 x max(export increase, import increase) / maxPowerW)   [s]
///         slack    = 900 + ceil(3600 x whPerCoin / maxPowerW)                          [s]
///         start    = max(plausibleFrom, block time - 30 days)
///         earliest = start + need - slack
///
/// and then
///
///     plausibleFrom = max(start + need, takenAt if synchronised and past, block time - 30 days)
///     coins         = floor((export + mintOffset) / whPerCoin)
///                     - floor((export before + mintOffset) / whPerCoin), and none while closing.
///
/// The floors telescope: which of a meter's readings are submitted, and in which order, does not
/// change the coins in the end. Registers are cumulative: a reading that is lost, repeated, late
/// or out of order does no harm.
///
/// @dev The 30 days bound what a stolen key gains at once. A reading that needs more than 30 days
/// and the slack would never catch up with a start that moves along; so when one is first
/// presented in a batch, its start is kept, by its digest, and it counts unchanged at `earliest`.
///
/// Signed bytes, big-endian: pagination 4, exportWh 6, importWh 6, authorisedWh 6, returnedWh 6,
/// takenAt 5, status 2, and the signature. On secp256k1 that is r 32, yParity and s 32 (EIP-2098):
/// 99 in all. On P-256 it is r 32, s 32 and the public key, X 32 and Y 32: 163. Either curve's s is
/// low; the rules and events are the same, and meters of both live in one ledger.
interface IReadingLedger is IMeterDirectory {
    /// @notice A reading counted.
    /// @param coins Whole coins that it minted.
    event ReadingAccepted(
        address indexed meter,
        uint32 pagination,
        uint48 exportWh,
        uint48 importWh,
        uint48 authorisedWh,
        uint48 returnedWh,
        uint256 coins
    );

    /// @notice A reading of a batch did not count; the others are not touched by it.
    /// @param index Place in the batch, from 0.
    /// @param meter The recovered signer; zero where there is none. Never to be trusted as a name:
    /// the signer of a falsified reading is some random address.
    event ReadingSkipped(
        uint256 index, address indexed meter, uint32 pagination, SkipReason reason
    );

    /// @notice A reading needs more than 30 days and the slack; it counts from `earliest` on.
    event ReadingHeld(address indexed meter, uint32 pagination, uint256 earliest);

    /// @notice No signer can be recovered, or s is high.
    error SignatureInvalid();

    /// @notice The recovered signer is no meter of this ledger: another chain or ledger was signed
    /// for, or a bit is wrong.
    error MeterNotEnrolled(address signer);

    /// @notice The meter is suspended or dead.
    error MeterNotAccepting(address meter, MeterState state);

    /// @notice A cumulative register is below the accepted one, Wh.
    error RegisterDecreased(uint48 accepted, uint48 given);

    /// @notice More energy than rated power allows by now. Submit the same bytes from `earliest`
    /// on.
    error NotYetPlausible(uint256 earliest, uint256 blockTime);

    /// @notice whPerCoin is 1 to 100,000 and divides 10^18, so that a watt-hour is a whole amount.
    error WhPerCoinRefused(uint48 given);

    /// @notice Submits one reading. Reverts with the facts that disagree if it does not count.
    /// @param signedReading 99 bytes of a meter on secp256k1, or 163 of one on P-256.
    /// @return coins Whole coins that were minted to the meter's owner.
    function record(bytes calldata signedReading) external returns (uint256 coins);

    /// @notice Submits many readings of meters on secp256k1. One that does not count is skipped,
    /// with a reason in an event. Several of one meter count if they are in the order of their
    /// paginations.
    /// @dev Coins are minted once for a run of equal owners: sort by owner. Only a wrong length
    /// reverts, or too little gas.
    /// @param signedReadings 99 bytes each, one after the other.
    function recordBatch(bytes calldata signedReadings) external;

    /// @notice The same for meters on P-256.
    /// @dev On a chain without P256VERIFY at 0x100 a signature is computed in Solidity: see
    /// README.md for how many readings a transaction then holds.
    /// @param signedReadings 163 bytes each, one after the other.
    function recordBatchP256(bytes calldata signedReadings) external;

    /// @notice What would become of a reading if it were submitted now.
    /// @param signedReading As for record.
    /// @return meter The recovered signer; zero where there is none.
    /// @return reason Why it does not count; None if it does.
    /// @return earliest Block time from which the power rule lets it count; 0 if an earlier check
    /// fails.
    function check(bytes calldata signedReading)
        external
        view
        returns (address meter, SkipReason reason, uint256 earliest);

    /// @notice What was last accepted of a meter: at most what its newest signature says, and less
    /// until somebody submits that.
    function registersOf(address meter) external view returns (Registers memory);

    /// @notice Of the same, what redemptions are settled by, Wh: whoever needs these two alone pays
    /// less for them.
    function consumerRegistersOf(address meter)
        external
        view
        returns (uint256 importWh, uint256 returnedWh);

    /// @notice Whole coins minted for a meter since its enrolment, to all its owners. Computed from
    /// the registers by the formula above; what was fed out while closing is not in it.
    function mintedOf(address meter) external view returns (uint256 coins);

    /// @notice Energy, Wh below whPerCoin, of the coin that a meter has begun: what a successor
    /// takes over. Of a meter that is closing or dead, what it ended with.
    function carryWhOf(address meter) external view returns (uint48);

    /// @notice Energy that one coin stands for, Wh.
    function whPerCoin() external view returns (uint48);

    /// @notice The coin that this ledger mints, and nobody else: an IHeliosCoin.
    function coin() external view returns (address);

    /// @notice Where coins become energy again: an IRedemptions, which alone burns.
    function redemptions() external view returns (address);
}
