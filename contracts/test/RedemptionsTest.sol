// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IERC1363} from "@openzeppelin/contracts/interfaces/IERC1363.sol";
import {IHeliosCoin} from "../src/interfaces/IHeliosCoin.sol";
import {IRedemptions} from "../src/interfaces/IRedemptions.sol";
import {Enrolment} from "../src/types/Enrolment.sol";
import {MeterState} from "../src/types/MeterState.sol";
import {Registers} from "../src/types/Registers.sol";
import {LedgerTest, Reading} from "./LedgerTest.sol";

/// @notice A consumer's meter, in use before it was enrolled, whose OWNER has 100 coins; and what
/// wallet, meter and the books around them do.
abstract contract RedemptionsTest is LedgerTest {
    uint256 internal constant CONSUMER_KEY = 0xC0;
    uint48 internal constant IMPORT_WH = 7000;
    uint48 internal constant RETURNED_WH = 300;
    // Where authorised energy begins: import and returned at enrolment.
    uint48 internal constant START_WH = IMPORT_WH + RETURNED_WH;
    // A coin is 1000 Wh.
    uint256 internal constant WH = 1e15;
    address internal constant FRIEND = address(0xF1);

    IRedemptions internal redemptions;
    IERC1363 internal callable;
    address internal consumer;

    function setUp() public virtual override {
        super.setUp();
        redemptions = IRedemptions(ledger.redemptions());
        callable = IERC1363(address(coin));
        consumer = VM.addr(CONSUMER_KEY);
        enrolConsumer(CONSUMER_KEY, IMPORT_WH, RETURNED_WH);
        give(OWNER, 100e18);
        VM.prank(OWNER);
        redemptions.nameDefaultMeter(consumer);
        VM.warp(START + 30 days);
    }

    function enrolConsumer(uint256 key, uint48 importWh, uint48 returnedWh) internal {
        Enrolment memory enrolment = enrolmentOf(key, OWNER);
        enrolment.importWh = importWh;
        enrolment.returnedWh = returnedWh;
        enrol(key, enrolment);
    }

    /// @dev Coins out of nothing, as the ledger would mint them.
    function give(address to, uint256 amount) internal {
        VM.prank(address(ledger));
        IHeliosCoin(address(coin)).mint(to, amount);
    }

    /// @dev The OWNER's wallet sends coins, and knows nothing of meters.
    function pay(uint256 amountWh) internal {
        VM.prank(OWNER);
        assertTrue(coin.transfer(address(redemptions), amountWh * WH), "says so");
    }

    /// @dev The consumer's meter signs that, since enrolment, so much was used and given back.
    function used(uint48 usedWh, uint48 returnedWh) internal {
        Registers memory last = ledger.registersOf(consumer);
        ledger.record(
            sign(
                CONSUMER_KEY,
                Reading({
                    pagination: last.pagination + 1,
                    exportWh: last.exportWh,
                    importWh: IMPORT_WH + usedWh,
                    authorisedWh: last.authorisedWh,
                    returnedWh: RETURNED_WH + returnedWh,
                    takenAt: 0,
                    status: 0
                })
            )
        );
    }

    function approve(address payer) internal {
        VM.prank(OWNER);
        redemptions.approvePayer(consumer, payer, true);
    }

    /// @dev What the consumer's meter signs for a new owner, at the ledger's registers.
    function saleTo(address buyer) internal view returns (Enrolment memory enrolment) {
        Registers memory last = ledger.registersOf(consumer);
        enrolment = enrolmentOf(CONSUMER_KEY, buyer);
        enrolment.pagination = last.pagination + 1;
        enrolment.importWh = last.importWh;
        enrolment.returnedWh = last.returnedWh;
    }

    function sellTo(address buyer) internal {
        Enrolment memory sale = saleTo(buyer);
        bytes memory signature = sign(CONSUMER_KEY, sale);
        VM.prank(ledger.ownerOf(consumer));
        ledger.offerMeter(consumer, buyer);
        VM.prank(buyer);
        ledger.acceptMeter(sale, signature);
    }

    function revoke() internal {
        VM.prank(ENROLLER);
        ledger.revoke(consumer);
    }

    /// @dev The account as stored, and that the books of coins agree with it.
    function checkAccount(uint256 redeemedWh, uint256 settledWh, uint256 refundedWh)
        internal
        view
    {
        (uint48 redeemed, uint48 settled, uint48 refunded) = redemptions.accountOf(consumer);
        assertEq(redeemed, redeemedWh, "redeemed");
        assertEq(settled, settledWh, "settled");
        assertEq(refunded, refundedWh, "refunded");
        uint256 openUnits = (redeemedWh - settledWh - refundedWh) * WH;
        assertEq(redemptions.escrowedUnits(), openUnits, "escrowed");
        assertEq(coin.balanceOf(address(redemptions)), openUnits, "balance = escrowed");
        assertEq(IHeliosCoin(address(coin)).burned(), settledWh * WH, "burned");
    }

    function notTheOwner(address owner, address caller) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IRedemptions.NotTheOwner.selector, owner, caller);
    }

    function notApproved(address of_, address payer) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IRedemptions.PayerNotApproved.selector, of_, OWNER, payer);
    }

    function notActive(address of_, MeterState state) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IRedemptions.MeterNotActive.selector, of_, state);
    }

    function notWhole(uint256 amount) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IRedemptions.NotWholeWattHours.selector, amount, WH);
    }

    function tooLarge(uint256 openWh) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IRedemptions.OpenRestTooLarge.selector, MAX_OPEN_WH, openWh);
    }
}
