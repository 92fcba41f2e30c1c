// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Auction} from "../src/types/Auction.sol";
import {MarketTest} from "./MarketTest.sol";

/// @notice Replays books that tests/contracts has cleared in plain C#, one a line of the file that
/// HELIOS_REPLAY names, one period each: every order, then the clearing in the steps given, then
/// every settlement in the order given. A line is hex, big-endian:
///
///     price 2, volume 8, levels of a step 2, count of orders 2
///     each order as it came: isBid 1, ticks 2, lots 6, filled 6, place in the order of settling 2
contract ReplayBooks is MarketTest {
    uint256 private constant HEADER = 14;
    uint256 private constant ORDER = 17;

    function setUp() public override {
        super.setUp();
        give(seller, 1 << 140);
        token.give(BUYER, 1 << 140);
    }

    function test_clear_equalsThePlainImplementationOnEveryBook() public {
        string memory path = VM.envString("HELIOS_REPLAY");
        uint256 count;
        for (string memory line = VM.readLine(path); bytes(line).length != 0;) {
            // A call of its own, whose memory is free again.
            this.replay(VM.parseBytes(line));
            line = VM.readLine(path);
            ++count;
        }
        assertTrue(count != 0, "books were read");
    }

    function replay(bytes calldata book) external {
        uint256 count = _number(book, 12, 2);
        uint256[] memory orders = new uint256[](count);
        for (uint256 i = 0; i < count; ++i) {
            uint256 offset = HEADER + i * ORDER;
            (uint16 ticks, uint48 lots) =
                (uint16(_number(book, offset + 1, 2)), uint48(_number(book, offset + 3, 6)));
            orders[_number(book, offset + 15, 2)] = _number(book, offset, 1) == 1
                ? bid(BUYER, lots, ticks)
                : ask(seller, lots, ticks);
        }

        _clear(book);
        _settle(book, orders);
        _checkBooks(book);
    }

    function _clear(bytes calldata book) private {
        uint32 period = energy.currentPeriod();
        VM.warp((uint256(period) + 1) * PERIOD_S);
        uint256 levels = _number(book, 10, 2);
        for (uint256 walked = 0; !energy.clear(market, period, levels); walked += levels) {
            assertTrue(walked < 2048, "2048 levels are enough");
        }
        Auction memory auction = energy.auctionOf(market, period);
        assertEq(auction.priceTicks, _number(book, 0, 2), "price");
    }

    function _settle(bytes calldata book, uint256[] memory orders) private {
        uint256[] memory filled = new uint256[](orders.length);
        for (uint256 i = 0; i < orders.length; ++i) {
            uint256 offset = HEADER + i * ORDER;
            filled[_number(book, offset + 15, 2)] = _number(book, offset + 9, 6);
        }
        for (uint256 i = 0; i < orders.length; ++i) {
            assertEq(energy.settleOrder(market, orders[i]), filled[i], "filled lots");
        }
    }

    /// @dev Everything that moved, to the smallest unit; then the market holds nothing.
    function _checkBooks(bytes calldata book) private {
        (uint256 price, uint256 volume) = (_number(book, 0, 2), _number(book, 2, 8));
        uint256 bidMoney;
        uint256 askedLots;
        for (uint256 offset = HEADER; offset < book.length; offset += ORDER) {
            (uint256 ticks, uint256 lots) =
                (_number(book, offset + 1, 2), _number(book, offset + 3, 6));
            if (_number(book, offset, 1) == 1) bidMoney += ticks * lots;
            else askedLots += lots;
        }
        checkCredit(BUYER, volume, bidMoney - price * volume);
        checkCredit(seller, askedLots - volume, price * volume);
        _withdraw(BUYER);
        _withdraw(seller);
        assertEq(coin.balanceOf(address(energy)), 0, "coins held");
        assertEq(token.balanceOf(address(energy)), 0, "money held");
    }

    function _withdraw(address who) private {
        (uint128 coins, uint128 money) = energy.creditOf(address(token), who);
        if (coins == 0 && money == 0) return;
        VM.prank(who);
        energy.withdraw(address(token), who);
    }

    function _number(bytes calldata book, uint256 offset, uint256 size)
        private
        pure
        returns (uint256)
    {
        return uint256(bytes32(book[offset:])) >> (256 - 8 * size);
    }
}
