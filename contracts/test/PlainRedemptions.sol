// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @notice One meter's redemptions in plain words and wide numbers: DESIGN.md's rules, written down
/// without a look at how Redemptions does it. Coins are Wh here.
contract PlainRedemptions {
    uint256 private immutable MAX_OPEN_WH;

    bool public isActive = true;
    address public owner;
    mapping(address holder => uint256) public coinsWh;
    mapping(address payer => bool) public hasNamed;
    mapping(address owner => mapping(address payer => bool)) public isApproved;

    // Of the meter, since enrolment.
    uint256 public usedWh;
    uint256 public returnedWh;

    uint256 public redeemedWh;
    uint256 public settledWh;
    uint256 public refundedWh;

    constructor(address owner_, uint256 maxOpenWh) {
        owner = owner_;
        MAX_OPEN_WH = maxOpenWh;
    }

    function give(address to, uint256 amountWh) external {
        coinsWh[to] += amountWh;
    }

    function name(address payer) external {
        hasNamed[payer] = true;
    }

    function approve(address payer, bool isApproved_) external {
        isApproved[owner][payer] = isApproved_;
    }

    function measure(uint256 newUsedWh, uint256 newReturnedWh) external {
        usedWh = newUsedWh;
        returnedWh = newReturnedWh;
    }

    function activate(bool isActive_) external {
        isActive = isActive_;
    }

    function sell(address to) external {
        settle();
        owner = to;
    }

    /// @return isAccepted Whether the payment counts; else nothing has changed.
    function pay(address payer, bool isByDefault, uint256 units)
        external
        returns (bool isAccepted)
    {
        uint256 amountWh = units / 1e15;
        if (units == 0 || units % 1e15 != 0) return false;
        if (amountWh > coinsWh[payer]) return false;
        if (!isActive) return false;
        if (isByDefault && !(hasNamed[payer] && payer == owner)) return false;
        if (!isByDefault && payer != owner && !isApproved[owner][payer]) return false;
        if (_openAfter(amountWh) > MAX_OPEN_WH) return false;

        settle();
        coinsWh[payer] -= amountWh;
        redeemedWh += amountWh;
        settle();
        return true;
    }

    function settle() public {
        uint256 burnable = _min(usedWh, redeemedWh - refundedWh);
        if (burnable > settledWh) settledWh = burnable;
        uint256 refundable = _min(returnedWh, redeemedWh - settledWh);
        if (refundable > refundedWh) {
            coinsWh[owner] += refundable - refundedWh;
            refundedWh = refundable;
        }
    }

    function end(uint256 finalUsedWh) external {
        settle();
        uint256 burnable = _min(finalUsedWh, redeemedWh - refundedWh);
        if (burnable > settledWh) settledWh = burnable;
        coinsWh[owner] += redeemedWh - settledWh - refundedWh;
        refundedWh = redeemedWh - settledWh;
        isActive = false;
    }

    /// @dev Energy that could still be used: neither used up, nor given back.
    function _openAfter(uint256 amountWh) private view returns (uint256) {
        uint256 goneWh = usedWh + returnedWh;
        uint256 paidWh = redeemedWh + amountWh;
        return paidWh > goneWh ? paidWh - goneWh : 0;
    }

    function _min(uint256 a, uint256 b) private pure returns (uint256) {
        return a < b ? a : b;
    }
}
