// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {IMeterDirectory} from "./interfaces/IMeterDirectory.sol";
import {ClosingRecord} from "./types/ClosingRecord.sol";
import {Curve} from "./types/Curve.sol";
import {Enrolment} from "./types/Enrolment.sol";
import {EnrolmentRecord} from "./types/EnrolmentRecord.sol";
import {MeterState} from "./types/MeterState.sol";
import {PackedConfiguration, packConfiguration} from "./types/PackedConfiguration.sol";
import {PackedRegisters, packRegisters} from "./types/PackedRegisters.sol";
import {Registers} from "./types/Registers.sol";
import {signatureIn} from "./types/Signature.sol";

/// @title MeterDirectory
/// @notice Admits meters and keeps whose they are. See IMeterDirectory.
/// @dev A base of ReadingLedger, so that meters, owners and coins know one address and one domain.
abstract contract MeterDirectory is IMeterDirectory, EIP712 {
    /// @dev Budgets of an enroller, W: one slot.
    struct Budget {
        uint64 budgetW;
        uint64 enrolledW;
    }

    uint8 private constant ASSURANCE_MAX = 2;

    /// @dev How long the last readings of a meter, signed or on their way, can still count before
    /// it may be declared dead.
    uint256 private constant CLOSING_MIN_S = 30 days;

    /// @inheritdoc IMeterDirectory
    uint32 public immutable maxMeterPowerW;

    /// @inheritdoc IMeterDirectory
    address public admin;

    /// @inheritdoc IMeterDirectory
    address public adminOfferedTo;

    /// @inheritdoc IMeterDirectory
    mapping(address enroller => Budget) public budgetOf;

    /// @inheritdoc IMeterDirectory
    mapping(address meter => address) public offeredTo;

    /// @dev The two slots that a reading touches: it writes the first and reads the second.
    mapping(address meter => PackedRegisters) internal _registers;
    mapping(address meter => PackedConfiguration) internal _configurations;

    mapping(address meter => EnrolmentRecord) internal _enrolments;
    mapping(address meter => ClosingRecord) private _closings;

    /// @param admin_ First admin. Zero deploys a ledger whose enrollers never change.
    /// @param enroller First enroller, with his budget, W, so that a deployment is one
    /// transaction.
    constructor(uint32 maxMeterPowerW_, address admin_, address enroller, uint64 budgetW)
        EIP712("Helios", "1")
    {
        maxMeterPowerW = maxMeterPowerW_;
        admin = admin_;
        emit AdminAccepted(address(0), admin_);
        _giveBudget(enroller, budgetW);
    }

    /// @inheritdoc IMeterDirectory
    function giveBudget(address enroller, uint64 budgetW) external {
        _requireAdmin();

        _giveBudget(enroller, budgetW);
    }

    /// @inheritdoc IMeterDirectory
    function offerAdmin(address newAdmin) external {
        _requireAdmin();

        adminOfferedTo = newAdmin;
        emit AdminOffered(admin, newAdmin);
    }

    /// @inheritdoc IMeterDirectory
    function acceptAdmin() external {
        if (msg.sender != adminOfferedTo) revert AdminNotOffered(adminOfferedTo, msg.sender);

        emit AdminAccepted(admin, msg.sender);
        admin = msg.sender;
        delete adminOfferedTo;
    }

    /// @inheritdoc IMeterDirectory
    function enrol(Enrolment calldata enrolment, bytes calldata signature) external {
        Budget storage budget = budgetOf[msg.sender];
        uint256 neededW = uint256(budget.enrolledW) + enrolment.maxPowerW;
        MeterState state = _configurations[enrolment.meter].state();

        if (neededW > budget.budgetW) revert BudgetExceeded(budget.budgetW, neededW);
        if (state != MeterState.None) revert WrongState(enrolment.meter, state);
        _requireMeasurable(enrolment);
        _requireOwner(enrolment.owner);
        _requireSignedByMeter(enrolment, signature);

        // Fits: at most budgetW.
        budget.enrolledW = uint64(neededW);
        _configurations[enrolment.meter] = packConfiguration(
            enrolment.owner,
            enrolment.maxPowerW,
            _mintOffsetWh(enrolment.exportWh),
            enrolment.assurance
        );
        _registers[enrolment.meter] = _startingRegisters(enrolment);
        _enrolments[enrolment.meter] = EnrolmentRecord({
            exportWh: enrolment.exportWh,
            importWh: enrolment.importWh,
            returnedWh: enrolment.returnedWh,
            closedExportWh: 0,
            pagination: enrolment.pagination,
            impulsesPerKwh: enrolment.impulsesPerKwh,
            enroller: msg.sender
        });
        _emitEnrolled(enrolment);
    }

    /// @inheritdoc IMeterDirectory
    function suspend(address meter) external {
        _requireEnrollerOf(meter);

        _changeState(meter, MeterState.Active, MeterState.Suspended);
        emit MeterSuspended(meter, msg.sender);
    }

    /// @inheritdoc IMeterDirectory
    function resume(address meter) external {
        _requireEnrollerOf(meter);

        _changeState(meter, MeterState.Suspended, MeterState.Active);
        emit MeterResumed(meter, msg.sender);
    }

    /// @inheritdoc IMeterDirectory
    function revoke(address meter) external {
        _requireEnrollerOf(meter);
        MeterState state = _configurations[meter].state();
        uint48 exportWh = _registers[meter].exportWh();

        // From whichever of the two it is in; a third one fails in the change itself.
        if (state != MeterState.Suspended) state = MeterState.Active;
        _changeState(meter, state, MeterState.Closing);
        _enrolments[meter].closedExportWh = exportWh;
        _closings[meter].since = uint40(block.timestamp);
        emit MeterRevoked(meter, msg.sender, exportWh);
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
    function offerMeter(address meter, address newOwner) external {
        PackedConfiguration configuration = _configurations[meter];

        _requireOwnedBy(configuration, msg.sender);
        _requireState(meter, configuration, MeterState.Active);

        offeredTo[meter] = newOwner;
        emit MeterOffered(meter, msg.sender, newOwner);
    }

    /// @inheritdoc IMeterDirectory
    function acceptMeter(Enrolment calldata enrolment, bytes calldata signature) external {
        address meter = enrolment.meter;
        PackedConfiguration configuration = _configurations[meter];

        if (msg.sender != offeredTo[meter]) revert MeterNotOffered(offeredTo[meter], msg.sender);
        if (msg.sender != enrolment.owner) revert NotTheOwner(enrolment.owner, msg.sender);
        _requireState(meter, configuration, MeterState.Active);
        _requireOwner(msg.sender);
        _requireSameMeter(enrolment, configuration);
        _requireSameRegisters(enrolment, _registers[meter]);
        _requireSignedByMeter(enrolment, signature);

        // While the old owner still is: what the meter gave back is refunded to him. A call before
        // the effects, but only to Redemptions, which calls nobody but this ledger and the coin.
        _settle(meter);
        _configurations[meter] = configuration.withOwner(msg.sender);
        _registers[meter] = _registers[meter].withPagination(enrolment.pagination);
        delete offeredTo[meter];
        emit MeterAccepted(meter, configuration.owner(), msg.sender, enrolment.pagination);
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
    function closingOf(address meter) external view returns (ClosingRecord memory) {
        return _closings[meter];
    }

    /// @inheritdoc IMeterDirectory
    function domainSeparator() external view returns (bytes32) {
        return _domainSeparatorV4();
    }

    /// @dev Energy, Wh, that with the export register at enrolment makes whole coins.
    function _mintOffsetWh(uint48 exportWh) internal view virtual returns (uint48);

    /// @dev Whether `account` is one of Helios' contracts, which cannot own a meter.
    function _isOwnContract(address account) internal view virtual returns (bool);

    /// @dev Burns and refunds what the meter's registers say.
    function _settle(address meter) internal virtual;

    /// @dev Burns and refunds all that a dead meter had open.
    function _closeAccount(address meter, uint48 finalImportWh) internal virtual;

    function _giveBudget(address enroller, uint64 budgetW) private {
        budgetOf[enroller].budgetW = budgetW;
        emit BudgetGiven(enroller, budgetW);
    }

    function _requireAdmin() private view {
        if (msg.sender != admin) revert NotTheAdmin(admin, msg.sender);
    }

    /// @dev The enroller who admitted the meter; if his role has ended, any other answers for it.
    function _requireEnrollerOf(address meter) private view {
        address enroller = _enrolments[meter].enroller;
        bool isHis = msg.sender == enroller || budgetOf[enroller].budgetW == 0;

        if (!isHis || budgetOf[msg.sender].budgetW == 0) {
            revert NotTheEnroller(enroller, msg.sender);
        }
    }

    function _requireMeasurable(Enrolment calldata enrolment) private view {
        if (enrolment.maxPowerW == 0 || enrolment.maxPowerW > maxMeterPowerW) {
            revert RatedPowerRefused(maxMeterPowerW, enrolment.maxPowerW);
        }
        if (enrolment.impulsesPerKwh == 0) revert ImpulseConstantZero();
        if (enrolment.assurance > ASSURANCE_MAX) revert AssuranceUnknown(enrolment.assurance);
    }

    function _requireOwner(address owner) private view {
        if (owner == address(0) || _isOwnContract(owner)) revert OwnerRefused(owner);
    }

    function _requireOwnedBy(PackedConfiguration configuration, address account) private pure {
        if (account != configuration.owner()) revert NotTheOwner(configuration.owner(), account);
    }

    function _requireState(address meter, PackedConfiguration configuration, MeterState needed)
        private
        pure
    {
        if (configuration.state() != needed) revert WrongState(meter, configuration.state());
    }

    function _requireSignedByMeter(Enrolment calldata enrolment, bytes calldata signature)
        private
        view
    {
        Curve curve =
            signature.length == Curve.P256.signatureBytes() ? Curve.P256 : Curve.Secp256k1;
        if (signature.length != curve.signatureBytes()) revert SignatureLength(signature.length);
        bytes32 digest = _hashTypedDataV4(enrolment.structHashOf());
        address signer = signatureIn(signature).signer(curve, digest);

        // A zero signer is no meter, even where zero is named as one.
        if (signer == address(0) || signer != enrolment.meter) {
            revert SignerMismatch(enrolment.meter, signer);
        }
    }

    /// @dev What an enroller admitted, a new owner cannot change.
    function _requireSameMeter(Enrolment calldata enrolment, PackedConfiguration configuration)
        private
        view
    {
        uint32 impulsesPerKwh = _enrolments[enrolment.meter].impulsesPerKwh;

        _requireSame(impulsesPerKwh, enrolment.impulsesPerKwh);
        _requireSame(configuration.maxPowerW(), enrolment.maxPowerW);
        _requireSame(configuration.assurance(), enrolment.assurance);
    }

    function _requireSame(uint256 enrolled, uint256 given) private pure {
        if (enrolled != given) revert EnrolmentDiffers(enrolled, given);
    }

    function _requireSameRegisters(Enrolment calldata enrolment, PackedRegisters accepted)
        private
        pure
    {
        if (enrolment.pagination <= accepted.pagination()) {
            revert PaginationNotNewer(accepted.pagination(), enrolment.pagination);
        }
        _requireSameRegister(accepted.exportWh(), enrolment.exportWh);
        _requireSameRegister(accepted.importWh(), enrolment.importWh);
        _requireSameRegister(accepted.returnedWh(), enrolment.returnedWh);
    }

    function _requireSameRegister(uint48 accepted, uint48 given) private pure {
        if (accepted != given) revert RegisterDiffers(accepted, given);
    }

    function _changeState(address meter, MeterState from, MeterState to) private {
        PackedConfiguration configuration = _configurations[meter];
        _requireState(meter, configuration, from);

        _configurations[meter] = configuration.withState(to);
    }

    /// @dev authorisedWh starts at 0, below whatever the meter signs first: an Enrolment does not
    /// name it. Rated power counts from now on.
    function _startingRegisters(Enrolment calldata enrolment)
        private
        view
        returns (PackedRegisters)
    {
        return packRegisters(
            Registers({
                pagination: enrolment.pagination,
                exportWh: enrolment.exportWh,
                importWh: enrolment.importWh,
                authorisedWh: 0,
                returnedWh: enrolment.returnedWh,
                // Fits until the year 2106.
                plausibleFrom: uint32(block.timestamp)
            })
        );
    }

    function _emitEnrolled(Enrolment calldata enrolment) private {
        emit MeterEnrolled(
            enrolment.meter,
            enrolment.owner,
            msg.sender,
            enrolment.impulsesPerKwh,
            enrolment.maxPowerW,
            enrolment.pagination,
            enrolment.exportWh,
            enrolment.importWh,
            enrolment.returnedWh,
            enrolment.assurance
        );
    }
}
