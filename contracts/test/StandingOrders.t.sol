// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IStandingOrders} from "../src/interfaces/IStandingOrders.sol";
import {MarketTest} from "./MarketTest.sol";

/// @notice Standing sales of the producer's meter and standing purchases for the consumer's.
contract StandingOrdersTest is MarketTest {
    function setUp() public override {
        super.setUp();
        outfit(OWNER);
    }

    function _sale() private {
        VM.prank(OWNER);
        energy.makeStandingSale(meter, market, 100);
    }

    function _purchase(uint48 keepWh, uint48 dailyWh) private {
        VM.prank(OWNER);
        energy.makeStandingPurchase(consumer, market, 200, keepWh, dailyWh);
    }

    function test_makeStandingSale_revertsIfNotTheMetersOwner() public {
        VM.expectRevert(
            abi.encodeWithSelector(IStandingOrders.NotTheMetersOwner.selector, OWNER, STRANGER)
        );
        VM.prank(STRANGER);
        energy.makeStandingSale(meter, market, 100);
    }

    function test_triggerSale_sellsWhatTheMeterEarnedSinceAndNothingElse() public {
        ledger.record(sign(METER_KEY, exported(2, 3000)));
        _sale();
        VM.expectRevert(abi.encodeWithSelector(IStandingOrders.NothingDue.selector, meter));
        energy.triggerSale(meter);

        ledger.record(sign(METER_KEY, exported(3, 5000)));
        uint256 order = energy.triggerSale(meter);
        assertEq(energy.orderOf(market, order).lots, 20, "2 coins are 20 lots");
        VM.expectRevert(
            abi.encodeWithSelector(IStandingOrders.OrderIsLive.selector, market, order)
        );
        energy.triggerSale(meter);

        bid(BUYER, 5, 100);
        clear();
        uint256 coinsBefore = coin.balanceOf(OWNER);
        uint256 next = energy.triggerSale(meter);
        assertEq(energy.orderOf(market, next).lots, 15, "what was not sold, again");
        assertEq(coin.balanceOf(OWNER), coinsBefore, "out of the credit");
    }

    function test_triggerPurchase_keepsEnergyOpenAndRedeems() public {
        VM.prank(OWNER);
        redemptions.approvePayer(consumer, address(energy), true);
        pay(450);
        _purchase(2000, 1000);
        uint256 order = energy.triggerPurchase(consumer);
        assertEq(energy.orderOf(market, order).lots, 10, "15 lots lack, 10 a day");
        ask(seller, 4, 150);
        clear();
        energy.settleOrder(market, order);
        assertEq(energy.redeemBought(consumer), 4 * LOT, "4 lots were bought");
        assertEq(redemptions.openWh(consumer), 850, "and are open");
        assertEq(energy.purchaseOf(consumer).todayWh, 400, "what was missed is not counted");
    }

    function test_triggers_refuseOnceTheOwnerChanged() public {
        _purchase(2000, 1000);
        sellTo(FRIEND);
        bytes memory changed = abi.encodeWithSelector(
            IStandingOrders.OwnerChanged.selector, consumer, OWNER, FRIEND
        );
        VM.expectRevert(changed);
        energy.triggerPurchase(consumer);
        VM.expectRevert(changed);
        energy.redeemBought(consumer);
        energy.endStandingPurchase(consumer);
        VM.expectRevert(
            abi.encodeWithSelector(IStandingOrders.NoStandingOrder.selector, consumer)
        );
        energy.triggerPurchase(consumer);
    }

    function test_triggerPurchase_revertsIfRedemptionsWouldNotTakeTheCoins() public {
        _purchase(2000, 1000);
        VM.expectRevert(
            abi.encodeWithSelector(
                IStandingOrders.CannotRedeem.selector, consumer, uint256(1000) * WH
            )
        );
        energy.triggerPurchase(consumer);
    }
}
