// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @dev How far an auction is cleared: two slots, of which settling an order reads the second.
/// Lots in all fit: 1024 levels of less than 2^48.
/// @param cursor Levels walked: the first 1024 add up demand, the next ones look for the price.
/// @param demand Lots of the bids found so far; in the second walk, of those at the next tick and
/// above.
/// @param supply Lots of the asks at the ticks that the second walk has passed.
/// @param lowestTicks Lowest of the best ticks so far.
/// @param highestTicks Highest of them.
/// @param bestDemand Lots that buyers want at those ticks.
/// @param bestSupply Lots that sellers have at those ticks.
/// @param priceTicks The price of all; 0: nothing moves.
/// @param totalLots Lots at the price itself, of the side that is in surplus.
/// @param fillLots Those of them that move.
/// @param isBidSurplus Whether that side is the bids.
/// @param isCleared The result stands.
struct Auction {
    uint16 cursor;
    uint64 demand;
    uint64 supply;
    uint16 lowestTicks;
    uint16 highestTicks;
    uint64 bestDemand;
    uint64 bestSupply;
    uint16 priceTicks;
    uint48 totalLots;
    uint48 fillLots;
    bool isBidSurplus;
    bool isCleared;
}
