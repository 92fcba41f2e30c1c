// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @dev "Keep so much energy open on my meter, buying at no more than so many ticks."
/// @param owner Who made it, and owned the meter then.
/// @param ticks Limit of its bids; 0: it has ended, and the rest says what is still in an auction
/// and what the day has left.
/// @param keepWh What is to be open on the meter, Wh.
/// @param market Where it buys.
/// @param order Number of the last order, as far as it is not accounted for.
/// @param orderLots Lots of that order; 0: there is none.
/// @param boughtWh Bought and not yet redeemed, Wh.
/// @param dailyWh The most that is bought in a day of UTC, Wh.
/// @param todayWh What was bid for on `day` and not missed, Wh.
/// @param day Days since 1970.
struct StandingPurchase {
    address owner;
    uint16 ticks;
    uint48 keepWh;
    bytes32 market;
    uint104 order;
    uint48 orderLots;
    uint48 boughtWh;
    uint48 dailyWh;
    uint48 todayWh;
    uint32 day;
}
