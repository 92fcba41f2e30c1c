// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IHeliosCoin} from "../src/interfaces/IHeliosCoin.sol";
import {IMeterDirectory} from "../src/interfaces/IMeterDirectory.sol";
import {IReadingLedger} from "../src/interfaces/IReadingLedger.sol";
import {IRedemptions} from "../src/interfaces/IRedemptions.sol";
import {IERC20} from "@openzeppelin/contracts/interfaces/IERC20.sol";
import {Enrolment} from "../src/types/Enrolment.sol";
import {MeterState} from "../src/types/MeterState.sol";
import {Registers} from "../src/types/Registers.sol";
import {SkipReason} from "../src/types/SkipReason.sol";
import {LedgerTest, Reading} from "./LedgerTest.sol";

/// @notice Plays histories that tests/circle wrote: calls with what its plain model says of every
/// number after each, the meter's part said and at times signed by the real firmware. tests/circle
/// runs this; HELIOS_REPLAY names a file with a line of hexadecimal digits for each history, and
/// HELIOS_REPLAY_LINES says how many.
contract ReplayHistories is LedgerTest {
    uint48 private constant COIN_WH = 100;
    uint256 private constant WH = 1e16;
    uint48 private constant OPEN_WH = 2000;
    uint256 private constant GIFT_WH = 20_000;
    uint256 private constant KEY = 0xC0;

    /// @dev A trace and how far it is read.
    struct Cursor {
        bytes trace;
        uint256 position;
        uint256 seed;
        uint256 step;
    }

    error Differs(uint256 seed, uint256 step, string what, uint256 actual, uint256 expected);

    IRedemptions private _redemptions;
    address private _consumer;

    function setUp() public override {
        VM.warp(START);
        bytes memory arguments =
            abi.encode(COIN_WH, MAX_METER_POWER_W, ADMIN, ENROLLER, BUDGET_W, OPEN_WH);
        ledger = IReadingLedger(VM.deployCode("ReadingLedger.sol:ReadingLedger", arguments));
        coin = IERC20(ledger.coin());
        _redemptions = IRedemptions(ledger.redemptions());
        _consumer = VM.addr(KEY);
        VM.prank(address(ledger));
        IHeliosCoin(address(coin)).mint(OWNER, GIFT_WH * WH);
    }

    function test_replay_everyNumberIsAsInThePlainModel() public {
        string memory path = VM.envString("HELIOS_REPLAY");
        uint256 histories = VM.envUint("HELIOS_REPLAY_LINES");
        for (uint256 i = 0; i < histories; ++i) {
            uint256 clean = VM.snapshotState();
            // A call of its own, so that its memory is given back.
            this.playNext(path);
            VM.revertToState(clean);
            VM.deleteStateSnapshots();
        }
    }

    function playNext(string calldata path) external {
        Cursor memory cursor;
        cursor.trace = VM.parseBytes(VM.readLine(path));
        _enrolConsumer(cursor);

        uint256 steps = _take(cursor, 2);
        uint256[] memory snapshots = new uint256[](_take(cursor, 2));
        uint256 taken = 0;
        for (cursor.step = 0; cursor.step < steps; ++cursor.step) {
            uint256 action = _take(cursor, 1);
            if (_take(cursor, 1) == 1) snapshots[taken++] = VM.snapshotState();
            VM.warp(_take(cursor, 5));
            if (action == 5) VM.revertToState(snapshots[_take(cursor, 2)]);
            else _play(cursor, action);
            _compare(cursor);
        }
        assertEq(cursor.position, cursor.trace.length, "the whole trace is read");
    }

    function _enrolConsumer(Cursor memory cursor) private {
        cursor.seed = _take(cursor, 4);
        _same(cursor, "ledger", uint160(address(ledger)), _take(cursor, 20));
        VM.warp(_take(cursor, 5));
        Enrolment memory enrolment = enrolmentOf(KEY, OWNER);
        enrolment.maxPowerW = uint32(_take(cursor, 4));
        enrolment.pagination = uint32(_take(cursor, 4));
        enrolment.importWh = uint48(_take(cursor, 6));
        enrol(KEY, enrolment);
        VM.prank(OWNER);
        _redemptions.nameDefaultMeter(_consumer);
    }

    function _play(Cursor memory cursor, uint256 action) private {
        if (action == 0) _redeem(cursor);
        else if (action == 1) _record(cursor);
        else if (action == 2) _redemptions.settle(_consumer);
        else if (action == 6) _proveClone(cursor);
        else if (action == 8) _end(cursor);
        else _enroller(action);
    }

    function _redeem(Cursor memory cursor) private {
        uint256 amount = _take(cursor, 6) * WH;
        uint256 isExpected = _take(cursor, 1);
        bool canRedeem =
            _redemptions.canRedeem(_consumer, OWNER, amount) && coin.balanceOf(OWNER) >= amount;
        VM.prank(OWNER);
        (bool isDone,) =
            address(coin).call(abi.encodeCall(coin.transfer, (address(_redemptions), amount)));
        _same(cursor, "redeemed", isDone ? 1 : 0, isExpected);
        _same(cursor, "canRedeem", canRedeem ? 1 : 0, isExpected);
    }

    function _record(Cursor memory cursor) private {
        bytes memory signed = _signedReading(cursor);
        (address signer, SkipReason reason,) = ledger.check(signed);
        _same(cursor, "signer", uint160(signer), uint160(_consumer));
        _same(cursor, "reason", uint8(reason), _take(cursor, 1));
        if (reason == SkipReason.None) ledger.record(signed);
        else ledger.recordBatch(signed);
    }

    function _proveClone(Cursor memory cursor) private {
        bytes memory one = _signedReading(cursor);
        bytes memory two = _signedReading(cursor);
        (bool isDone, bytes memory reason) =
            address(ledger).call(abi.encodeCall(IMeterDirectory.proveClone, (one, two)));
        _same(cursor, "clone proven", isDone ? 1 : 0, 0);
        bytes4 expected = IMeterDirectory.ReadingsAgree.selector;
        _same(cursor, "why not", uint32(bytes4(reason)), uint32(expected));
    }

    function _enroller(uint256 action) private {
        VM.prank(ENROLLER);
        if (action == 3) ledger.suspend(_consumer);
        else if (action == 4) ledger.resume(_consumer);
        else ledger.revoke(_consumer);
    }

    function _end(Cursor memory cursor) private {
        uint48 finalImportWh = uint48(_take(cursor, 6));
        VM.prank(OWNER);
        ledger.offerFinalImport(_consumer, finalImportWh);
        VM.prank(ENROLLER);
        ledger.acceptFinalImport(_consumer, finalImportWh);
    }

    /// @dev As the firmware signed it; or only digested it, and then it is signed here.
    function _signedReading(Cursor memory cursor) private view returns (bytes memory) {
        Reading memory reading = Reading({
            pagination: uint32(_take(cursor, 4)),
            exportWh: uint48(_take(cursor, 6)),
            importWh: uint48(_take(cursor, 6)),
            authorisedWh: uint48(_take(cursor, 6)),
            returnedWh: uint48(_take(cursor, 6)),
            takenAt: uint40(_take(cursor, 5)),
            status: uint16(_take(cursor, 2))
        });
        bytes32 r = bytes32(_take(cursor, 32));
        bytes32 vs = bytes32(_take(cursor, 32));
        bytes32 digest = digestOf(reading, ledger.domainSeparator());
        _same(cursor, "digest", uint256(digest), _take(cursor, 32));
        if (r == 0) (r, vs) = VM.signCompact(KEY, digest);
        return packed(reading, r, vs);
    }

    function _compare(Cursor memory cursor) private view {
        _same(cursor, "state", uint8(ledger.stateOf(_consumer)), _take(cursor, 1));
        Registers memory registers = ledger.registersOf(_consumer);
        _same(cursor, "pagination", registers.pagination, _take(cursor, 4));
        _same(cursor, "exportWh", registers.exportWh, _take(cursor, 6));
        _same(cursor, "importWh", registers.importWh, _take(cursor, 6));
        _same(cursor, "authorisedWh", registers.authorisedWh, _take(cursor, 6));
        _same(cursor, "returnedWh", registers.returnedWh, _take(cursor, 6));
        _same(cursor, "plausibleFrom", registers.plausibleFrom, _take(cursor, 5));

        (uint256 redeemed, uint256 settled, uint256 refunded) = _redemptions.accountOf(_consumer);
        _same(cursor, "redeemed", redeemed, _take(cursor, 6));
        _same(cursor, "settled", settled, _take(cursor, 6));
        _same(cursor, "refunded", refunded, _take(cursor, 6));
        uint256 minted = _take(cursor, 6);
        uint256 owned = _take(cursor, 6);
        _same(cursor, "minted", ledger.mintedOf(_consumer) * COIN_WH, minted);
        _same(cursor, "owned", coin.balanceOf(OWNER), owned * WH);

        uint256 open = redeemed - settled - refunded;
        _same(cursor, "escrow", coin.balanceOf(address(_redemptions)), open * WH);
        _same(cursor, "escrowed", _redemptions.escrowedUnits(), open * WH);
        _same(cursor, "burned", IHeliosCoin(address(coin)).burned(), settled * WH);
        _same(cursor, "supply", coin.totalSupply(), (GIFT_WH + minted - settled) * WH);
    }

    /// @dev The next bytes of the trace as a number, big-endian.
    function _take(Cursor memory cursor, uint256 length) private pure returns (uint256 value) {
        bytes memory trace = cursor.trace;
        uint256 position = cursor.position;
        // Reads past the end only what the shift drops.
        assembly ("memory-safe") {
            value := mload(add(add(trace, 32), position))
        }
        cursor.position = position + length;
        return value >> (256 - 8 * length);
    }

    function _same(Cursor memory cursor, string memory what, uint256 actual, uint256 expected)
        private
        pure
    {
        if (actual != expected) revert Differs(cursor.seed, cursor.step, what, actual, expected);
    }
}
