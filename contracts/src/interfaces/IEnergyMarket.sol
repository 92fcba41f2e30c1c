// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {ICallAuctions} from "./ICallAuctions.sol";
import {IMarketBooks} from "./IMarketBooks.sol";
import {ISignedOffers} from "./ISignedOffers.sol";
import {IStandingOrders} from "./IStandingOrders.sol";

/// @title EnergyMarket
/// @notice Coins for what people pay with: by signed offers, by an auction every period, and by
/// standing orders that enter it. One address, four parts, each with its own interface.
///
/// Nobody has a role here, and nobody takes a fee. The contract holds the escrow of live orders and
/// what is credited, per token, and nothing else:
///
///     in = out + escrow + credit, of coins and of each token
///
/// Nobody pays more than his limit or receives less. No order outlives its time. No caller gains
/// from the order of calls within a period beyond the rounding of a lot, of each order. Clearing
/// takes the same gas however many orders there are.
///
/// @dev One transient lock over all markets: while a token, a wallet or Redemptions is called,
/// nothing else can be done here. Trusts its ledger, coin and Redemptions, which cannot change.
/// Tokens, sellers' contracts and recipients are trusted with nothing.
interface IEnergyMarket is IMarketBooks, ISignedOffers, ICallAuctions, IStandingOrders {}
