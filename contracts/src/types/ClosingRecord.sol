// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @notice What a ledger keeps of a meter that is closing or dead: one slot.
/// @param since Unix seconds at which the meter went into closing; 0 before.
/// @param isFinalImportOffered Whether the owner has said where his kWh meter stands.
/// @param finalImportWh Import register that the owner has read off his kWh meter, Wh.
/// @param successor The meter that replaced it and took over the part of a coin; zero: none did.
struct ClosingRecord {
    uint40 since;
    bool isFinalImportOffered;
    uint48 finalImportWh;
    address successor;
}
