// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @notice What a ledger keeps of an enrolment. Two slots that no reading touches: for views, for
/// the change of owner, and for whatever counts from the enrolment on.
/// @param exportWh Export register at enrolment, Wh.
/// @param importWh Import register at enrolment, Wh.
/// @param returnedWh Returned register at enrolment, Wh.
/// @param closedExportWh Export register when the meter went into closing, Wh: what came later was
/// not minted. 0 before.
/// @param pagination Pagination at enrolment.
/// @param impulsesPerKwh Impulse constant of the meter.
/// @param enroller Who admitted the meter.
struct EnrolmentRecord {
    uint48 exportWh;
    uint48 importWh;
    uint48 returnedWh;
    uint48 closedExportWh;
    uint32 pagination;
    uint32 impulsesPerKwh;
    address enroller;
}
