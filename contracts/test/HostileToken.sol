// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {
    ReentrancyGuardTransient
} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";

/// @notice A token in a mood: it keeps the standard, or breaks it in one of the ways that tokens
/// do.
contract HostileToken is ERC20("Hostile", "BAD") {
    enum Mood {
        Plain,
        TakesFee,
        ReturnsFalse,
        ReturnsNothing,
        Reverts,
        RefusesRecipient,
        MovesNothing,
        MovesTooMuch,
        CallsBack,
        ClaimsRiches
    }

    Mood public mood;
    address public refused;
    uint256 public callsBackLockedOut;
    address private _target;
    bytes[] private _calls;

    error Refused();

    function give(address to, uint256 amount) external {
        _mint(to, amount);
    }

    /// @notice Rebases downward: the account has less from one moment to the next.
    function take(address from, uint256 amount) external {
        _burn(from, amount);
    }

    function setMood(Mood mood_) external {
        mood = mood_;
    }

    function refuse(address account) external {
        (mood, refused) = (Mood.RefusesRecipient, account);
    }

    /// @notice What it calls, one after another, in the middle of each transfer.
    function setCalls(address target, bytes[] calldata calls) external {
        mood = Mood.CallsBack;
        _target = target;
        delete _calls;
        for (uint256 i = 0; i < calls.length; ++i) {
            _calls.push(calls[i]);
        }
    }

    function transfer(address to, uint256 amount) public override returns (bool) {
        return _moody(msg.sender, to, amount);
    }

    function transferFrom(address from, address to, uint256 amount)
        public
        override
        returns (bool)
    {
        return _moody(from, to, amount);
    }

    function balanceOf(address account) public view override returns (uint256) {
        return mood == Mood.ClaimsRiches ? type(uint256).max : super.balanceOf(account);
    }

    function allowance(address owner, address spender) public view override returns (uint256) {
        return mood == Mood.ClaimsRiches ? type(uint256).max : super.allowance(owner, spender);
    }

    /// @notice What an account has in truth.
    function heldBy(address account) external view returns (uint256) {
        return super.balanceOf(account);
    }

    function _moody(address from, address to, uint256 amount) private returns (bool) {
        if (mood == Mood.Reverts || (mood == Mood.RefusesRecipient && to == refused)) {
            revert Refused();
        }
        if (mood == Mood.ReturnsFalse) return false;
        if (mood == Mood.MovesNothing || mood == Mood.ClaimsRiches) return true;
        if (mood == Mood.CallsBack) _callBack();

        _transfer(from, to, amount);
        if (mood == Mood.TakesFee) _burn(to, 1);
        if (mood == Mood.MovesTooMuch) _mint(to, 1);
        if (mood == Mood.ReturnsNothing) {
            assembly {
                return(0, 0)
            }
        }
        return true;
    }

    function _callBack() private {
        for (uint256 i = 0; i < _calls.length; ++i) {
            (bool isDone, bytes memory answer) = _target.call(_calls[i]);
            bytes4 locked = ReentrancyGuardTransient.ReentrancyGuardReentrantCall.selector;
            if (!isDone && bytes4(answer) == locked) ++callsBackLockedOut;
        }
    }
}
