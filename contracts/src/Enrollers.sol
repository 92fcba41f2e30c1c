// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IEnrollers} from "./interfaces/IEnrollers.sol";

/// @title Enrollers
/// @notice Keeps the admin's role and the power budgets of enrollers. See IEnrollers.
abstract contract Enrollers is IEnrollers {
    /// @dev Budgets of an enroller, W: one slot.
    struct Budget {
        uint64 budgetW;
        uint64 enrolledW;
    }

    /// @inheritdoc IEnrollers
    address public admin;

    /// @inheritdoc IEnrollers
    address public adminOfferedTo;

    /// @inheritdoc IEnrollers
    mapping(address enroller => Budget) public budgetOf;

    modifier onlyAdmin() {
        if (msg.sender != admin) revert NotTheAdmin(admin, msg.sender);
        _;
    }

    /// @param admin_ First admin. Zero deploys a ledger whose enrollers never change.
    /// @param enroller First enroller, with his budget, W, so that a deployment is one
    /// transaction.
    constructor(address admin_, address enroller, uint64 budgetW) {
        admin = admin_;
        emit AdminAccepted(address(0), admin_);
        _giveBudget(enroller, budgetW);
    }

    /// @inheritdoc IEnrollers
    function giveBudget(address enroller, uint64 budgetW) external onlyAdmin {
        _giveBudget(enroller, budgetW);
    }

    /// @inheritdoc IEnrollers
    function offerAdmin(address newAdmin) external onlyAdmin {
        adminOfferedTo = newAdmin;
        emit AdminOffered(admin, newAdmin);
    }

    /// @inheritdoc IEnrollers
    function acceptAdmin() external {
        if (msg.sender != adminOfferedTo) revert AdminNotOffered(adminOfferedTo, msg.sender);

        emit AdminAccepted(admin, msg.sender);
        admin = msg.sender;
        delete adminOfferedTo;
    }

    /// @dev What the caller's meters will have taken of his budget, W, with one more.
    function _requireBudgetFor(uint32 maxPowerW) internal view returns (uint64 enrolledW) {
        Budget storage budget = budgetOf[msg.sender];
        uint256 neededW = uint256(budget.enrolledW) + maxPowerW;
        if (neededW > budget.budgetW) revert BudgetExceeded(budget.budgetW, neededW);
        // Fits: at most budgetW.
        return uint64(neededW);
    }

    function _isEnroller(address account) internal view returns (bool) {
        return budgetOf[account].budgetW != 0;
    }

    function _giveBudget(address enroller, uint64 budgetW) private {
        budgetOf[enroller].budgetW = budgetW;
        emit BudgetGiven(enroller, budgetW);
    }
}
