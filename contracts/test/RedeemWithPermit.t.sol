// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {MeterState} from "../src/types/MeterState.sol";
import {RedemptionsTest} from "./RedemptionsTest.sol";

contract RedeemWithPermitTest is RedemptionsTest {
    uint256 private constant PAYER_KEY = 0x0123;
    address private _payer;

    function setUp() public override {
        super.setUp();
        _payer = VM.addr(PAYER_KEY);
        give(_payer, 10e18);
        approve(_payer);
    }

    function _permit(uint256 amount, uint256 deadline)
        private
        view
        returns (uint8 v, bytes32 r, bytes32 s)
    {
        bytes32 typeHash = keccak256(
            "Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)"
        );
        uint256 nonce = IERC20Permit(address(coin)).nonces(_payer);
        bytes32 structHash = keccak256(
            abi.encode(typeHash, _payer, address(redemptions), amount, nonce, deadline)
        );
        bytes32 domain = IERC20Permit(address(coin)).DOMAIN_SEPARATOR();
        return VM.sign(PAYER_KEY, keccak256(abi.encodePacked(hex"1901", domain, structHash)));
    }

    function _notAllowed(uint256 amount) private view returns (bytes memory) {
        return abi.encodeWithSelector(
            IERC20Errors.ERC20InsufficientAllowance.selector, redemptions, 0, amount
        );
    }

    function test_redeemWithPermit_revertsIfThePermitIsForAnotherAmount() public {
        (uint8 v, bytes32 r, bytes32 s) = _permit(WH, block.timestamp);
        VM.expectRevert(_notAllowed(2 * WH));
        VM.prank(_payer);
        redemptions.redeemWithPermit(consumer, 2 * WH, block.timestamp, v, r, s);
    }

    function test_redeemWithPermit_revertsIfThePermitIsTooOld() public {
        (uint8 v, bytes32 r, bytes32 s) = _permit(WH, block.timestamp - 1);
        VM.expectRevert(_notAllowed(WH));
        VM.prank(_payer);
        redemptions.redeemWithPermit(consumer, WH, block.timestamp - 1, v, r, s);
    }

    function test_redeemWithPermit_revertsIfAnotherUsesThePermit() public {
        (uint8 v, bytes32 r, bytes32 s) = _permit(WH, block.timestamp);
        VM.expectRevert(_notAllowed(WH));
        VM.prank(STRANGER);
        redemptions.redeemWithPermit(consumer, WH, block.timestamp, v, r, s);
    }

    function test_redeemWithPermit_revertsWithTheReasonOfTheRedemption() public {
        (uint8 v, bytes32 r, bytes32 s) = _permit(WH, block.timestamp);
        VM.expectRevert(notActive(STRANGER, MeterState.None));
        VM.prank(_payer);
        redemptions.redeemWithPermit(STRANGER, WH, block.timestamp, v, r, s);
    }

    function test_redeemWithPermit_needsNoTransactionBefore() public {
        (uint8 v, bytes32 r, bytes32 s) = _permit(3000 * WH, block.timestamp);
        VM.prank(_payer);
        redemptions.redeemWithPermit(consumer, 3000 * WH, block.timestamp, v, r, s);
        assertEq(coin.balanceOf(_payer), 7e18, "paid");
        assertEq(coin.allowance(_payer, address(redemptions)), 0, "the permit is used up");
        checkAccount(3000, 0, 0);
    }

    function test_redeemWithPermit_worksIfSomebodySubmittedThePermitBefore() public {
        (uint8 v, bytes32 r, bytes32 s) = _permit(WH, block.timestamp);
        IERC20Permit(address(coin))
            .permit(_payer, address(redemptions), WH, block.timestamp, v, r, s);
        VM.prank(_payer);
        redemptions.redeemWithPermit(consumer, WH, block.timestamp, v, r, s);
        checkAccount(1, 0, 0);
    }
}
