// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {IEnergyMarket} from "../src/interfaces/IEnergyMarket.sol";
import {Offer} from "../src/types/Offer.sol";
import {RedemptionsTest} from "./RedemptionsTest.sol";

/// @notice A token that keeps the standard, as euro tokens do.
contract PlainToken is ERC20("Euro", "EUR") {
    function give(address to, uint256 amount) external {
        _mint(to, amount);
    }
}

/// @notice A market for a plain token and one for the chain's own coin, both in lots of 100 Wh;
/// SELLER has coins, BUYER has money, and both have approved the market.
abstract contract MarketTest is RedemptionsTest {
    uint32 internal constant PERIOD_S = 900;
    uint32 internal constant LOT_WH = 100;
    uint64 internal constant UNITS_PER_TICK = 250;
    uint256 internal constant LOT = LOT_WH * WH;
    uint256 internal constant SELLER_KEY = 0x5E11;
    address internal constant BUYER = address(0xB0B);

    IEnergyMarket internal energy;
    PlainToken internal token;
    bytes32 internal market;
    bytes32 internal ownCoinMarket;
    address internal seller;

    function setUp() public virtual override {
        super.setUp();
        energy = IEnergyMarket(
            VM.deployCode("EnergyMarket.sol:EnergyMarket", abi.encode(address(ledger), PERIOD_S))
        );
        token = new PlainToken();
        market = energy.createMarket(address(token), LOT_WH, UNITS_PER_TICK);
        ownCoinMarket = energy.createMarket(address(0), LOT_WH, UNITS_PER_TICK);
        seller = VM.addr(SELLER_KEY);
        outfit(seller);
        outfit(BUYER);
    }

    /// @dev Coins, money of both kinds, and approvals.
    function outfit(address who) internal {
        give(who, 1000e18);
        token.give(who, 1e12);
        VM.deal(who, 1e12);
        VM.prank(who);
        coin.approve(address(energy), type(uint256).max);
        VM.prank(who);
        token.approve(address(energy), type(uint256).max);
    }

    function offer() internal view returns (Offer memory) {
        return Offer({
            seller: seller,
            market: market,
            lots: 50,
            ticks: 300,
            minLots: 1,
            buyer: address(0),
            validUntil: uint40(block.timestamp + 1 days),
            epoch: 0,
            salt: 7
        });
    }

    /// @dev Written anew and apart from the code under test.
    function signOffer(uint256 key, Offer memory given) internal view returns (bytes memory) {
        bytes32 typeHash = keccak256(
            "Offer(address seller,bytes32 market,uint48 lots,uint16 ticks,uint48 minLots,"
            "address buyer,uint40 validUntil,uint32 epoch,uint256 salt)"
        );
        bytes32 domain = keccak256(
            abi.encode(
                keccak256(
                    "EIP712Domain(string name,string version,uint256 chainId,"
                    "address verifyingContract)"
                ),
                keccak256("Helios Market"),
                keccak256("1"),
                block.chainid,
                address(energy)
            )
        );
        bytes32 structHash = keccak256(abi.encode(typeHash, given));
        (uint8 v, bytes32 r, bytes32 s) =
            VM.sign(key, keccak256(abi.encodePacked(hex"1901", domain, structHash)));
        return abi.encodePacked(r, s, v);
    }

    function bid(address who, uint48 lots, uint16 ticks) internal returns (uint256) {
        uint32 period = energy.currentPeriod();
        VM.prank(who);
        return energy.bid(market, period, lots, ticks);
    }

    function ask(address who, uint48 lots, uint16 ticks) internal returns (uint256) {
        uint32 period = energy.currentPeriod();
        VM.prank(who);
        return energy.ask(market, period, lots, ticks);
    }

    /// @dev Ends the period and clears it in one step.
    function clear() internal returns (uint16 priceTicks) {
        uint32 period = energy.currentPeriod();
        VM.warp((uint256(period) + 1) * PERIOD_S);
        assertTrue(energy.clear(market, period, 2048), "2048 levels are enough");
        return energy.auctionOf(market, period).priceTicks;
    }

    function checkCredit(address who, uint256 lots, uint256 ticks) internal view {
        (uint128 coins, uint128 money) = energy.creditOf(address(token), who);
        assertEq(coins, lots * LOT, "coins credited");
        assertEq(money, ticks * UNITS_PER_TICK, "money credited");
    }
}
