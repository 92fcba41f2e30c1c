// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IRedemptions} from "../src/interfaces/IRedemptions.sol";
import {IStandingOrders} from "../src/interfaces/IStandingOrders.sol";
import {StandingOrdersTest} from "./StandingOrdersTest.sol";

contract RedeemBoughtTest is StandingOrdersTest {
    function setUp() public override {
        super.setUp();
        approveMarketAsPayer();
    }

    function _refuses(bytes memory why) private {
        VM.expectRevert(why);
        energy.redeemBought(consumer);
    }

    /// @dev The standing purchase buys so many lots, and nobody settles its order.
    function _buys(uint48 lots) private returns (uint256 order) {
        order = energy.triggerPurchase(consumer);
        ask(seller, lots, 150);
        clear();
    }

    function test_redeemBought_revertsIfThereIsNoPurchase() public {
        _refuses(noOrder(consumer));
    }

    function test_redeemBought_revertsOnceTheMeterIsAnothers() public {
        makePurchase(2000, 1000);
        _buys(4);
        sellTo(FRIEND);
        _refuses(ownerChanged(consumer));
    }

    function test_redeemBought_revertsIfNothingWasBought() public {
        makePurchase(2000, 1000);
        _refuses(nothingDue(consumer));
        energy.triggerPurchase(consumer);
        _refuses(nothingDue(consumer));
        clear();
        _refuses(nothingDue(consumer));
    }

    function test_redeemBought_revertsIfTheMarketIsNoPayerAnyMore() public {
        makePurchase(2000, 1000);
        _buys(4);
        VM.prank(OWNER);
        redemptions.approvePayer(consumer, address(energy), false);
        _refuses(notApproved(consumer, address(energy)));
    }

    function test_redeemBought_isAllOrNothing() public {
        makePurchase(MAX_OPEN_WH, MAX_OPEN_WH);
        _buys(4);
        pay(MAX_OPEN_WH - 300);
        _refuses(tooLarge(uint256(MAX_OPEN_WH) + 100));
        used(100, 0);
        redemptions.settle(consumer);
        assertEq(energy.redeemBought(consumer), 4 * LOT, "once it fits");
    }

    function test_redeemBought_redeemsForTheMeter() public {
        pay(450);
        makePurchase(2000, 1000);
        uint256 order = _buys(4);
        energy.settleOrder(market, order);
        VM.expectEmit(address(energy));
        emit IStandingOrders.BoughtRedeemed(consumer, OWNER, 4 * LOT);
        VM.expectEmit(address(redemptions));
        emit IRedemptions.Authorised(consumer, address(energy), 4 * LOT, START_WH + 850);
        VM.prank(STRANGER);
        assertEq(energy.redeemBought(consumer), 4 * LOT, "4 lots were bought");
        assertEq(redemptions.openWh(consumer), 850, "and are open");
        checkCredit(OWNER, 0, 10 * PURCHASE_TICKS - 4 * PURCHASE_TICKS);
        assertEq(energy.purchaseOf(consumer).todayWh, 400, "what was missed is not counted");
        _refuses(nothingDue(consumer));
    }

    function test_redeemBought_settlesTheOrderIfNobodyHas() public {
        makePurchase(2000, 1000);
        _buys(4);
        assertEq(energy.redeemBought(consumer), 4 * LOT, "4 lots were bought");
        assertEq(redemptions.openWh(consumer), 400, "and are open");
    }

    function test_redeemBought_whileTheNextOrderIsLiveRedeemsWhatWasBoughtBefore() public {
        makePurchase(2000, 1000);
        _buys(4);
        energy.triggerPurchase(consumer);
        assertEq(energy.redeemBought(consumer), 4 * LOT, "of the order before");
        assertEq(energy.purchaseOf(consumer).orderLots, 6, "the live one stays");
    }

    function test_redeemBought_leavesOutWhatTheOwnerHasWithdrawn() public {
        makePurchase(2000, 1000);
        _buys(4);
        assertEq(lotsOf(energy.triggerPurchase(consumer)), 6, "the next one");
        VM.prank(OWNER);
        energy.withdrawCoins(address(token), OWNER);
        _refuses(nothingDue(consumer));
        ask(seller, 6, 150);
        clear();
        assertEq(energy.redeemBought(consumer), 6 * LOT, "what was bought since");
    }

    function test_redeemBought_leavesCreditAloneThatItDidNotBuy() public {
        uint256 own = bid(OWNER, 30, 150);
        ask(seller, 30, 150);
        clear();
        energy.settleOrder(market, own);
        makePurchase(2000, 1000);
        _buys(4);
        energy.redeemBought(consumer);
        _refuses(nothingDue(consumer));
        (uint128 coins,) = energy.creditOf(address(token), OWNER);
        assertEq(coins, 30 * LOT, "his own purchase");
    }
}
