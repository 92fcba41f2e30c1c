// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {Enrollers} from "./Enrollers.sol";
import {IMeterDirectory} from "./interfaces/IMeterDirectory.sol";
import {CloneRecord} from "./types/CloneRecord.sol";
import {ClosingRecord} from "./types/ClosingRecord.sol";
import {Curve} from "./types/Curve.sol";
import {EnrolmentRecord} from "./types/EnrolmentRecord.sol";
import {MeterState} from "./types/MeterState.sol";
import {PackedConfiguration} from "./types/PackedConfiguration.sol";
import {PackedRegisters} from "./types/PackedRegisters.sol";
import {SignedReading, readingAt, signedReadingBytes} from "./types/SignedReading.sol";

/// @title MeterStates
/// @notice Keeps what is known of meters, and moves them through their states. See IMeterDirectory.
abstract contract MeterStates is IMeterDirectory, Enrollers, EIP712 {
    /// @dev A reading that somebody hands in as a proof.
    struct Evidence {
        address meter;
        PackedRegisters claimed;
        bytes32 digest;
    }

    /// @dev How long the last readings of a meter, signed or on their way, can still count before
    /// it may be declared dead.
    uint256 private constant CLOSING_MIN_S = 30 days;

    /// @dev The two slots that a reading touches: it writes the first and reads the second.
    mapping(address meter => PackedRegisters) internal _registers;
    mapping(address meter => PackedConfiguration) internal _configurations;

    mapping(address meter => EnrolmentRecord) internal _enrolments;
    mapping(address meter => ClosingRecord) internal _closings;
    mapping(address meter => CloneRecord) private _clones;

    constructor(address admin_, address enroller, uint64 budgetW)
        Enrollers(admin_, enroller, budgetW)
        EIP712("Helios", "1")
    {}

    /// @inheritdoc IMeterDirectory
    function suspend(address meter) external {
        _requireEnrollerOf(meter);

        _changeState(meter, MeterState.Active, MeterState.Suspended);
        emit MeterSuspended(meter, msg.sender);
    }

    /// @inheritdoc IMeterDirectory
    function resume(address meter) external {
        _requireEnrollerOf(meter);
        CloneRecord memory clone = _clones[meter];

        if (_isOpen(clone)) revert CloneNotCleared(meter, clone.provenPagination);

        _changeState(meter, MeterState.Suspended, MeterState.Active);
        emit MeterResumed(meter, msg.sender);
    }

    /// @inheritdoc IMeterDirectory
    function proveClone(bytes calldata first, bytes calldata second) external {
        Evidence memory one = _evidenceIn(first);
        Evidence memory two = _evidenceIn(second);
        address meter = one.meter;
        MeterState state = _configurations[meter].state();

        if (meter != two.meter) revert ReadingsOfTwoMeters(meter, two.meter);
        if (state != MeterState.Active && state != MeterState.Suspended) {
            revert WrongState(meter, state);
        }
        (uint32 firstPagination, uint32 secondPagination) =
            (one.claimed.pagination(), two.claimed.pagination());
        _requireUnusedProof(meter, firstPagination);
        _requireUnusedProof(meter, secondPagination);
        if (!_contradict(one, two)) revert ReadingsAgree(firstPagination, secondPagination);

        _keepProof(meter, firstPagination);
        _keepProof(meter, secondPagination);
        emit CloneProven(meter, msg.sender, firstPagination, secondPagination);
        if (state == MeterState.Suspended) return;
        _changeState(meter, MeterState.Active, MeterState.Suspended);
        emit MeterSuspended(meter, msg.sender);
    }

    /// @inheritdoc IMeterDirectory
    function clearClone(address meter) external {
        _requireEnrollerOf(meter);
        CloneRecord memory clone = _clones[meter];

        if (!_isOpen(clone)) revert CloneNotProven(meter);

        _changeState(meter, MeterState.Suspended, MeterState.Active);
        _clones[meter].clearedPagination = clone.provenPagination;
        emit CloneCleared(meter, msg.sender, clone.provenPagination);
        emit MeterResumed(meter, msg.sender);
    }

    /// @inheritdoc IMeterDirectory
    function revoke(address meter) external {
        _requireEnrollerOf(meter);

        _close(meter);
    }

    /// @inheritdoc IMeterDirectory
    function offerFinalImport(address meter, uint48 finalImportWh) external {
        PackedConfiguration configuration = _configurations[meter];

        _requireOwnedBy(configuration, msg.sender);
        _requireState(meter, configuration, MeterState.Closing);

        _closings[meter].isFinalImportOffered = true;
        _closings[meter].finalImportWh = finalImportWh;
        emit FinalImportOffered(meter, msg.sender, finalImportWh);
    }

    /// @inheritdoc IMeterDirectory
    function acceptFinalImport(address meter, uint48 finalImportWh) external {
        _requireEnrollerOf(meter);
        ClosingRecord memory closing = _closings[meter];

        _requireState(meter, _configurations[meter], MeterState.Closing);
        if (!closing.isFinalImportOffered || closing.finalImportWh != finalImportWh) {
            revert FinalImportNotOffered(closing.finalImportWh, finalImportWh);
        }
        if (block.timestamp < closing.since + CLOSING_MIN_S) {
            revert ClosingTooShort(closing.since + CLOSING_MIN_S, block.timestamp);
        }

        _changeState(meter, MeterState.Closing, MeterState.Dead);
        emit MeterDied(meter, msg.sender, finalImportWh);

        _closeAccount(meter, finalImportWh);
    }

    /// @inheritdoc IMeterDirectory
    function ownerOf(address meter) external view returns (address) {
        return _configurations[meter].owner();
    }

    /// @inheritdoc IMeterDirectory
    function stateOf(address meter) external view returns (MeterState) {
        return _configurations[meter].state();
    }

    /// @inheritdoc IMeterDirectory
    function assuranceOf(address meter) external view returns (uint8) {
        return _configurations[meter].assurance();
    }

    /// @inheritdoc IMeterDirectory
    function maxPowerWOf(address meter) external view returns (uint32) {
        return _configurations[meter].maxPowerW();
    }

    /// @inheritdoc IMeterDirectory
    function enrolmentOf(address meter) external view returns (EnrolmentRecord memory) {
        return _enrolments[meter];
    }

    /// @inheritdoc IMeterDirectory
    function cloneOf(address meter) external view returns (CloneRecord memory) {
        return _clones[meter];
    }

    /// @inheritdoc IMeterDirectory
    function closingOf(address meter) external view returns (ClosingRecord memory) {
        return _closings[meter];
    }

    /// @inheritdoc IMeterDirectory
    function domainSeparator() external view returns (bytes32) {
        return _domainSeparatorV4();
    }

    /// @dev Burns and refunds all that a dead meter had open.
    function _closeAccount(address meter, uint48 finalImportWh) internal virtual;

    /// @dev The enroller who admitted the meter; if his role has ended, any other answers for it.
    function _requireEnrollerOf(address meter) internal view {
        address enroller = _enrolments[meter].enroller;
        bool isHis = msg.sender == enroller || !_isEnroller(enroller);

        if (!isHis || !_isEnroller(msg.sender)) {
            revert NotTheEnroller(enroller, msg.sender);
        }
    }

    function _requireOwnedBy(PackedConfiguration configuration, address account) internal pure {
        if (account != configuration.owner()) revert NotTheOwner(configuration.owner(), account);
    }

    function _requireState(address meter, PackedConfiguration configuration, MeterState needed)
        internal
        pure
    {
        if (configuration.state() != needed) revert WrongState(meter, configuration.state());
    }

    /// @dev Puts an active or suspended meter into closing.
    function _close(address meter) internal {
        MeterState state = _configurations[meter].state();
        uint48 exportWh = _registers[meter].exportWh();

        // From whichever of the two it is in; a third one fails in the change itself.
        if (state != MeterState.Suspended) state = MeterState.Active;
        _changeState(meter, state, MeterState.Closing);
        _enrolments[meter].closedExportWh = exportWh;
        _closings[meter].since = uint40(block.timestamp);
        emit MeterRevoked(meter, msg.sender, exportWh);
    }

    /// @dev The one reading that `packed` is; its length tells the curve.
    function _readingIn(bytes calldata packed)
        internal
        pure
        returns (SignedReading, Curve curve)
    {
        uint256 length = packed.length;
        curve = length == signedReadingBytes(Curve.P256) ? Curve.P256 : Curve.Secp256k1;
        if (length != signedReadingBytes(curve)) revert SignedReadingsLength(length);
        return (readingAt(packed, 0, length), curve);
    }

    function _changeState(address meter, MeterState from, MeterState to) private {
        PackedConfiguration configuration = _configurations[meter];
        _requireState(meter, configuration, from);

        _configurations[meter] = configuration.withState(to);
    }

    function _evidenceIn(bytes calldata packed) private view returns (Evidence memory evidence) {
        (SignedReading reading, Curve curve) = _readingIn(packed);
        evidence.digest = reading.digest(_domainSeparatorV4());
        evidence.meter = reading.signature().signer(curve, evidence.digest);
        evidence.claimed = reading.claimed();
    }

    /// @dev A proof is used up by its clearing. What the meter signed before its Enrolment is no
    /// business of this ledger.
    function _requireUnusedProof(address meter, uint32 pagination) private view {
        uint32 enrolled = _enrolments[meter].pagination;
        uint32 cleared = _clones[meter].clearedPagination;
        uint32 last = cleared > enrolled ? cleared : enrolled;

        if (pagination <= last) revert PaginationNotNewer(last, pagination);
    }

    /// @dev Whether no single meter can have signed both: it signs a pagination once, and its
    /// registers never decrease.
    function _contradict(Evidence memory one, Evidence memory two) private pure returns (bool) {
        (uint32 first, uint32 second) = (one.claimed.pagination(), two.claimed.pagination());
        if (first == second) return one.digest != two.digest;
        return first < second
            ? one.claimed.hasDecreased(two.claimed)
            : two.claimed.hasDecreased(one.claimed);
    }

    function _keepProof(address meter, uint32 pagination) private {
        CloneRecord storage clone = _clones[meter];
        if (pagination > clone.provenPagination) clone.provenPagination = pagination;
    }

    function _isOpen(CloneRecord memory clone) private pure returns (bool) {
        return clone.provenPagination > clone.clearedPagination;
    }
}
