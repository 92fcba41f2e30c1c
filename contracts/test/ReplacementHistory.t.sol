// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IReadingLedger} from "../src/interfaces/IReadingLedger.sol";
import {Enrolment} from "../src/types/Enrolment.sol";
import {Reading} from "./LedgerTest.sol";
import {P256Test} from "./P256Test.sol";

/// @notice Random households whose meter is replaced again and again, by meters on either curve, in
/// ledgers of three sizes of coin. Replaced meters sign on: their owner kept the key. 20,000 of
/// them: FOUNDRY_FUZZ_RUNS=20000 forge test --match-contract ReplacementHistory
contract ReplacementHistoryTest is P256Test {
    uint256 private constant DEVICES = 3;
    uint256 private constant READINGS = 2;

    IReadingLedger[3] private _ledgers;
    uint48[3] private _sizes = [WH_PER_COIN, 65_536, 1];

    uint256 private _seed;
    uint256 private _whPerCoin;
    Reading[DEVICES] private _last;
    bool[DEVICES] private _isOnP256;
    address[DEVICES] private _meters;
    // All that was accepted of meters while they were the household's.
    uint256 private _exportedWh;

    function setUp() public override {
        super.setUp();
        for (uint256 i = 0; i < _sizes.length; ++i) {
            _ledgers[i] = i == 0 ? ledger : deploy(_sizes[i]);
        }
    }

    function test_fuzz_history_ofReplacementsLosesAndDoublesNoWattHour(uint256 seed) public {
        _seed = seed;
        uint256 size = _random(_sizes.length);
        (ledger, _whPerCoin) = (_ledgers[size], _sizes[size]);

        for (uint256 device = 0; device < DEVICES; ++device) {
            _install(device);
            for (uint256 i = 0; i < READINGS; ++i) {
                _measure(device);
                if (device != 0) _measureReplaced(_random(device));
                _compare(device);
            }
        }
    }

    function _random(uint256 below) private returns (uint256) {
        _seed = uint256(keccak256(abi.encode(_seed)));
        return _seed % below;
    }

    /// @dev The household's next meter, whose registers begin anywhere.
    function _install(uint256 device) private {
        _isOnP256[device] = _random(2) == 1;
        Reading memory first = exported(uint32(1 + _random(1000)), uint48(_random(1e9)));
        first.importWh = uint48(_random(1e9));
        _last[device] = first;

        Enrolment memory enrolment = enrolmentOf(_key(device), OWNER);
        _meters[device] = _isOnP256[device] ? addrP256(_key(device)) : enrolment.meter;
        enrolment.meter = _meters[device];
        enrolment.pagination = first.pagination;
        enrolment.exportWh = first.exportWh;
        enrolment.importWh = first.importWh;
        bytes memory signature =
            _isOnP256[device] ? signP256(_key(device), enrolment) : sign(_key(device), enrolment);
        VM.prank(ENROLLER);
        if (device == 0) ledger.enrol(enrolment, signature);
        else ledger.replace(_meters[device - 1], enrolment, signature);
    }

    function _measure(uint256 device) private {
        uint256 exportedWh = _record(device);
        _exportedWh += exportedWh;
    }

    /// @dev However much it signs.
    function _measureReplaced(uint256 device) private {
        uint256 before = coin.balanceOf(OWNER) + ledger.mintedOf(_meters[device]);
        _record(device);
        uint256 behind = coin.balanceOf(OWNER) + ledger.mintedOf(_meters[device]);
        assertEq(behind, before, "an old meter's key earns nothing");
    }

    /// @return exportedWh By how much the meter's export rose.
    function _record(uint256 device) private returns (uint256 exportedWh) {
        uint256 step = 1 + _random(_random(4) == 0 ? 20 days : 2 hours);
        VM.warp(block.timestamp + step);
        exportedWh = _random(step * POWER_W / 3600 + 1);
        Reading storage last = _last[device];
        last.pagination += uint32(1 + _random(70));
        last.exportWh += uint48(exportedWh);
        last.importWh += uint48(_random(step * POWER_W / 3600 + 1));

        Reading memory reading = last;
        if (_isOnP256[device]) ledger.record(signP256(_key(device), reading));
        else ledger.record(sign(_key(device), reading));
    }

    function _compare(uint256 newest) private view {
        uint256 coins;
        for (uint256 i = 0; i <= newest; ++i) {
            coins += ledger.mintedOf(_meters[i]);
        }
        assertEq(coins, _exportedWh / _whPerCoin, "every whole coin, and no more");
        assertEq(ledger.carryWhOf(_meters[newest]), _exportedWh % _whPerCoin, "and the rest");
    }

    function _key(uint256 device) private pure returns (uint256) {
        return 0xFA0 + device;
    }
}
