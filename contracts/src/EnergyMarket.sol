// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {CallAuctions} from "./CallAuctions.sol";
import {MarketBooks} from "./MarketBooks.sol";
import {SignedOffers} from "./SignedOffers.sol";
import {StandingOrders} from "./StandingOrders.sol";
import {IEnergyMarket} from "./interfaces/IEnergyMarket.sol";

/// @title EnergyMarket
/// @notice Coins for what people pay with, without anybody in between. See IEnergyMarket.
contract EnergyMarket is SignedOffers, StandingOrders, IEnergyMarket {
    /// @param ledger_ The ReadingLedger whose coin is traded.
    /// @param periodS_ How long an auction lasts, s: 1 to 86,400.
    constructor(address ledger_, uint32 periodS_) MarketBooks(ledger_) CallAuctions(periodS_) {}
}
