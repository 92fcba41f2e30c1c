// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @dev What is traded for what, and in which steps: one slot.
/// @param token What is paid with: an ERC-20, or zero for the chain's own coin.
/// @param lotWh Energy of a lot, Wh. Quantities are whole lots.
/// @param unitsPerTick Smallest units of the token that a lot costs for each tick of its price.
struct Market {
    address token;
    uint32 lotWh;
    uint64 unitsPerTick;
}
