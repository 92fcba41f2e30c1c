using Helios.Boards.Simulated;
using Helios.Element;

namespace Helios.Tests.Element;

public sealed class ElementProvisioningTests
{
    [Fact]
    public void A_blank_element_becomes_a_meters_in_steps_that_are_said_before()
    {
        var bench = new ElementBench();
        Assert.Equal(ElementState.Blank, bench.Look());
        Assert.Equal(3, ElementProvisioning.Plan(ElementState.Blank).Length);

        Assert.Equal(ElementResult.Done, bench.Provision());

        Assert.Equal(ElementState.Ready, bench.Look());
        Assert.Empty(ElementProvisioning.Plan(ElementState.Ready));
        var zone = bench.Memory.Configuration;
        Assert.Equal("C0000000" + "8120", Convert.ToHexString(zone, 16, 6));
        Assert.Equal("3300", Convert.ToHexString(zone, 96, 2));
        Assert.True(bench.Memory.IsConfigurationLocked);
        Assert.True(bench.Memory.IsDataLocked);
        Assert.True(bench.Memory.IsSlotLocked(0));
    }

    [Fact]
    public void Only_what_a_meter_fixes_is_written()
    {
        var bench = new ElementBench();
        var before = bench.Memory.Configuration.ToArray();
        bench.Provision();
        var changed = Enumerable.Range(0, ElementMemory.ConfigurationLength)
            .Where(i => before[i] != bench.Memory.Configuration[i]);
        Assert.Equal([20, 86, 87, 88, 96], changed);
    }

    [Fact]
    public void A_key_that_is_locked_is_never_made_anew()
    {
        var bench = ElementBench.Ready();
        var key = bench.Memory.Keys[0];
        var publicKey = new byte[64];
        Assert.Equal(
            ElementResult.Refused, bench.Element.Run(ElementCommand.MakeKey(0), publicKey));
        Assert.Equal(ElementResult.Done, bench.Provision());
        Assert.Same(key, bench.Memory.Keys[0]);
    }

    /// <summary>Every bit of what a meter fixes.</summary>
    [Fact]
    public void An_element_that_is_locked_otherwise_is_refused_and_not_touched()
    {
        int[] offsets = [16, 17, 18, 19, 20, 21, 68, 69, 70, 71, 90, 91, 96, 97];
        var ready = ElementBench.Ready();
        foreach (var offset in offsets)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                var bench = ready.Copy();
                bench.Memory.Configuration[offset] ^= (byte)(1 << bit);
                var before = bench.Memory.Configuration.ToArray();

                Assert.Equal(ElementResult.LockedDifferently, bench.Provision());
                Assert.Equal(ElementState.LockedDifferently, bench.Look());
                Assert.Equal(before, bench.Memory.Configuration);
                Assert.All(bench.Chip.Done, opcode => Assert.Equal(0x02, opcode));
            }
        }
    }

    [Fact]
    public void Looking_changes_nothing()
    {
        var bench = new ElementBench();
        Assert.Equal(ElementState.Blank, bench.Look());
        Assert.All(bench.Chip.Done, opcode => Assert.Equal(0x02, opcode));
    }

    /// <summary>What a random pattern of other configurations leaves.</summary>
    [Fact]
    public void Whatever_a_blank_element_holds_it_is_locked_as_a_meter_needs_it()
    {
        var random = new Random(4);
        for (var i = 0; i < 50; i++)
        {
            var bench = new ElementBench(seed: i);
            random.NextBytes(bench.Memory.Configuration.AsSpan(20, 64));
            random.NextBytes(bench.Memory.Configuration.AsSpan(90, 38));

            Assert.Equal(ElementResult.Done, bench.Provision());
            Assert.Equal(ElementState.Ready, bench.Look());
        }
    }
}
