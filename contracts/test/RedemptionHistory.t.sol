// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IHeliosCoin} from "../src/interfaces/IHeliosCoin.sol";
import {MeterState} from "../src/types/MeterState.sol";
import {PlainRedemptions} from "./PlainRedemptions.sol";
import {RedemptionsTest} from "./RedemptionsTest.sol";

/// @notice Random lives of a consumer's meter against the plain model: two owners and a friend pay
/// through every door, energy is used, at times beyond what was paid, and given back, at times more
/// than there was; anyone settles, or nobody. 100,000 of them:
/// FOUNDRY_PROFILE=histories forge test --match-contract HistoryTest
contract RedemptionHistoryTest is RedemptionsTest {
    uint256 private constant STEPS = 32;

    uint256 private _seed;
    uint48 private _usedWh;
    uint48 private _returnedWh;
    address[3] private _people = [OWNER, address(0x0E0F), FRIEND];
    PlainRedemptions private _plain;

    function setUp() public override {
        super.setUp();
        _plain = new PlainRedemptions(OWNER, MAX_OPEN_WH);
        _plain.name(OWNER);
        _plain.give(OWNER, 100_000);
        for (uint256 i = 0; i < 3; ++i) {
            if (i != 0) give(_people[i], 100e18);
            if (i != 0) _plain.give(_people[i], 100_000);
            VM.prank(_people[i]);
            coin.approve(address(redemptions), type(uint256).max);
            VM.prank(_people[i]);
            coin.approve(STRANGER, type(uint256).max);
        }
        // Any energy is plausible by now.
        VM.warp(START + 3650 days);
    }

    function _random(uint256 below) private returns (uint256) {
        _seed = uint256(keccak256(abi.encode(_seed)));
        return _seed % below;
    }

    function test_fuzz_history_ofRedemptionsGoesAsInThePlainModel(uint256 seed) public {
        _seed = seed;
        for (uint256 i = 0; i < STEPS; ++i) {
            uint256 step = _random(16);
            if (step < 5) _pay();
            else if (step < 9) _measure();
            else if (step < 12) _settle();
            else if (step == 12) _sell();
            else if (step == 13) _suspendOrResume();
            else if (step == 14) _approve();
            else _name();
            _compare();
        }
        if (_random(4) == 0) _end();
        else _settle();
        _compare();
        _compareViews();
    }

    function _pay() private {
        uint256 door = _random(5);
        address payer = _people[_random(3)];
        uint256 amount = _random(_random(4) == 0 ? 60_000 : 8000) * WH;
        if (_random(16) == 0) amount += _random(2) + WH / 3;

        bool isExpected = _plain.pay(payer, door < 3, amount);
        VM.prank(door == 1 ? STRANGER : payer);
        (bool isDone,) =
            (door == 4 ? address(redemptions) : address(coin)).call(_call(door, payer, amount));
        assertTrue(isDone == isExpected, "credited or refused");
    }

    function _call(uint256 door, address payer, uint256 amount)
        private
        view
        returns (bytes memory)
    {
        address to = address(redemptions);
        if (door == 0) return abi.encodeCall(coin.transfer, (to, amount));
        if (door == 1) return abi.encodeCall(coin.transferFrom, (payer, to, amount));
        if (door == 2) {
            return abi.encodeWithSignature("transferAndCall(address,uint256)", to, amount);
        }
        if (door == 3) {
            return abi.encodeWithSignature(
                "transferAndCall(address,uint256,bytes)", to, amount, abi.encode(consumer)
            );
        }
        return abi.encodeCall(redemptions.redeem, (consumer, amount));
    }

    function _measure() private {
        if (!_plain.isActive()) return;
        uint256 openWh = redemptions.openWh(consumer);
        // Mostly within what is open; an overshoot of up to 50 Wh now and then, or flow past it.
        uint256 most = _random(8) == 0 ? 5000 : openWh + (_random(4) == 0 ? 50 : 0);
        _usedWh += uint48(_random(most + 1));
        if (_random(3) == 0) _returnedWh += uint48(_random(most + 1));
        used(_usedWh, _returnedWh);
        _plain.measure(_usedWh, _returnedWh);
    }

    function _settle() private {
        redemptions.settle(consumer);
        _plain.settle();
    }

    function _sell() private {
        if (!_plain.isActive()) return;
        address buyer = _people[_random(2)];
        sellTo(buyer);
        _plain.sell(buyer);
    }

    function _suspendOrResume() private {
        bool isActive = ledger.stateOf(consumer) == MeterState.Active;
        VM.prank(ENROLLER);
        if (isActive) ledger.suspend(consumer);
        else ledger.resume(consumer);
        _plain.activate(!isActive);
    }

    function _approve() private {
        address payer = _people[_random(3)];
        bool isApproved = _random(3) != 0;
        VM.prank(ledger.ownerOf(consumer));
        redemptions.approvePayer(consumer, payer, isApproved);
        _plain.approve(payer, isApproved);
    }

    function _name() private {
        address owner = ledger.ownerOf(consumer);
        VM.prank(owner);
        redemptions.nameDefaultMeter(consumer);
        _plain.name(owner);
    }

    function _end() private {
        revoke();
        uint48 finalUsedWh = uint48(_random(2 * uint256(_usedWh) + 10_000));
        VM.prank(ledger.ownerOf(consumer));
        ledger.offerFinalImport(consumer, IMPORT_WH + finalUsedWh);
        VM.warp(block.timestamp + 30 days);
        VM.prank(ENROLLER);
        ledger.acceptFinalImport(consumer, IMPORT_WH + finalUsedWh);
        _plain.end(finalUsedWh);
    }

    function _compare() private view {
        checkAccount(_plain.redeemedWh(), _plain.settledWh(), _plain.refundedWh());
        assertEq(redemptions.authorisedWh(consumer), START_WH + _plain.redeemedWh(), "authorised");
        uint256 coinsWh = _plain.redeemedWh() - _plain.settledWh() - _plain.refundedWh();
        for (uint256 i = 0; i < 3; ++i) {
            uint256 hisWh = _plain.coinsWh(_people[i]);
            assertEq(coin.balanceOf(_people[i]), hisWh * WH, "coins");
            coinsWh += hisWh;
        }
        assertEq(coin.totalSupply(), coinsWh * WH, "supply");
        assertEq(coinsWh + _plain.settledWh(), 300_000, "no coin won or lost");
        assertEq(IHeliosCoin(address(coin)).burned(), _plain.settledWh() * WH, "burned");
    }

    /// @dev Once settled, views and stored registers are one.
    function _compareViews() private view {
        uint256 settledWh = _plain.settledWh();
        uint256 openWh = _plain.redeemedWh() - settledWh - _plain.refundedWh();
        uint256 usedWh = _plain.usedWh();
        assertEq(redemptions.openWh(consumer), openWh, "open");
        assertEq(
            redemptions.debtWh(consumer), usedWh > settledWh ? usedWh - settledWh : 0, "debt"
        );
    }
}
