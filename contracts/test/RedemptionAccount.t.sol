// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {RedemptionAccount, beginAccount} from "../src/types/RedemptionAccount.sol";
import {HeliosTest} from "./HeliosTest.sol";

/// @notice The registers of an account in one slot, against DESIGN.md's formulas in wide numbers.
contract RedemptionAccountTest is HeliosTest {
    uint256 private constant MOST = type(uint48).max;

    struct Plain {
        uint256 fromImportWh;
        uint256 fromReturnedWh;
        uint256 redeemedWh;
        uint256 settledWh;
        uint256 refundedWh;
    }

    function _min(uint256 a, uint256 b) private pure returns (uint256) {
        return a < b ? a : b;
    }

    function _max(uint256 a, uint256 b) private pure returns (uint256) {
        return a > b ? a : b;
    }

    function _settle(Plain memory p, uint256 usedWh, uint256 returnedWh) private pure {
        p.settledWh = _max(p.settledWh, _min(usedWh, p.redeemedWh - p.refundedWh));
        p.refundedWh = _max(p.refundedWh, _min(returnedWh, p.redeemedWh - p.settledWh));
    }

    function _compare(RedemptionAccount account, Plain memory p) private pure {
        assertEq(account.fromImportWh(), p.fromImportWh, "fromImportWh");
        assertEq(account.fromReturnedWh(), p.fromReturnedWh, "fromReturnedWh");
        assertEq(account.redeemedWh(), p.redeemedWh, "redeemedWh");
        assertEq(account.settledWh(), p.settledWh, "settledWh");
        assertEq(account.refundedWh(), p.refundedWh, "refundedWh");
        uint256 authorisedWh = p.fromImportWh + p.fromReturnedWh + p.redeemedWh;
        assertEq(account.authorisedWh(), authorisedWh, "authorisedWh");
        assertEq(account.openWh(), p.redeemedWh - p.settledWh - p.refundedWh, "openWh");
    }

    /// @dev Any valid account, and claims of any size.
    function _any(Plain memory p) private pure returns (RedemptionAccount account) {
        p.fromImportWh = bound(p.fromImportWh, 0, MOST);
        p.fromReturnedWh = bound(p.fromReturnedWh, 0, MOST - p.fromImportWh);
        p.redeemedWh = bound(p.redeemedWh, 0, MOST - p.fromImportWh - p.fromReturnedWh);
        p.settledWh = bound(p.settledWh, 0, p.redeemedWh);
        p.refundedWh = bound(p.refundedWh, 0, p.redeemedWh - p.settledWh);
        account = beginAccount(uint48(p.fromImportWh), uint48(p.fromReturnedWh));
        return account
            + RedemptionAccount.wrap((p.redeemedWh << 96) | (p.settledWh << 48) | p.refundedWh);
    }

    function test_fuzz_account_keepsEachRegisterInItsPlace(Plain memory p) public pure {
        _compare(_any(p), p);
    }

    function test_fuzz_account_settlesAsDesigned(Plain memory p, uint48 usedWh, uint48 returnedWh)
        public
        pure
    {
        RedemptionAccount account = _any(p);
        account = account + account.due(usedWh, returnedWh);
        _settle(p, usedWh, returnedWh);
        _compare(account, p);
        assertEq(
            RedemptionAccount.unwrap(account.due(usedWh, returnedWh)),
            0,
            "and then nothing is due"
        );
    }

    function test_fuzz_account_redeemsAsDesigned(
        Plain memory p,
        uint256 amountWh,
        uint48 usedWh,
        uint48 returnedWh
    ) public pure {
        RedemptionAccount account = _any(p);
        amountWh = bound(amountWh, 0, MOST - account.authorisedWh());
        (uint256 settledWh, uint256 refundedWh) = (p.settledWh, p.refundedWh);
        RedemptionAccount settlement;
        (account, settlement) = account.redeem(amountWh, usedWh, returnedWh);

        _settle(p, usedWh, returnedWh);
        p.redeemedWh += amountWh;
        _settle(p, usedWh, returnedWh);
        _compare(account, p);
        assertEq(settlement.settledWh(), p.settledWh - settledWh, "burned");
        assertEq(settlement.refundedWh(), p.refundedWh - refundedWh, "refunded");
        assertEq(settlement.redeemedWh(), 0, "and nothing else");
    }

    function test_fuzz_account_endsWithNothingOpen(
        Plain memory p,
        uint48 usedWh,
        uint48 returnedWh,
        uint48 finalUsedWh
    ) public pure {
        RedemptionAccount account = _any(p);
        account = account + account.dueAtEnd(usedWh, returnedWh, finalUsedWh);

        _settle(p, usedWh, returnedWh);
        uint256 refundWithoutFinal = p.redeemedWh - p.settledWh;
        p.settledWh = _max(p.settledWh, _min(finalUsedWh, p.redeemedWh - p.refundedWh));
        p.refundedWh = p.redeemedWh - p.settledWh;
        _compare(account, p);
        assertTrue(p.refundedWh <= refundWithoutFinal, "a final import only lowers the refund");
    }

    function test_account_worksAtTheEdgesOfItsRegisters() public pure {
        uint256[6] memory edges = [uint256(0), 1, 2 ** 32 - 1, 2 ** 32, MOST - 1, MOST];
        for (uint256 i = 0; i < 6; ++i) {
            for (uint256 j = 0; j < 6; ++j) {
                for (uint256 k = 0; k < 6; ++k) {
                    Plain memory p = Plain(0, 0, edges[i], 0, 0);
                    RedemptionAccount account = _any(p);
                    account = account + account.due(edges[j], edges[k]);
                    _settle(p, edges[j], edges[k]);
                    _compare(account, p);
                }
            }
        }
    }
}
