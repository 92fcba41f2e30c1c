// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @title Enrollers
/// @notice Who may admit meters, and how much rated power each. The admin gives power budgets to
/// enrollers, and can do nothing else.
interface IEnrollers {
    /// @notice The admin gave an enroller a budget, W. 0: he is an enroller no longer.
    event BudgetGiven(address indexed enroller, uint64 budgetW);

    /// @notice The admin offered the role, which passes once it is accepted. Zero takes an offer
    /// back.
    event AdminOffered(address indexed from, address indexed to);

    /// @notice The role of admin passed.
    event AdminAccepted(address indexed from, address indexed to);

    /// @notice Only the admin may do this.
    error NotTheAdmin(address admin, address caller);

    /// @notice Only the address to which the role was offered may accept it.
    error AdminNotOffered(address offeredTo, address caller);

    /// @notice The meter would take the enroller above his budget, W.
    error BudgetExceeded(uint64 budgetW, uint256 neededW);

    /// @notice Gives `enroller` a budget of rated power for all the meters he ever enrols, W.
    /// @dev Power is never given back to a budget, not by revocation either: each enrolment grants
    /// the slack of the power rule once, and a budget that came back would grant it without limit.
    /// A budget below what is used stops further enrolments; 0 ends the role.
    function giveBudget(address enroller, uint64 budgetW) external;

    /// @notice Offers the role of admin. It passes only when accepted, so that a typing error is
    /// not the end of it.
    function offerAdmin(address newAdmin) external;

    /// @notice Takes over the role of admin.
    function acceptAdmin() external;

    /// @notice Who gives budgets.
    function admin() external view returns (address);

    /// @notice To whom the role of admin is offered; zero: to nobody.
    function adminOfferedTo() external view returns (address);

    /// @notice An enroller's budget and how much of it his meters have taken, W.
    function budgetOf(address enroller) external view returns (uint64 budgetW, uint64 enrolledW);
}
