// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IStandingOrders} from "../src/interfaces/IStandingOrders.sol";
import {Enrolment} from "../src/types/Enrolment.sol";
import {Registers} from "../src/types/Registers.sol";
import {MarketTest} from "./MarketTest.sol";

/// @notice OWNER sells what his producer's meter earns, at 100 ticks and more, and keeps energy
/// open on his consumer's meter, at 200 ticks and less.
abstract contract StandingOrdersTest is MarketTest {
    uint16 internal constant SALE_TICKS = 100;
    uint16 internal constant PURCHASE_TICKS = 200;

    function setUp() public virtual override {
        super.setUp();
        outfit(OWNER);
    }

    function makeSale() internal {
        VM.prank(OWNER);
        energy.makeStandingSale(meter, market, SALE_TICKS);
    }

    function makePurchase(uint48 keepWh, uint48 dailyWh) internal {
        VM.prank(OWNER);
        energy.makeStandingPurchase(consumer, market, PURCHASE_TICKS, keepWh, dailyWh);
    }

    function approveMarketAsPayer() internal {
        approve(address(energy));
    }

    /// @dev The producer's meter signs what it has fed out in all.
    function earn(uint48 exportWh) internal {
        Registers memory last = ledger.registersOf(meter);
        ledger.record(sign(METER_KEY, exported(last.pagination + 1, exportWh)));
    }

    /// @dev The producer's meter passes to another.
    function sellProducerTo(address buyer) internal {
        Registers memory last = ledger.registersOf(meter);
        Enrolment memory sale = enrolmentOf(METER_KEY, buyer);
        (sale.pagination, sale.exportWh) = (last.pagination + 1, last.exportWh);
        bytes memory signature = sign(METER_KEY, sale);
        VM.prank(ledger.ownerOf(meter));
        ledger.offerMeter(meter, buyer);
        VM.prank(buyer);
        ledger.acceptMeter(sale, signature);
    }

    function lotsOf(uint256 order) internal view returns (uint48) {
        return energy.orderOf(market, order).lots;
    }

    function noOrder(address of_) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IStandingOrders.NoStandingOrder.selector, of_);
    }

    function nothingDue(address of_) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IStandingOrders.NothingDue.selector, of_);
    }

    function isLive(uint256 order) internal view returns (bytes memory) {
        return abi.encodeWithSelector(IStandingOrders.OrderIsLive.selector, market, order);
    }

    function ownerChanged(address of_) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IStandingOrders.OwnerChanged.selector, of_, OWNER, FRIEND);
    }

    function notTheMetersOwner(address owner, address caller)
        internal
        pure
        returns (bytes memory)
    {
        return abi.encodeWithSelector(IStandingOrders.NotTheMetersOwner.selector, owner, caller);
    }
}
