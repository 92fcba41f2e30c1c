// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @notice What a ledger keeps of clone proofs against a meter. One slot that no reading touches.
/// @param provenPagination Highest pagination of all proofs that were handed in; 0: none was.
/// @param clearedPagination The same at the last clearing. Below provenPagination: a proof is open.
struct CloneRecord {
    uint32 provenPagination;
    uint32 clearedPagination;
}
