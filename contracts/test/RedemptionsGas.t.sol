// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {RedemptionsTest} from "./RedemptionsTest.sol";

/// @notice Gas of whole transactions, as in Gas.t.sol. Somebody else's coins were redeemed, burned
/// and refunded before, so that what all meters share is not zero.
/// forge-config: default.isolate = true
contract RedemptionsGasTest is RedemptionsTest {
    uint256 private constant OTHER_KEY = 0xCC;

    function setUp() public override {
        super.setUp();
        pay(9000);
        used(5000, 1000);
        redemptions.settle(consumer);
        enrolConsumer(OTHER_KEY, 31_234_567, 471_100);
    }

    function test_gas_firstTransferForAMeter() public {
        VM.prank(OWNER);
        redemptions.nameDefaultMeter(VM.addr(OTHER_KEY));
        pay(9000);
        VM.snapshotGasLastCall("redeem", "plain transfer, the first for a meter");
        assertEq(redemptions.openWh(VM.addr(OTHER_KEY)), 9000, "credited");
    }

    function test_gas_transferThatOnlyCredits() public {
        pay(9000);
        VM.snapshotGasLastCall("redeem", "plain transfer");
        checkAccount(18_000, 5000, 1000);
    }

    function test_gas_transferThatAlsoBurns() public {
        used(6000, 1000);
        pay(9000);
        VM.snapshotGasLastCall("redeem", "plain transfer that also burns");
        checkAccount(18_000, 6000, 1000);
    }

    function test_gas_transferThatAlsoBurnsAndRefunds() public {
        used(6000, 2000);
        pay(9000);
        VM.snapshotGasLastCall("redeem", "plain transfer that also burns and refunds");
        checkAccount(18_000, 6000, 2000);
    }

    function test_gas_transferAndCall() public {
        VM.prank(OWNER);
        callable.transferAndCall(address(redemptions), 9000 * WH, abi.encode(consumer));
        VM.snapshotGasLastCall("redeem", "transferAndCall");
        checkAccount(18_000, 5000, 1000);
    }

    function test_gas_settleThatBurns() public {
        used(6000, 1000);
        redemptions.settle(consumer);
        VM.snapshotGasLastCall("settle", "burns");
        checkAccount(9000, 6000, 1000);
    }

    function test_gas_settleThatRefunds() public {
        used(5000, 2000);
        redemptions.settle(consumer);
        VM.snapshotGasLastCall("settle", "refunds");
        checkAccount(9000, 5000, 2000);
    }

    function test_gas_settleThatBurnsAndRefunds() public {
        used(6000, 2000);
        redemptions.settle(consumer);
        VM.snapshotGasLastCall("settle", "burns and refunds");
        checkAccount(9000, 6000, 2000);
    }
}
