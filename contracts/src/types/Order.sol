// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @dev An order of an auction that is not settled yet: one slot. Market, period, side and limit
/// are in its number.
/// @param owner Whose it is; zero: there is no such order, or it is settled.
/// @param lots Above 0.
/// @param upTo Lots of its side at its level up to this order, its own included.
struct Order {
    address owner;
    uint48 lots;
    uint48 upTo;
}
