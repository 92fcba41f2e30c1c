// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @dev What an account can withdraw of what it traded for one token: one slot, so that a
/// settlement that brings both writes once. No order brings more than 2^122, and nobody has 2^128
/// of a token that deserves the name.
/// @param coins HEC, in units of 10^-18.
/// @param money Of the token, in its smallest units.
struct Credit {
    uint128 coins;
    uint128 money;
}
