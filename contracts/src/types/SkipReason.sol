// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @notice Why a reading does not count. The order is the order of the checks: the first that
/// fails is the reason.
enum SkipReason {
    // The reading counts. Never in an event.
    None,
    // High s, or no signer can be recovered.
    SignatureInvalid,
    // The recovered signer is no meter of this ledger. A flipped bit anywhere ends here.
    MeterNotEnrolled,
    // The meter is suspended or dead.
    MeterNotAccepting,
    // This reading, or a newer one, was accepted before. A register says everything that an older
    // reading did, so nothing is lost.
    PaginationNotNewer,
    // A cumulative register is below the accepted one.
    RegisterDecreased,
    // More energy than the rated power allows by now. Counts later, unchanged.
    NotYetPlausible
}
