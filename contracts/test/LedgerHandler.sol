// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Vm} from "../script/Vm.sol";
import {CloneRecord} from "../src/types/CloneRecord.sol";
import {Enrolment} from "../src/types/Enrolment.sol";
import {MeterState} from "../src/types/MeterState.sol";
import {Registers} from "../src/types/Registers.sol";
import {IReadingLedger} from "../src/interfaces/IReadingLedger.sol";
import {Reading} from "./LedgerTest.sol";
import {P256Test} from "./P256Test.sol";

/// @notice What the invariants let happen to a ledger: four meters of three owners and up to eight
/// that replace others, every second one on P-256, honest, stolen and copied keys, a hostile relay,
/// an enroller with moods, owners who trade. No action of it reverts; what it sees in the ledger's
/// own events is what the invariants judge.
contract LedgerHandler is P256Test {
    bytes32 private constant ACCEPTED = IReadingLedger.ReadingAccepted.selector;
    bytes32 internal constant TRANSFER = keccak256("Transfer(address,address,uint256)");

    uint256 private constant METERS_AT_START = 4;
    uint256 private constant METERS_MAX = 12;
    uint256 internal constant KEY = 0xD00D;

    /// @notice Coins that the ledger said it minted, and those that the coin did, in units.
    uint256 public coinsAccepted;
    uint256 public unitsMinted;
    /// @notice Units minted in a call that carried no signature of a meter.
    uint256 public unitsMintedUnsigned;
    /// @notice Readings whose pagination was accepted before, or with a register below an earlier
    /// one.
    uint256 public paginationsRepeated;
    uint256 public registersDecreased;
    uint256 public accepted;

    // A key's address is a multiplication on the curve: not to be done at every step.
    address[] private _meters;
    // Of every meter the first of its household.
    address[] private _firsts;
    mapping(address meter => uint48) private _carryWh;
    mapping(uint256 length => bytes[]) private _signed;
    mapping(address meter => mapping(uint32 pagination => bool)) private _seen;
    mapping(address meter => Registers) private _last;

    function setUp() public virtual override {
        super.setUp();
        for (uint256 i = 0; i < METERS_AT_START; ++i) {
            Enrolment memory enrolment = _next(_owner(i));
            bytes memory signature = _sign(i, enrolment);
            VM.prank(ENROLLER);
            ledger.enrol(enrolment, signature);
            _firsts.push(enrolment.meter);
        }
        _signed[99].push(sign(METER_KEY, exported(2, 0)));
        _signed[163].push(signP256(ELEMENT_KEY, exported(2, 0)));
    }

    /// @dev One more meter, not yet enrolled.
    function _next(address owner) private returns (Enrolment memory enrolment) {
        uint256 i = _meters.length;
        enrolment = _isOnP256(i) ? enrolmentOfP256(KEY + i, owner) : enrolmentOf(KEY + i, owner);
        enrolment.exportWh = uint48(i * 12_345);
        enrolment.importWh = uint48(i * 777);
        _meters.push(enrolment.meter);
        _last[enrolment.meter].exportWh = enrolment.exportWh;
        _last[enrolment.meter].importWh = enrolment.importWh;
    }

    function _isOnP256(uint256 i) private pure returns (bool) {
        return i % 2 == 1;
    }

    function _sign(uint256 who, Reading memory reading) internal view returns (bytes memory) {
        uint256 i = who % _meters.length;
        return _isOnP256(i) ? signP256(KEY + i, reading) : sign(KEY + i, reading);
    }

    function _sign(uint256 who, Enrolment memory enrolment) private view returns (bytes memory) {
        uint256 i = who % _meters.length;
        return _isOnP256(i) ? signP256(KEY + i, enrolment) : sign(KEY + i, enrolment);
    }

    function meterAt(uint256 i) public view returns (address) {
        return _meters[i % _meters.length];
    }

    function meters() external view returns (uint256) {
        return _meters.length;
    }

    /// @notice The first meter of the household, for which an unbroken row of meters counts.
    function firstOf(uint256 i) external view returns (address) {
        return _firsts[i];
    }

    /// @notice What the meter took over of a coin, as computed by hand when it replaced another.
    function carryWhOf(address meter_) external view returns (uint48) {
        return _carryWh[meter_];
    }

    function theLedger() external view returns (IReadingLedger) {
        return ledger;
    }

    function _owner(uint256 i) internal pure returns (address) {
        return address(uint160(0x0E00 + i % 3));
    }

    function waitSome(uint256 duration) external {
        VM.warp(block.timestamp + bound(duration, 1, 3 days));
    }

    function waitLong(uint256 duration) external {
        VM.warp(block.timestamp + bound(duration, 1, 100 days));
    }

    /// @notice A reading that goes on from the ledger's registers, small as an honest one.
    function record(uint256 who, uint32 skip, uint48 exportWh, uint48 importWh, uint256 other)
        external
    {
        Reading memory step = Reading({
            pagination: uint32(bound(skip, 1, 100)),
            exportWh: uint48(bound(exportWh, 0, 20_000)),
            importWh: uint48(bound(importWh, 0, 20_000)),
            authorisedWh: uint48(other % 2 * 500),
            returnedWh: uint48(other / 2 % 2 * 10),
            takenAt: uint40(block.timestamp - other % 5000),
            status: uint16(other)
        });
        _submit(_sign(who, _goOn(meterAt(who), step)), true);
    }

    /// @notice What a thief of the key would sign: energy of months at once and, once in a while,
    /// any content at all, which may lock the meter out for good.
    function recordStolen(uint256 who, uint256 chance, Reading memory step) external {
        if (chance % 64 != 0) {
            step.pagination %= 1000;
            step.exportWh %= 30_000_000;
            step.importWh %= 30_000_000;
            step.authorisedWh %= 1_000_000;
            step.returnedWh %= 1_000_000;
            step = _goOn(meterAt(who), step);
        }
        _submit(_sign(who, step), true);
    }

    /// @dev The ledger's registers and a step more; past their width they begin anew.
    function _goOn(address meter_, Reading memory step) internal view returns (Reading memory) {
        Registers memory now_ = ledger.registersOf(meter_);
        unchecked {
            step.pagination += now_.pagination;
            step.exportWh += now_.exportWh;
            step.importWh += now_.importWh;
            step.authorisedWh += now_.authorisedWh;
            step.returnedWh += now_.returnedWh;
        }
        return step;
    }

    /// @notice Readings from before, in any order, in a batch.
    function replay(bool isP256, uint256 first, uint256 second, uint256 third) external {
        bytes[] storage signed = _signed[isP256 ? 163 : 99];
        bytes memory batch = bytes.concat(
            signed[first % signed.length],
            signed[second % signed.length],
            signed[third % signed.length]
        );
        VM.recordLogs();
        if (isP256) ledger.recordBatchP256(batch);
        else ledger.recordBatch(batch);
        _observe(true);
    }

    /// @notice A reading from before with one bit flipped: nobody signed it.
    function falsify(bool isP256, uint256 which, uint256 bit) external {
        bytes[] storage known = _signed[isP256 ? 163 : 99];
        bytes memory signed = bytes.concat(known[which % known.length], "");
        signed[bit / 8 % signed.length] ^= bytes1(uint8(2 ** (bit % 8)));
        _submit(signed, false);
    }

    function suspendOrResume(uint256 who) external {
        address meter_ = meterAt(who);
        MeterState state = ledger.stateOf(meter_);
        CloneRecord memory clone = ledger.cloneOf(meter_);
        if (state > MeterState.Suspended) return;

        VM.prank(ENROLLER);
        if (state == MeterState.Active) ledger.suspend(meter_);
        else if (clone.provenPagination > clone.clearedPagination) ledger.clearClone(meter_);
        else ledger.resume(meter_);
    }

    /// @notice A copy of the key signs the next pagination too: anyone may say so.
    function proveClone(uint256 who, uint256 chance) external {
        address meter_ = meterAt(who);
        Registers memory last = ledger.registersOf(meter_);
        uint32 proven = ledger.cloneOf(meter_).provenPagination;
        uint32 newest = last.pagination > proven ? last.pagination : proven;
        if (chance % 4 != 0 || newest == type(uint32).max) return;
        if (ledger.stateOf(meter_) > MeterState.Suspended) return;

        Reading memory reading = _goOn(meter_, exported(0, 0));
        reading.pagination = newest + 1;
        bytes memory first = _sign(who, reading);
        reading.exportWh ^= 1;
        bytes memory second = _sign(who, reading);
        VM.recordLogs();
        VM.prank(STRANGER);
        ledger.proveClone(first, second);
        _observe(false);
    }

    /// @notice Only the last meter, and seldom: a ledger of closed meters shows little.
    function revoke(uint256 chance) external {
        if (chance % 16 != 0 || ledger.stateOf(meterAt(3)) >= MeterState.Closing) return;
        VM.prank(ENROLLER);
        ledger.revoke(meterAt(3));
    }

    /// @notice Another meter takes the place of one, whose key goes on signing.
    function replace(uint256 who, uint256 chance) external {
        if (chance % 8 != 0 || _meters.length == METERS_MAX) return;
        uint256 old = who % _meters.length;
        address meter_ = _meters[old];
        if (ledger.stateOf(meter_) > MeterState.Suspended) return;

        uint256 sinceWh =
            ledger.registersOf(meter_).exportWh - ledger.enrolmentOf(meter_).exportWh;
        Enrolment memory enrolment = _next(ledger.ownerOf(meter_));
        _firsts.push(_firsts[old]);
        _carryWh[enrolment.meter] = uint48((_carryWh[meter_] + sinceWh) % WH_PER_COIN);
        bytes memory signature = _sign(_meters.length - 1, enrolment);
        VM.recordLogs();
        VM.prank(ENROLLER);
        ledger.replace(meter_, enrolment, signature);
        _observe(false);
    }

    function sell(uint256 who, uint256 to) external {
        address meter_ = meterAt(who);
        if (ledger.stateOf(meter_) != MeterState.Active) return;
        Registers memory now_ = ledger.registersOf(meter_);
        // Locked out: no newer pagination is left to sell it with.
        if (now_.pagination == type(uint32).max) return;

        VM.prank(ledger.ownerOf(meter_));
        ledger.offerMeter(meter_, _owner(to));
        Enrolment memory enrolment = Enrolment({
            meter: meter_,
            owner: _owner(to),
            impulsesPerKwh: 1000,
            maxPowerW: POWER_W,
            pagination: now_.pagination + 1,
            exportWh: now_.exportWh,
            importWh: now_.importWh,
            returnedWh: now_.returnedWh,
            assurance: ledger.assuranceOf(meter_)
        });
        bytes memory signature = _sign(who, enrolment);

        VM.recordLogs();
        VM.prank(_owner(to));
        ledger.acceptMeter(enrolment, signature);
        _observe(false);
    }

    function transfer(uint256 from, uint256 to, uint256 amount) external {
        amount = bound(amount, 0, coin.balanceOf(_owner(from)));
        VM.prank(_owner(from));
        assertTrue(coin.transfer(_owner(to), amount), "transferred");
    }

    /// @dev One reading, of either curve.
    function _submit(bytes memory signed, bool isSigned) internal {
        if (isSigned) _signed[signed.length].push(signed);
        VM.recordLogs();
        if (signed.length == 163) ledger.recordBatchP256(signed);
        else ledger.recordBatch(signed);
        _observe(isSigned);
    }

    function _observe(bool isSigned) internal {
        Vm.Log[] memory logs = VM.getRecordedLogs();
        for (uint256 i = 0; i < logs.length; ++i) {
            _observe(logs[i], isSigned);
        }
    }

    function _observe(Vm.Log memory log, bool isSigned) internal virtual {
        if (log.topics[0] == ACCEPTED) _observeAccepted(log);
        if (log.topics[0] == TRANSFER && log.topics[1] == 0) {
            uint256 units = abi.decode(log.data, (uint256));
            unitsMinted += units;
            if (!isSigned) unitsMintedUnsigned += units;
        }
    }

    function _observeAccepted(Vm.Log memory log) private {
        address meter_ = address(uint160(uint256(log.topics[1])));
        Registers memory last = _last[meter_];
        Registers memory next;
        uint256 coins;
        (
            next.pagination,
            next.exportWh,
            next.importWh,
            next.authorisedWh,
            next.returnedWh,
            coins
        ) = abi.decode(log.data, (uint32, uint48, uint48, uint48, uint48, uint256));

        bool hasDecreased = next.exportWh < last.exportWh || next.importWh < last.importWh
            || next.authorisedWh < last.authorisedWh || next.returnedWh < last.returnedWh;
        if (hasDecreased) ++registersDecreased;
        if (_seen[meter_][next.pagination]) ++paginationsRepeated;
        _seen[meter_][next.pagination] = true;
        _last[meter_] = next;
        coinsAccepted += coins;
        ++accepted;
    }
}
