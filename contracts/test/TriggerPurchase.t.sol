// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IMarketBooks} from "../src/interfaces/IMarketBooks.sol";
import {IStandingOrders} from "../src/interfaces/IStandingOrders.sol";
import {HostileToken} from "./HostileToken.sol";
import {StandingOrdersTest} from "./StandingOrdersTest.sol";

contract TriggerPurchaseTest is StandingOrdersTest {
    function setUp() public override {
        super.setUp();
        approveMarketAsPayer();
    }

    function _refuses(bytes memory why) private {
        VM.expectRevert(why);
        energy.triggerPurchase(consumer);
    }

    function _cannotRedeem(uint256 amountWh) private view returns (bytes memory) {
        return
            abi.encodeWithSelector(IStandingOrders.CannotRedeem.selector, consumer, amountWh * WH);
    }

    function test_triggerPurchase_revertsIfThereIsNone() public {
        _refuses(noOrder(consumer));
    }

    function test_triggerPurchase_revertsOnceTheMeterIsAnothers() public {
        makePurchase(2000, 1000);
        sellTo(FRIEND);
        _refuses(ownerChanged(consumer));
    }

    function test_triggerPurchase_revertsIfItsLastOrderIsLive() public {
        makePurchase(2000, 1000);
        uint256 order = energy.triggerPurchase(consumer);
        _refuses(isLive(order));
        VM.warp((uint256(energy.currentPeriod()) + 1) * PERIOD_S);
        _refuses(isLive(order));
    }

    function test_triggerPurchase_revertsIfLessThanALotLacks() public {
        makePurchase(2000, 1000);
        pay(1901);
        _refuses(nothingDue(consumer));
        makePurchase(1000, 1000);
        _refuses(nothingDue(consumer));
    }

    function test_triggerPurchase_revertsIfTheDayIsSpent() public {
        makePurchase(2000, 1000);
        energy.triggerPurchase(consumer);
        ask(seller, 10, 150);
        clear();
        _refuses(nothingDue(consumer));
        VM.warp((block.timestamp / 1 days + 1) * 1 days);
        assertEq(lotsOf(energy.triggerPurchase(consumer)), 10, "another day");
    }

    function test_triggerPurchase_revertsIfTheOwnerHasOrApprovedTooLittleMoney() public {
        makePurchase(2000, 1000);
        VM.prank(OWNER);
        token.approve(address(energy), PURCHASE_TICKS * UNITS_PER_TICK - 1);
        _refuses(nothingDue(consumer));
    }

    function test_triggerPurchase_revertsInTheChainsOwnCoinWithoutCredit() public {
        VM.prank(OWNER);
        energy.makeStandingPurchase(consumer, ownCoinMarket, PURCHASE_TICKS, 2000, 1000);
        _refuses(nothingDue(consumer));
    }

    function test_triggerPurchase_revertsIfTheMarketIsNoPayer() public {
        VM.prank(OWNER);
        redemptions.approvePayer(consumer, address(energy), false);
        makePurchase(2000, 1000);
        _refuses(_cannotRedeem(1000));
    }

    function test_triggerPurchase_revertsIfTheMeterIsNotActive() public {
        makePurchase(2000, 1000);
        revoke();
        _refuses(_cannotRedeem(1000));
    }

    function test_triggerPurchase_revertsIfTheTokenLiesAboutItsRiches() public {
        HostileToken bad = new HostileToken();
        bad.setMood(HostileToken.Mood.ClaimsRiches);
        bytes32 badMarket = energy.createMarket(address(bad), LOT_WH, UNITS_PER_TICK);
        VM.prank(OWNER);
        energy.makeStandingPurchase(consumer, badMarket, PURCHASE_TICKS, 2000, 1000);
        _refuses(
            abi.encodeWithSelector(
                IMarketBooks.ArrivedDiffers.selector,
                address(bad),
                10 * uint256(PURCHASE_TICKS) * UNITS_PER_TICK,
                0
            )
        );
    }

    function test_triggerPurchase_bidsForWhatLacksAtMostSoMuchADay() public {
        pay(450);
        makePurchase(2000, 1000);
        uint256 moneyBefore = token.balanceOf(OWNER);
        VM.prank(STRANGER);
        uint256 order = energy.triggerPurchase(consumer);
        assertEq(lotsOf(order), 10, "15 lots lack, 10 a day");
        assertEq(energy.orderOf(market, order).owner, OWNER, "the owner's");
        assertEq(uint16(order >> 48), PURCHASE_TICKS, "at his limit");
        assertEq(
            moneyBefore - token.balanceOf(OWNER),
            10 * uint256(PURCHASE_TICKS) * UNITS_PER_TICK,
            "out of his account"
        );
    }

    function test_triggerPurchase_doesNotCountWhatWasMissed() public {
        makePurchase(2000, 1000);
        energy.triggerPurchase(consumer);
        ask(seller, 4, 150);
        clear();
        assertEq(lotsOf(energy.triggerPurchase(consumer)), 6, "10 a day, 4 were bought");
    }

    function test_triggerPurchase_missedOverMidnightCountsForNeitherDay() public {
        VM.warp((block.timestamp / 1 days + 1) * 1 days - 60);
        makePurchase(2000, 1000);
        energy.triggerPurchase(consumer);
        clear();
        assertEq(lotsOf(energy.triggerPurchase(consumer)), 10, "the new day's");
        assertEq(energy.purchaseOf(consumer).todayWh, 1000, "and no more");
    }

    function test_triggerPurchase_countsWhatIsBoughtAndNotYetRedeemed() public {
        makePurchase(2000, 5000);
        energy.triggerPurchase(consumer);
        ask(seller, 15, 150);
        clear();
        assertEq(lotsOf(energy.triggerPurchase(consumer)), 5, "20 lots, 15 were bought");
        assertEq(energy.purchaseOf(consumer).boughtWh, 1500, "bought");
    }

    function test_triggerPurchase_paysFromTheCreditFirst() public {
        makePurchase(2000, 1000);
        energy.triggerPurchase(consumer);
        clear();
        uint256 moneyBefore = token.balanceOf(OWNER);
        assertEq(lotsOf(energy.triggerPurchase(consumer)), 10, "again");
        assertEq(token.balanceOf(OWNER), moneyBefore, "out of the credit");
        checkCredit(OWNER, 0, 0);
    }

    function test_triggerPurchase_inTheChainsOwnCoinPaysFromTheCredit() public {
        uint256 money = 10 * uint256(PURCHASE_TICKS) * UNITS_PER_TICK;
        uint32 period = energy.currentPeriod();
        VM.prank(OWNER);
        uint256 missed = energy.bid{value: money}(ownCoinMarket, period, 10, PURCHASE_TICKS);
        VM.warp((uint256(period) + 1) * PERIOD_S);
        energy.clear(ownCoinMarket, period, 2048);
        energy.settleOrder(ownCoinMarket, missed);
        VM.prank(OWNER);
        energy.makeStandingPurchase(consumer, ownCoinMarket, PURCHASE_TICKS, 2000, 1000);
        uint256 order = energy.triggerPurchase(consumer);
        assertEq(energy.orderOf(ownCoinMarket, order).lots, 10, "lots");
    }
}
