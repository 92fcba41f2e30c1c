// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IERC1363} from "@openzeppelin/contracts/interfaces/IERC1363.sol";
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
