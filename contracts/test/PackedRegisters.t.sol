// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {PackedRegisters, packRegisters} from "../src/types/PackedRegisters.sol";
import {Registers} from "../src/types/Registers.sol";
import {HeliosTest} from "./HeliosTest.sol";

contract PackedRegistersTest is HeliosTest {
    function _same(Registers memory a, Registers memory b) private pure {
        assertEq(keccak256(abi.encode(a)), keccak256(abi.encode(b)), "registers");
    }

    function test_fuzz_packRegisters_keepsEveryField(Registers memory registers) public pure {
        _same(packRegisters(registers).unpack(), registers);
    }

    function test_fuzz_withPagination_changesNothingElse(
        Registers memory registers,
        uint32 pagination
    ) public pure {
        PackedRegisters changed = packRegisters(registers).withPagination(pagination);
        registers.pagination = pagination;
        _same(changed.unpack(), registers);
    }

    function test_fuzz_withPlausibleFrom_changesNothingElse(
        Registers memory registers,
        uint32 plausibleFrom
    ) public pure {
        PackedRegisters changed = packRegisters(registers).withPlausibleFrom(plausibleFrom);
        registers.plausibleFrom = plausibleFrom;
        _same(changed.unpack(), registers);
    }

    function _hasDecreasedPlainly(Registers memory a, Registers memory b)
        private
        pure
        returns (bool)
    {
        return b.exportWh < a.exportWh || b.importWh < a.importWh
            || b.authorisedWh < a.authorisedWh || b.returnedWh < a.returnedWh;
    }

    function test_fuzz_hasDecreased_isTheFourComparisons(
        Registers memory a,
        Registers memory b,
        uint8 alike
    ) public pure {
        // Registers that are equal or differ by one are what random ones hardly ever are.
        if (alike & 1 != 0) b.exportWh = a.exportWh;
        if (alike & 2 != 0) b.importWh = a.importWh;
        if (alike & 4 != 0) b.authorisedWh = a.authorisedWh;
        if (alike & 8 != 0) b.returnedWh = a.returnedWh;
        _compare(a, b);
    }

    function test_hasDecreased_isTheFourComparisonsAtEveryEdge() public pure {
        uint48[5] memory edges = [uint48(0), 1, 1 << 47, type(uint48).max - 1, type(uint48).max];
        for (uint256 i = 0; i < 625; ++i) {
            for (uint256 j = 0; j < 625; j += 61) {
                _compare(_edge(edges, i, 1), _edge(edges, j, 0));
            }
        }
    }

    function _edge(uint48[5] memory edges, uint256 i, uint32 others)
        private
        pure
        returns (Registers memory)
    {
        return Registers(
            others,
            edges[i % 5],
            edges[i / 5 % 5],
            edges[i / 25 % 5],
            edges[i / 125],
            type(uint32).max * others
        );
    }

    function _compare(Registers memory a, Registers memory b) private pure {
        bool hasDecreased = packRegisters(a).hasDecreased(packRegisters(b));
        assertTrue(hasDecreased == _hasDecreasedPlainly(a, b), "as four comparisons say");
        if (hasDecreased) return;

        PackedRegisters increase = packRegisters(a).increaseTo(packRegisters(b));
        assertEq(increase.exportWh(), b.exportWh - a.exportWh, "export increase");
        assertEq(increase.importWh(), b.importWh - a.importWh, "import increase");
    }
}
