// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {MeterStates} from "./MeterStates.sol";
import {IMeterDirectory} from "./interfaces/IMeterDirectory.sol";
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
abstract contract MeterDirectory is MeterStates {
    uint8 private constant ASSURANCE_MAX = 2;

    /// @inheritdoc IMeterDirectory
    uint32 public immutable maxMeterPowerW;

    /// @inheritdoc IMeterDirectory
    mapping(address meter => address) public offeredTo;

    constructor(uint32 maxMeterPowerW_, address admin_, address enroller, uint64 budgetW)
        MeterStates(admin_, enroller, budgetW)
    {
        maxMeterPowerW = maxMeterPowerW_;
    }

    /// @inheritdoc IMeterDirectory
    function enrol(Enrolment calldata enrolment, bytes calldata signature) external {
        uint64 enrolledW = _requireAdmissible(enrolment, signature);

        _admit(enrolment, enrolledW, 0);
    }

    /// @inheritdoc IMeterDirectory
    function replace(address meter, Enrolment calldata enrolment, bytes calldata signature)
        external
    {
        _requireEnrollerOf(meter);
        uint64 enrolledW = _requireAdmissible(enrolment, signature);
        uint48 carryWh = _carryWhOf(meter);

        _requireOwnedBy(_configurations[meter], enrolment.owner);

        _close(meter);
        _closings[meter].successor = enrolment.meter;
        _admit(enrolment, enrolledW, carryWh);
        emit MeterReplaced(meter, enrolment.meter, msg.sender, carryWh);
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

    /// @dev Energy, Wh, that with the export register at enrolment makes whole coins and the part
    /// of one that is carried over.
    function _mintOffsetWh(uint48 exportWh, uint48 carryWh) internal view virtual returns (uint48);

    /// @dev Energy of the coin that a meter has begun, Wh.
    function _carryWhOf(address meter) internal view virtual returns (uint48);

    /// @dev Whether `account` is one of Helios' contracts, which cannot own a meter.
    function _isOwnContract(address account) internal view virtual returns (bool);

    /// @dev Burns and refunds what the meter's registers say.
    function _settle(address meter) internal virtual;

    /// @dev What a meter needs to be admitted by the caller, in whose budget it then counts.
    function _requireAdmissible(Enrolment calldata enrolment, bytes calldata signature)
        private
        view
        returns (uint64 enrolledW)
    {
        enrolledW = _requireBudgetFor(enrolment.maxPowerW);
        _requireState(enrolment.meter, _configurations[enrolment.meter], MeterState.None);
        _requireMeasurable(enrolment);
        _requireOwner(enrolment.owner);
        _requireSignedByMeter(enrolment, signature);
    }

    function _admit(Enrolment calldata enrolment, uint64 enrolledW, uint48 carryWh) private {
        budgetOf[msg.sender].enrolledW = enrolledW;
        _configurations[enrolment.meter] = packConfiguration(
            enrolment.owner,
            enrolment.maxPowerW,
            _mintOffsetWh(enrolment.exportWh, carryWh),
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
