using CsCheck;
using Helios.Metering;

namespace Helios.Tests.Firmware.Metering;

public class PulseInputTests
{
    // 3.6 kW at 1000 imp/kWh is one impulse a second.
    private const uint ImpulsesPerKwh = 1000;
    private const uint MaxPowerW = 3600;
    private const long Overflow = 32767;

    private readonly SimulatedCounter _line = new();

    [Theory]
    [InlineData(Overflow)]
    [InlineData(-Overflow)]
    public void Reads_again_when_the_overflow_of_the_counter_makes_one_reading_wrong(long error)
    {
        PulseInput input = new(_line, ImpulsesPerKwh, MaxPowerW);
        _line.Count = Overflow - 1;
        input.TakeImpulses(86_400_000);

        _line.Count++;
        _line.MisreadNext(error);

        Assert.Equal(1UL, input.TakeImpulses(86_401_000));
        Assert.False(input.IsAboveRatedPower);
        Assert.False(input.IsFaulty);
    }

    [Fact]
    public void Reads_an_overflow_again_even_when_a_long_stall_makes_it_plausible()
    {
        PulseInput input = new(_line, ImpulsesPerKwh, MaxPowerW);
        _line.Count = 5;
        _line.MisreadNext(Overflow);

        Assert.Equal(5UL, input.TakeImpulses(86_400_000));
    }

    [Fact]
    public void Counts_whole_what_two_readings_agree_on_and_says_it_was_above_rated_power()
    {
        PulseInput input = new(_line, ImpulsesPerKwh, MaxPowerW);
        _line.Count = 500;

        Assert.Equal(500UL, input.TakeImpulses(1000));
        Assert.True(input.IsAboveRatedPower);

        _line.Count++;
        Assert.Equal(1UL, input.TakeImpulses(2000));
        Assert.False(input.IsAboveRatedPower);
    }

    [Fact]
    public void Counts_nothing_while_the_counter_is_below_what_it_said_and_heals()
    {
        PulseInput input = new(_line, ImpulsesPerKwh, MaxPowerW);
        _line.Count = 10;
        input.TakeImpulses(10_000);

        _line.Count = 400;
        input.TakeImpulses(10_500);
        Assert.True(input.IsAboveRatedPower);

        _line.Count = 3;
        Assert.Equal(0UL, input.TakeImpulses(11_000));
        Assert.True(input.IsFaulty);
        Assert.False(input.IsAboveRatedPower);

        _line.Count = 402;
        Assert.Equal(2UL, input.TakeImpulses(13_000));
        Assert.False(input.IsFaulty);
    }

    [Fact]
    public void Counts_nothing_while_readings_do_not_agree_and_then_all()
    {
        PulseInput input = new(_line, ImpulsesPerKwh, MaxPowerW);
        _line.Count = 4;
        _line.MisreadNext(90_000, 70_000, 50_000, 40_000);

        Assert.Equal(0UL, input.TakeImpulses(4000));
        Assert.True(input.IsFaulty);
        Assert.Equal(4UL, input.TakeImpulses(5000));
        Assert.False(input.IsFaulty);
    }

    [Fact]
    public void Takes_late_calls_for_what_they_are()
    {
        PulseInput input = new(_line, ImpulsesPerKwh, MaxPowerW);
        ulong uptimeMs = 0;
        foreach (ulong seconds in new ulong[] { 1, 9, 1, 1, 120, 1, 1, 7 })
        {
            // The call comes half a second early or late; the line runs at rated power.
            uptimeMs += seconds * 1000;
            _line.Count = (uptimeMs / 1000) + 1;
            input.TakeImpulses(uptimeMs);
            Assert.False(input.IsAboveRatedPower);
        }
    }

    [Fact]
    public void Reads_at_most_four_times_a_call()
    {
        PulseInput input = new(_line, ImpulsesPerKwh, MaxPowerW);
        _line.MisreadNext(90_000, 70_000, 50_000, 40_000, 30_000, 20_000);

        input.TakeImpulses(1000);

        Assert.Equal(4, _line.Readings);
    }

    [Fact]
    public void Counts_a_day_at_the_limit_of_the_S0_line_without_losing_or_adding_one()
    {
        PulseInput input = new(_line, impulsesPerKwh: 1000, maxPowerW: 60_000);
        ulong counted = 0;
        for (ulong uptimeMs = 0; uptimeMs <= 86_400_000; uptimeMs += 997)
        {
            _line.Count = uptimeMs / 60;
            counted += input.TakeImpulses(uptimeMs);
            Assert.False(input.IsAboveRatedPower);
        }

        Assert.Equal(_line.Count, counted);
    }

    [Fact]
    public void Counts_what_the_line_brought_whatever_single_readings_said() =>
        Gen.Select(Gen.UInt[0, 40], Gen.UInt[1, 30_000], Gen.Int[0, 3]).Array[1, 200]
            .Sample(calls =>
            {
                SimulatedCounter line = new();
                PulseInput input = new(line, 1000, 50_000);
                ulong counted = 0;
                ulong uptimeMs = 0;
                foreach ((uint impulses, uint elapsedMs, int race) in calls)
                {
                    uptimeMs += elapsedMs;
                    line.Count += impulses;
                    if (race == 1)
                    {
                        line.MisreadNext(Overflow);
                    }
                    else if (race == 2)
                    {
                        line.MisreadNext(-Overflow);
                    }

                    counted += input.TakeImpulses(uptimeMs);
                    Assert.Equal(line.Count, counted);
                }
            });
}
