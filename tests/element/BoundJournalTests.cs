using Helios.Element;
using Helios.Metering;

namespace Helios.Tests.Element;

/// <summary>The journal bound to the element: what a cut may do, and what an image.</summary>
public sealed class BoundJournalTests
{
    private static readonly long Stride = Night.IsOn ? 1 : 11;

    [Fact]
    public void Each_boot_pagination_block_of_credit_and_return_counts_once()
    {
        var meter = new BoundMeter();
        var counts = new List<uint>();
        meter.Live(() => counts.Add(meter.ElementCount));

        // Provisioned; Enrolment; a reading, a mark, twice more each; a return; a reading; a
        // shutdown; a boot; a reading; a mark; a boot; a reading.
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8, 9, 9, 10, 11, 12, 13, 14], counts);
        Assert.Equal(meter.ElementCount, meter.Meter.Record.BoundCount);
        Assert.Equal(MeterState.Ready, meter.Meter.State);
    }

    /// <summary>Every byte that goes to flash or over the bus, or every 11th.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_cut_at_any_byte_never_turns_against_an_honest_meter(bool writesFirst)
    {
        var uncut = new BoundMeter(writesFirst);
        uncut.Live();
        for (var cut = uncut.Power.Steps % Stride; cut < uncut.Power.Steps; cut += Stride)
        {
            var meter = new BoundMeter(writesFirst);
            meter.Power.CutAt = cut;
            meter.Live();
            Assert.True(meter.Power.IsOff);

            AssertGoesOn(meter, cut);
        }
    }

    [Fact]
    public void A_second_cut_at_any_byte_of_the_boot_after_the_first_does_not_either()
    {
        var uncut = new BoundMeter();
        uncut.Live();
        for (var cut = 2000L; cut < uncut.Power.Steps; cut += 1999)
        {
            for (var second = 1L; second < 2500; second += Night.IsOn ? 1 : 97)
            {
                var meter = new BoundMeter();
                meter.Power.CutAt = cut;
                meter.Live();
                meter.Power.Restore();
                meter.Power.CutAt = meter.Power.Steps + second;
                meter.Bench.Wire.IsPlugged = true;
                meter.Boot();

                AssertGoesOn(meter, cut);
            }
        }
    }

    [Fact]
    public void An_exception_at_any_call_of_a_boot_leaves_the_journal_one_ahead_at_the_most()
    {
        for (var call = 1; ; call++)
        {
            var meter = new BoundMeter();
            meter.Live();
            meter.Slots.CallsUntilThrown = call;
            if (BootsWithoutException(meter))
            {
                Assert.True(call > 6, $"Only {call} calls.");
                return;
            }

            Assert.Equal(MeterState.Ready, meter.Meter.Open(keyExists: true, uptimeMs: 1000));
            Assert.Equal(meter.ElementCount, meter.Meter.Record.BoundCount);
            Assert.Equal(MeterState.Ready, meter.Boot());
        }
    }

    [Fact]
    public void A_restored_image_signs_nothing_and_is_never_ready()
    {
        var images = new List<(byte[][] Image, uint Count)>();
        var meter = new BoundMeter();
        meter.Live(() => images.Add((meter.Slots.Image(), meter.ElementCount)));
        var taken = meter.Taken.Count;
        var count = meter.ElementCount;
        Assert.Equal(15, images.Count);
        foreach (var (image, counted) in images.Where(one => one.Count < count))
        {
            meter.Slots.Restore(image);
            for (var boots = 0; boots < 3; boots++)
            {
                Assert.Equal(MeterState.JournalDiffersFromElement, meter.Boot());
                Assert.Equal(TakeResult.NotReady, meter.Read(5000, 10));
                Assert.Equal(AppendResult.NotCounted, meter.Mark(40 * BoundMeter.BlockWh));
                Assert.Equal(MeterState.JournalDiffersFromElement, meter.Keep());
            }

            Assert.Equal(count, meter.ElementCount);
            Assert.True(counted < count);
        }

        Assert.Equal(taken, meter.Taken.Count);
    }

    /// <summary>It was exported meanwhile, and a signature said so.</summary>
    [Fact]
    public void An_image_from_before_the_last_reading_signs_nothing()
    {
        var meter = new BoundMeter();
        meter.Live();
        var image = meter.Slots.Image();
        Assert.Equal(TakeResult.Taken, meter.Read(1000, 0));
        meter.Slots.Restore(image);

        Assert.Equal(MeterState.JournalDiffersFromElement, meter.Boot());
        Assert.Equal(TakeResult.NotReady, meter.Read(1000, 0));
    }

    /// <summary>No more than a power cut does.</summary>
    [Fact]
    public void An_image_from_after_the_last_count_reuses_no_pagination_and_no_credit()
    {
        var meter = new BoundMeter();
        meter.Live();
        meter.Mark(5 * BoundMeter.BlockWh);
        var image = meter.Slots.Image();
        meter.Count(700, 100);
        meter.Slots.Restore(image);

        Assert.Equal(MeterState.Ready, meter.Boot());
        Assert.Equal(5 * BoundMeter.BlockWh, meter.Meter.Record.ImportWhDown);
        var highest = meter.Taken.Max();
        Assert.Equal(TakeResult.Taken, meter.Read(100, 0));
        Assert.True(meter.Taken[^1] > highest);
    }

    /// <summary>The honest level of a software key: nothing notices.</summary>
    [Fact]
    public void Without_an_element_a_restored_image_is_ready_again()
    {
        var meter = new BoundMeter();
        meter.Boot(isBound: false);
        Assert.Equal(MeterState.JournalLost, meter.Meter.State);

        var power = new CutPower();
        var slots = new CutSlots(power);
        var line = new StandingLine();
        var configuration = new MeterConfiguration(
            31337, [0x5F, .. new byte[19]], 1000, 5750, 1000, 100_000, 0);
        var unbound = new Meter(configuration, line, line, slots);
        unbound.Open(false, 0);
        Assert.Equal(ProvisionResult.Provisioned, unbound.Provision(0));
        var image = slots.Image();
        unbound.ShutDown(1000);
        slots.Restore(image);

        Assert.Equal(
            MeterState.Ready, new Meter(configuration, line, line, slots).Open(true, 0));
    }

    [Fact]
    public void A_journal_that_was_never_bound_is_not_taken_over_nor_a_bound_one_let_go()
    {
        var meter = new BoundMeter();
        meter.Live();
        Assert.Equal(MeterState.ConfigurationDiffers, meter.Boot(isBound: false));
        Assert.Equal(MeterState.Ready, meter.Boot());
    }

    [Fact]
    public void A_lost_journal_is_not_begun_anew_with_an_element_that_has_counted()
    {
        var meter = new BoundMeter();
        meter.Live();
        meter.Slots.Restore([new byte[512], new byte[512]]);
        Assert.Equal(MeterState.JournalLost, meter.Boot());
    }

    [Fact]
    public void An_element_that_is_silent_stops_signing_until_it_answers_again()
    {
        var meter = new BoundMeter();
        meter.Live();
        var count = meter.ElementCount;
        meter.Bench.Wire.IsPlugged = false;
        Assert.Equal(AppendResult.NotCounted, meter.Mark(9 * BoundMeter.BlockWh));
        Assert.Equal(MeterState.ElementSilent, meter.Meter.State);
        Assert.Equal(TakeResult.NotReady, meter.Read(3000, 0));
        Assert.Equal(AppendResult.NotCounted, meter.Mark(12 * BoundMeter.BlockWh));
        Assert.Equal(count, meter.ElementCount);

        meter.Bench.Wire.IsPlugged = true;
        Assert.Equal(MeterState.Ready, meter.Keep());
        Assert.Equal(count + 1, meter.ElementCount);
        Assert.Equal(TakeResult.Taken, meter.Read(3000, 0));
    }

    [Fact]
    public void An_element_that_somebody_else_counted_up_is_found_out()
    {
        var meter = new BoundMeter();
        meter.Live();
        meter.Bench.Memory.Counters[0] += 2;
        Assert.Equal(AppendResult.NotCounted, meter.Mark(9 * BoundMeter.BlockWh));
        Assert.Equal(MeterState.JournalDiffersFromElement, meter.Meter.State);
        Assert.Equal(TakeResult.NotReady, meter.Read(3000, 0));
        Assert.Equal(MeterState.JournalDiffersFromElement, meter.Boot());
    }

    [Fact]
    public void At_the_counters_end_nothing_is_signed_any_more()
    {
        var meter = new BoundMeter();
        meter.Live();
        var ahead = SecureElement.CounterMax - meter.ElementCount;
        meter.Bench.Memory.Counters[0] += ahead;
        meter.Meter.Record.BoundCount += ahead;

        Assert.Equal(AppendResult.NotCounted, meter.Mark(9 * BoundMeter.BlockWh));
        Assert.Equal(MeterState.ElementUsedUp, meter.Meter.State);
        Assert.Equal(TakeResult.NotReady, meter.Read(3000, 0));
        Assert.Equal(MeterState.ElementUsedUp, meter.Boot());
    }

    private static void AssertGoesOn(BoundMeter meter, long cut)
    {
        var state = meter.PowerUp();
        if (state == MeterState.Unprovisioned)
        {
            Assert.Equal(0U, meter.ElementCount);
            Assert.Empty(meter.Taken);
            return;
        }

        Assert.True(state == MeterState.Ready, $"{state} after a cut at byte {cut}");
        Assert.Equal(meter.ElementCount, meter.Meter.Record.BoundCount);
        meter.Enrol();
        Assert.Equal(TakeResult.Taken, meter.Read(5000, 0));
        Assert.Equal(meter.Taken.Order(), meter.Taken);
        Assert.Equal(meter.Taken.Distinct(), meter.Taken);
    }

    private static bool BootsWithoutException(BoundMeter meter)
    {
        try
        {
            meter.Boot();
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private sealed class StandingLine : IPulseCounter
    {
        public ulong Read() => 0;
    }
}
