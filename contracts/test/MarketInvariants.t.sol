// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {HostileToken} from "./HostileToken.sol";
import {HostileWallet} from "./HostileWallet.sol";
import {MarketHandler} from "./MarketHandler.sol";

/// @notice The invariants of IEnergyMarket, under its words. Clearing an auction is some thousand
/// times the work of any other call, so that there are fewer runs than of the ledger's.
/// forge-config: default.invariant.runs = 10
/// forge-config: default.invariant.depth = 96
/// forge-config: night.invariant.runs = 1000
/// forge-config: night.invariant.depth = 128
contract MarketInvariantsTest is MarketHandler {
    // As forge reads it: which functions of an address are called.
    struct FuzzSelector {
        address addr;
        bytes4[] selectors;
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(this);
    }

    function targetSelectors() external view returns (FuzzSelector[] memory targets) {
        bytes4[18] memory chosen = [
            this.wait_.selector,
            this.placeBid.selector,
            this.placeAsk.selector,
            this.flood.selector,
            this.placeOutOfTime.selector,
            this.clearSome.selector,
            this.settleOne.selector,
            this.withdraw.selector,
            this.buy.selector,
            this.setMoods.selector,
            this.rebase.selector,
            this.donate.selector,
            this.earnSome.selector,
            this.consumeSome.selector,
            this.triggerSale.selector,
            this.triggerPurchase.selector,
            this.remake.selector,
            this.redeem.selector
        ];
        targets = new FuzzSelector[](1);
        targets[0] = FuzzSelector(address(this), new bytes4[](chosen.length));
        for (uint256 i = 0; i < chosen.length; ++i) {
            targets[0].selectors[i] = chosen[i];
        }
    }

    function _creditedCoins() private view returns (uint256 sum) {
        for (uint256 i = 0; i < TRADERS; ++i) {
            for (uint256 which = 0; which < MARKETS; ++which) {
                (uint256 coins,) = energy.creditOf(_tokens[which], _traders[i]);
                sum += coins;
            }
        }
    }

    function invariant_InEqualsOutPlusEscrowPlusCredit() public view {
        assertEq(coinsIn, coinsOut + coinsEscrowed + _creditedCoins(), "coins");
        for (uint256 i = 0; i < MARKETS; ++i) {
            uint256 credited = _creditedMoney(i);
            assertEq(moneyIn[i], moneyOut[i] + moneyEscrowed[i] + credited, "money");
        }
        _holdsWhatItOwesAndWhatWasDonated();
    }

    function invariant_NobodyPaysMoreThanHisLimitOrReceivesLess() public view {
        assertEq(limitsBroken, 0, "limits");
        assertEq(periodsUneven, 0, "periods that do not add up");
    }

    function invariant_AStandingOrderHasOneOrderAndItsDay() public view {
        assertEq(standingOrdersDoubled, 0, "orders beside another");
        assertEq(daysExceeded, 0, "days with more than their limit");
        assertEq(panics, 0, "calls that nothing can ever pass");
    }

    function invariant_NobodyIsCalledBackInTheMiddle() public view {
        assertTrue(!wallet.hasCallBackSucceeded(), "the lock holds");
    }

    /// @dev The handler's calls do what they are for: else the invariants would hold of nothing.
    function test_theHandlerTradesAndCallsBack() public {
        this.placeAsk(0, 0, 10, 1);
        this.placeBid(1, 0, 10, 11 * 4 + 1);
        this.wait_(2 * PERIOD_S);
        this.clearSome(0, 2048);
        this.settleOne(0);
        assertEq(lotsMoved, 10, "lots moved");

        this.setMoods(uint256(HostileToken.Mood.CallsBack), 0);
        this.placeBid(1, 2, 10, 1);
        assertEq(bad.callsBackLockedOut(), 3, "calls out of the token");
    }

    function invariant_NoOrderOutlivesItsTimeAndNobodyIsShutOut() public view {
        assertEq(ordersOutOfTime, 0, "orders for another period");
        assertEq(resultsChanged, 0, "results that changed");
        assertEq(honestCallsRefused, 0, "calls that had to succeed");
    }

    /// @dev Not of the token in a mood: what that does to balances is its users' affair.
    function _holdsWhatItOwesAndWhatWasDonated() private view {
        address held = address(energy);
        assertEq(coin.balanceOf(held), coinsIn - coinsOut + coinsDonated, "coins held");
        assertEq(token.balanceOf(held), moneyIn[0] - moneyOut[0] + tokensDonated, "token held");
        assertEq(held.balance, moneyIn[1] - moneyOut[1], "the chain's own coin held");
    }

    /// @dev At the end everybody gets everything, and the market keeps nothing but donations.
    function afterInvariant() public {
        wallet.setMood(HostileWallet.Mood.Takes);
        VM.warp(block.timestamp + 2 * PERIOD_S);
        for (; _placed.length != 0;) {
            Placed memory one = _placed[_placed.length - 1];
            _clear(one.which, one.period, 2048);
            _settle(_placed.length - 1);
        }
        for (uint256 i = 0; i < TRADERS; ++i) {
            for (uint256 which = 0; which < MARKETS; ++which) {
                _withdraw(_traders[i], which, which == 2);
            }
        }
        assertEq(coinsEscrowed, 0, "no coin in escrow");
        assertEq(coin.balanceOf(address(energy)), coinsDonated, "no coin kept");
        assertEq(token.balanceOf(address(energy)), tokensDonated, "no money kept");
        assertEq(address(energy).balance, 0, "none of the chain's own coin kept");
        assertEq(periodsUneven + limitsBroken + honestCallsRefused, 0, "all in order");
    }
}
