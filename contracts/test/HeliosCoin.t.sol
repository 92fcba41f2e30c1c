// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IERC1363} from "@openzeppelin/contracts/interfaces/IERC1363.sol";
import {IERC20} from "@openzeppelin/contracts/interfaces/IERC20.sol";
import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {IERC165} from "@openzeppelin/contracts/interfaces/IERC165.sol";
import {IERC20Metadata} from "@openzeppelin/contracts/interfaces/IERC20Metadata.sol";
import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {IHeliosCoin} from "../src/interfaces/IHeliosCoin.sol";
import {LedgerTest} from "./LedgerTest.sol";

contract HeliosCoinTest is LedgerTest {
    function setUp() public override {
        super.setUp();
        ledger.record(sign(METER_KEY, exported(2, 3000)));
    }

    function test_mint_revertsIfCallerIsNotTheLedger() public {
        address[4] memory callers = [STRANGER, OWNER, ADMIN, ENROLLER];
        for (uint256 i = 0; i < 4; ++i) {
            VM.expectRevert(
                abi.encodeWithSelector(
                    IHeliosCoin.NotTheLedger.selector, address(ledger), callers[i]
                )
            );
            VM.prank(callers[i]);
            IHeliosCoin(address(coin)).mint(callers[i], 1);
        }
    }

    function test_burn_revertsIfCallerIsNotRedemptions() public {
        address[4] memory callers = [STRANGER, OWNER, ADMIN, address(ledger)];
        for (uint256 i = 0; i < 4; ++i) {
            VM.expectRevert(
                abi.encodeWithSelector(
                    IHeliosCoin.NotRedemptions.selector, ledger.redemptions(), callers[i]
                )
            );
            VM.prank(callers[i]);
            IHeliosCoin(address(coin)).burn(1);
        }
    }

    function test_burn_takesFromRedemptionsAndFromTheSupply() public {
        address redemptions = ledger.redemptions();
        _giveRedemptions(2e18);
        VM.expectEmit(address(coin));
        emit IERC20.Transfer(redemptions, address(0), 5e17);
        VM.prank(redemptions);
        assertEq(IHeliosCoin(address(coin)).burn(5e17), 5e17, "burned in all");
        VM.prank(redemptions);
        assertEq(IHeliosCoin(address(coin)).burn(1e18), 15e17, "burned in all");

        assertEq(IHeliosCoin(address(coin)).burned(), 15e17, "burned");
        assertEq(coin.totalSupply(), 35e17, "supply = minted - burned");
        assertEq(coin.balanceOf(redemptions), 5e17, "what is left");
        assertEq(coin.balanceOf(OWNER), 3e18, "nobody else's");
    }

    function test_transfer_revertsIfRedemptionsSendsWhatIsBurned() public {
        address redemptions = ledger.redemptions();
        _giveRedemptions(2e18);
        VM.prank(redemptions);
        IHeliosCoin(address(coin)).burn(15e17);
        VM.expectRevert(
            abi.encodeWithSelector(
                IERC20Errors.ERC20InsufficientBalance.selector, redemptions, 5e17, 5e17 + 1
            )
        );
        VM.prank(redemptions);
        assertTrue(!coin.transfer(STRANGER, 5e17 + 1), "refused");
        VM.prank(redemptions);
        assertTrue(coin.transfer(STRANGER, 5e17), "what is left");
        assertEq(coin.totalSupply(), 35e17, "the others' coins");
    }

    function _giveRedemptions(uint256 amount) private {
        address redemptions = ledger.redemptions();
        VM.prank(address(ledger));
        IHeliosCoin(address(coin)).mint(redemptions, amount);
    }

    function test_transfer_revertsIfReceiverIsTheCoin() public {
        bytes memory reason = abi.encodeWithSelector(IHeliosCoin.TransferToCoin.selector);
        VM.expectRevert(reason);
        VM.prank(OWNER);
        assertTrue(!coin.transfer(address(coin), 1), "refused");

        VM.prank(OWNER);
        coin.approve(STRANGER, 1);
        VM.expectRevert(reason);
        VM.prank(STRANGER);
        assertTrue(!coin.transferFrom(OWNER, address(coin), 1), "refused");

        VM.expectRevert(reason);
        VM.prank(OWNER);
        IERC1363(address(coin)).transferAndCall(address(coin), 1);
    }

    function test_transfer_movesCoins() public {
        VM.prank(OWNER);
        assertTrue(coin.transfer(STRANGER, 1e18 + 1), "says so");
        assertEq(coin.balanceOf(OWNER), 2e18 - 1, "out");
        assertEq(coin.balanceOf(STRANGER), 1e18 + 1, "in");
    }

    function test_transferAndCall_tellsTheReceiver() public {
        VM.prank(OWNER);
        IERC1363(address(coin)).transferAndCall(address(this), 5, hex"1234");
        assertEq(_received, 5, "amount");
        assertEq(_receivedFrom, OWNER, "payer");
    }

    function test_transferFromAndCall_spendsTheAllowanceAndTellsTheReceiver() public {
        VM.prank(OWNER);
        coin.approve(STRANGER, 6);
        VM.prank(STRANGER);
        IERC1363(address(coin)).transferFromAndCall(OWNER, address(this), 5, hex"1234");
        assertEq(_received, 5, "amount");
        assertEq(_receivedFrom, OWNER, "payer");
        assertEq(coin.allowance(OWNER, STRANGER), 1, "spent");

        VM.expectRevert(
            abi.encodeWithSelector(
                IERC20Errors.ERC20InsufficientAllowance.selector, STRANGER, 1, 2
            )
        );
        VM.prank(STRANGER);
        IERC1363(address(coin)).transferFromAndCall(OWNER, address(this), 2, "");
    }

    uint256 private _received;
    address private _receivedFrom;

    function onTransferReceived(address, address from, uint256 amount, bytes calldata)
        external
        returns (bytes4)
    {
        assertEq(msg.sender, address(coin), "the coin calls");
        (_received, _receivedFrom) = (amount, from);
        return this.onTransferReceived.selector;
    }

    function test_permit_approvesWithASignatureInTheCoinsOwnDomain() public {
        uint256 key = 0x0123;
        bytes32 permit = keccak256(
            "Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)"
        );
        bytes32 structHash =
            keccak256(abi.encode(permit, VM.addr(key), STRANGER, 7, 0, block.timestamp));
        bytes32 domain = IERC20Permit(address(coin)).DOMAIN_SEPARATOR();
        assertTrue(domain != ledger.domainSeparator(), "not that of the meters");

        (uint8 v, bytes32 r, bytes32 s) =
            VM.sign(key, keccak256(abi.encodePacked(hex"1901", domain, structHash)));
        IERC20Permit(address(coin)).permit(VM.addr(key), STRANGER, 7, block.timestamp, v, r, s);
        assertEq(coin.allowance(VM.addr(key), STRANGER), 7, "approved");
    }

    function test_coin_namesItself() public view {
        IERC20Metadata named = IERC20Metadata(address(coin));
        assertEq(keccak256(bytes(named.name())), keccak256("Helios Coin"), "name");
        assertEq(keccak256(bytes(named.symbol())), keccak256("HEC"), "symbol");
        assertEq(named.decimals(), 18, "decimals");
        assertTrue(
            IERC165(address(coin)).supportsInterface(type(IERC1363).interfaceId), "ERC-1363"
        );
    }
}
