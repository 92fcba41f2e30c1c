// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IEnrollers} from "./IEnrollers.sol";
import {CloneRecord} from "../types/CloneRecord.sol";
import {ClosingRecord} from "../types/ClosingRecord.sol";
import {Enrolment} from "../types/Enrolment.sol";
import {EnrolmentRecord} from "../types/EnrolmentRecord.sol";
import {MeterState} from "../types/MeterState.sol";

/// @title MeterDirectory
/// @notice Which meters a ledger believes, whose they are, and how much power each can have
/// measured.
///
/// An enroller admits meters within his power budget, and suspends, resumes, replaces and revokes
/// those he admitted. He cannot mint, move or burn a coin, or change an owner; but an enroller and
/// the owner of a meter that died agree on what becomes of the coins that it had open. Anyone can
/// suspend a meter of which two readings prove that its key signs in two places.
///
/// @dev An address is enrolled once in a ledger, never again: its registers and paginations would
/// start anew, and old signatures would count twice.
interface IMeterDirectory is IEnrollers {
    /// @notice A meter was admitted. Coins count from these registers on.
    event MeterEnrolled(
        address indexed meter,
        address indexed owner,
        address indexed enroller,
        uint32 impulsesPerKwh,
        uint32 maxPowerW,
        uint32 pagination,
        uint48 exportWh,
        uint48 importWh,
        uint48 returnedWh,
        uint8 assurance
    );

    /// @notice Readings of the meter are refused until it is resumed.
    /// @param by Its enroller, or whoever handed in a clone proof.
    event MeterSuspended(address indexed meter, address indexed by);

    /// @notice Readings of the meter count again.
    event MeterResumed(address indexed meter, address indexed enroller);

    /// @notice Two readings of the meter cannot both be true.
    event CloneProven(
        address indexed meter, address indexed by, uint32 firstPagination, uint32 secondPagination
    );

    /// @notice The enroller is sure of the meter's key again: readings up to this pagination prove
    /// nothing any more.
    event CloneCleared(address indexed meter, address indexed enroller, uint32 pagination);

    /// @notice The meter went into closing at this export register: it mints no more.
    event MeterRevoked(address indexed meter, address indexed enroller, uint48 exportWh);

    /// @notice A meter that just went into closing has a successor, which took over this part of a
    /// coin, Wh.
    event MeterReplaced(
        address indexed meter, address indexed successor, address indexed enroller, uint48 carryWh
    );

    /// @notice The owner of a closing meter said where its kWh meter stands, Wh.
    event FinalImportOffered(address indexed meter, address indexed owner, uint48 finalImportWh);

    /// @notice The enroller has read the same: the meter is dead, for good.
    event MeterDied(address indexed meter, address indexed enroller, uint48 finalImportWh);

    /// @notice The owner offered the meter to another. Zero takes an offer back.
    event MeterOffered(address indexed meter, address indexed from, address indexed to);

    /// @notice The meter passed to a new owner at this pagination; coins of later readings are
    /// his.
    event MeterAccepted(
        address indexed meter, address indexed from, address indexed to, uint32 pagination
    );

    /// @notice The caller has no power budget, or another enroller answers for the meter.
    error NotTheEnroller(address enroller, address caller);

    /// @notice The meter is another's. Only the owner may offer it, and its successor is his.
    error NotTheOwner(address owner, address caller);

    /// @notice Only the address to which the meter was offered may accept it.
    error MeterNotOffered(address offeredTo, address caller);

    /// @notice The meter is in a state in which this cannot be done. None: it is not enrolled.
    error WrongState(address meter, MeterState state);

    /// @notice One reading is 99 bytes on secp256k1 and 163 on P-256, a batch one or more of one
    /// curve.
    error SignedReadingsLength(uint256 given);

    /// @notice The two readings were signed by different keys.
    error ReadingsOfTwoMeters(address first, address second);

    /// @notice One meter may well have signed both: they are the same, or the newer has no lower
    /// register.
    error ReadingsAgree(uint32 firstPagination, uint32 secondPagination);

    /// @notice Two readings prove that the meter's key signs in two places: clear that first.
    error CloneNotCleared(address meter, uint32 pagination);

    /// @notice There is no clone proof to be cleared.
    error CloneNotProven(address meter);

    /// @notice The owner has offered no final import register, or another, Wh.
    error FinalImportNotOffered(uint48 offered, uint48 given);

    /// @notice A meter can be declared dead once it was closing for 30 days.
    error ClosingTooShort(uint256 earliest, uint256 blockTime);

    /// @notice Zero, the ledger, the coin and Redemptions cannot own a meter: coins minted to them were lost.
    error OwnerRefused(address owner);

    /// @notice Rated power is above 0 and at most the deployment's maxMeterPowerW, W.
    error RatedPowerRefused(uint32 maxMeterPowerW, uint32 given);

    /// @notice An impulse constant of 0 measures nothing.
    error ImpulseConstantZero();

    /// @notice 2 is the highest assurance there is.
    error AssuranceUnknown(uint8 given);

    /// @notice A signature is 64 bytes on secp256k1 and 128 on P-256; see enrol.
    error SignatureLength(uint256 given);

    /// @notice The Enrolment was signed by another key than the meter's. Zero: by none, or with a
    /// high s.
    error SignerMismatch(address meter, address signer);

    /// @notice The pagination was used before.
    error PaginationNotNewer(uint32 accepted, uint32 given);

    /// @notice A new owner takes the meter over at the registers that the ledger knows, so that
    /// every coin of the old owner is minted to him first: submit the last reading, then accept.
    error RegisterDiffers(uint48 accepted, uint48 given);

    /// @notice Impulse constant, rated power and assurance were admitted by an enroller; a new
    /// owner cannot change them.
    error EnrolmentDiffers(uint256 enrolled, uint256 given);

    /// @param enrolment What the meter signed; see Enrolment. Rated power is above 0 and at most
    /// maxMeterPowerW, the impulse constant above 0, assurance at most 2.
    /// @param signature By the meter's key, s low. On secp256k1 64 bytes: r, then yParity and s
    /// (EIP-2098). On P-256 128: r, s, and the public key X, Y.
    /// @notice Admits a meter, with the meter's own signature over the Enrolment: it shows
    /// possession of the key, consent to the owner, and the registers at which the meter starts.
    /// @dev Does not check that impulses are real, nor that the kWh meter is sealed: that is what
    /// an enroller is for.
    function enrol(Enrolment calldata enrolment, bytes calldata signature) external;

    /// @notice Admits a meter in place of another of the same owner, which goes into closing, for
    /// good. The part of a coin that the old meter had begun carries over: no watt-hour that was
    /// accepted is lost, and none is minted twice. What the old meter has open stays with it and is
    /// settled by its last readings, or ends as with any meter that is closing.
    /// @dev Needs no word of the old meter, which may be broken or stolen. Submit its last reading
    /// first: it mints no more. The successor takes its power from the budget like any meter, since
    /// the slack of the power rule is granted anew.
    /// @param meter Active or suspended, admitted by the caller.
    /// @param enrolment What the successor signed, for the old meter's owner; else as for enrol.
    /// @param signature As for enrol.
    function replace(address meter, Enrolment calldata enrolment, bytes calldata signature)
        external;

    /// @dev For a key that may be stolen, or a meter that may be tampered with: it can be undone.
    /// @notice Refuses readings of an active meter until it is resumed.
    function suspend(address meter) external;

    /// @notice Accepts readings of a suspended meter again, unless a clone proof is not cleared.
    /// Energy of the time between counts, as far as the power rule allows.
    function resume(address meter) external;

    /// @notice Suspends a meter by two of its readings that cannot both be true: of one pagination
    /// and different in anything, or of which the newer has a lower register. An honest meter never
    /// signs such a pair, so its key signs in two places. Open to anyone, also while the meter is
    /// suspended: the highest pagination of all proofs is kept.
    /// @dev Whether the ledger accepted either does not matter. Both are newer than the meter's
    /// Enrolment and than the last clearing, so that a proof that was cleared is used up. Whoever
    /// has the key can make a pair at any time: a meter whose key is abroad is to be replaced.
    /// @param first 99 bytes, or 163, as for ReadingLedger's record.
    /// @param second The same, by the same key; in either order.
    function proveClone(bytes calldata first, bytes calldata second) external;

    /// @notice The enroller, who has seen to it that one device alone has the key, resumes a meter
    /// that a clone proof suspended. Readings up to the highest pagination of all proofs until now
    /// prove nothing any more.
    function clearClone(address meter) external;

    /// @notice Puts an active or suspended meter into closing, for good. What it exported since
    /// its last accepted reading is not minted, nor the part of a coin that it had begun.
    function revoke(address meter) external;

    /// @dev For a meter that will never sign again: without its signature nothing else moves what
    /// it has open. Changes nothing until it is accepted; an offer replaces the one before.
    /// @notice The owner of a closing meter says where its kWh meter stands.
    /// @param finalImportWh Import register, read off the kWh meter, Wh. What it shows beyond the
    /// last accepted reading is burned; below that, it changes nothing.
    function offerFinalImport(address meter, uint48 finalImportWh) external;

    /// @notice The enroller, who has read the same off the kWh meter, declares the meter dead,
    /// once it was closing for 30 days. What it has open is burned as far as it was used, and
    /// refunded to the owner.
    function acceptFinalImport(address meter, uint48 finalImportWh) external;

    /// @dev Changes nothing for the meter until it is accepted. No enroller and no admin can offer
    /// a meter, so nobody but its owner can start a change of owner.
    /// @notice Offers an active meter to a new owner; an offer replaces the one before.
    function offerMeter(address meter, address newOwner) external;

    /// @dev What the meter has used and given back is settled with the old owner first. Coins begun
    /// by the old owner and finished by the new one are the new one's: the part
    /// of a coin goes with the meter, as do its state, its power rule and what it has open.
    /// @notice Takes over a meter that was offered to the caller, with the meter's signature over
    /// an Enrolment that names him, has a newer pagination, and else says what the ledger knows.
    function acceptMeter(Enrolment calldata enrolment, bytes calldata signature) external;

    /// @notice To whom a meter is offered; zero: to nobody.
    function offeredTo(address meter) external view returns (address);

    /// @notice To whom the meter's coins are minted; zero for a meter that is not enrolled.
    function ownerOf(address meter) external view returns (address);

    /// @notice What the ledger does with the meter's readings.
    function stateOf(address meter) external view returns (MeterState);

    /// @notice How the meter's key is kept: 0 software, 1 encrypted flash with secure boot, 2
    /// secure element. Anyone who weighs the meter's word should read it.
    function assuranceOf(address meter) external view returns (uint8);

    /// @notice Rated power of the meter's connection, W.
    function maxPowerWOf(address meter) external view returns (uint32);

    /// @notice Where the meter stood when it was enrolled, and who admitted it.
    function enrolmentOf(address meter) external view returns (EnrolmentRecord memory);

    /// @notice What was proven of copies of the meter's key, and what was cleared.
    function cloneOf(address meter) external view returns (CloneRecord memory);

    /// @notice Since when the meter is closing, at which import register it is to end, and what
    /// replaced it.
    function closingOf(address meter) external view returns (ClosingRecord memory);

    /// @notice Highest rated power that a meter of this deployment may have, W.
    function maxMeterPowerW() external view returns (uint32);

    /// @notice The EIP-712 domain separator of everything that meters sign for this ledger.
    function domainSeparator() external view returns (bytes32);
}
