// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IRedemptions} from "../src/interfaces/IRedemptions.sol";
import {MeterState} from "../src/types/MeterState.sol";
import {RedemptionsTest} from "./RedemptionsTest.sol";

/// @notice The door of ERC-1363: transferAndCall and transferFromAndCall, credited in
/// onTransferReceived.
contract TransferAndCallTest is RedemptionsTest {
    function setUp() public override {
        super.setUp();
        give(FRIEND, 100e18);
    }

    function _expect(bytes memory reason, address payer, uint256 amount, bytes memory data)
        private
    {
        VM.expectRevert(reason);
        VM.prank(payer);
        callable.transferAndCall(address(redemptions), amount, data);

        VM.prank(payer);
        coin.approve(STRANGER, amount);
        VM.expectRevert(reason);
        VM.prank(STRANGER);
        callable.transferFromAndCall(payer, address(redemptions), amount, data);
        assertEq(coin.balanceOf(payer), 100e18, "no coin is stranded");
    }

    function test_onTransferReceived_revertsIfCallerIsNotTheCoin() public {
        (bool isDone, bytes memory reason) = address(redemptions)
            .call(
                abi.encodeWithSignature(
                    "onTransferReceived(address,address,uint256,bytes)", OWNER, OWNER, WH, ""
                )
            );
        assertTrue(!isDone, "refused");
        assertEq(
            keccak256(reason),
            keccak256(
                abi.encodeWithSelector(IRedemptions.NotTheCoin.selector, coin, address(this))
            ),
            "with its reason"
        );
    }

    function test_transferAndCall_revertsIfDataIsNeitherEmptyNorAnAddress() public {
        bytes[4] memory refused = [
            bytes(hex"00"),
            abi.encodePacked(consumer),
            bytes.concat(abi.encode(consumer), hex"00"),
            abi.encode((uint256(1) << 160) | uint160(consumer))
        ];
        for (uint256 i = 0; i < refused.length; ++i) {
            bytes memory reason =
                abi.encodeWithSelector(IRedemptions.MeterDataRefused.selector, refused[i]);
            _expect(reason, OWNER, WH, refused[i]);
        }
    }

    function test_transferAndCall_revertsIfDataIsEmptyAndNoMeterIsNamed() public {
        _expect(
            abi.encodeWithSelector(IRedemptions.NoDefaultMeter.selector, FRIEND), FRIEND, WH, ""
        );
    }

    function test_transferAndCall_revertsIfMeterIsNotActive() public {
        _expect(notActive(address(0), MeterState.None), OWNER, WH, abi.encode(address(0)));
        revoke();
        _expect(notActive(consumer, MeterState.Closing), OWNER, WH, abi.encode(consumer));
    }

    function test_transferAndCall_revertsIfPayerIsNotApproved() public {
        _expect(notApproved(consumer, FRIEND), FRIEND, WH, abi.encode(consumer));
    }

    function test_transferFromAndCall_revertsIfOnlyTheOperatorIsApproved() public {
        // The payer is whose coins they are.
        approve(STRANGER);
        _expect(notApproved(consumer, FRIEND), FRIEND, WH, abi.encode(consumer));
    }

    function test_transferAndCall_revertsIfAmountIsNothingOrNoWholeWattHour() public {
        _expect(notWhole(0), OWNER, 0, "");
        _expect(notWhole(1), OWNER, 1, abi.encode(consumer));
    }

    function test_transferAndCall_revertsIfOpenRestExceedsTheDeploymentsMost() public {
        _expect(tooLarge(50_001), OWNER, 50_001 * WH, "");
    }

    function test_transferAndCall_creditsOnceForTheMeterInData() public {
        approve(FRIEND);
        VM.expectEmit(address(redemptions));
        emit IRedemptions.Authorised(consumer, FRIEND, 7 * WH, START_WH + 7);
        VM.prank(FRIEND);
        callable.transferAndCall(address(redemptions), 7 * WH, abi.encode(consumer));
        checkAccount(7, 0, 0);
    }

    function test_transferAndCall_creditsTheDefaultMeterIfDataIsEmpty() public {
        VM.prank(OWNER);
        callable.transferAndCall(address(redemptions), 7 * WH);
        checkAccount(7, 0, 0);
    }

    function test_transferAndCall_takesTheMeterInDataRatherThanTheDefault() public {
        VM.prank(OWNER);
        callable.transferAndCall(address(redemptions), 7 * WH, abi.encode(meter));
        assertEq(redemptions.openWh(meter), 7, "the other meter");
        assertEq(redemptions.openWh(consumer), 0, "not the default");
    }

    function test_transferFromAndCall_creditsThePayersMeterAndNotTheOperators() public {
        VM.prank(OWNER);
        coin.approve(FRIEND, 8 * WH);
        VM.expectEmit(address(redemptions));
        emit IRedemptions.Authorised(consumer, OWNER, 8 * WH, START_WH + 8);
        VM.prank(FRIEND);
        callable.transferFromAndCall(OWNER, address(redemptions), 8 * WH);
        assertEq(coin.allowance(OWNER, FRIEND), 0, "the allowance is spent");
        checkAccount(8, 0, 0);
    }
}
