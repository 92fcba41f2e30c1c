// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @notice What a ledger does with the readings of a meter. A meter goes from None to Active, to
/// and fro between Active and Suspended, from either to Closing, and from there to Dead; no other
/// way.
enum MeterState {
    // Never enrolled here: the value of an empty slot.
    None,
    // Readings are accepted and minted.
    Active,
    // Readings are refused until the meter is resumed. Registers are cumulative: nothing is lost.
    Suspended,
    // Readings are accepted and settled, and mint nothing.
    Closing,
    // Nothing is accepted, for good.
    Dead
}
