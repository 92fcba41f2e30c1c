// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @title MeterState
/// @notice What a ledger does with the readings of a meter. The only ways are None to Active; Active
/// to and from Suspended; Active or Suspended to Closing; Closing to Dead.
enum MeterState {
    // Never enrolled here: the value of an empty slot.
    None,
    // Readings are accepted and minted.
    Active,
    // Readings are refused until the meter is resumed; nothing is lost, registers are cumulative.
    Suspended,
    // Readings are accepted and settled, and mint nothing.
    Closing,
    // Nothing is accepted, for good.
    Dead
}
