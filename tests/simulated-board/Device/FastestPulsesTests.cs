using Helios.Boards.Hardware;
using Helios.Boards.Simulated;

namespace Helios.Tests.SimulatedBoard.Device;

public sealed class FastestPulsesTests
{
    private const ulong FastestMs = 60; // IEC 62053-31: on and off at least 30 ms each
    private static readonly TimeSpan Duration =
        Night.IsOn ? TimeSpan.FromDays(1) : TimeSpan.FromHours(3);

    [Fact]
    public void At_16_7_a_second_on_both_lines_none_is_lost_while_everything_else_fails()
    {
        var meter = new MeterOnBoard(
            new BoardOptions(),
            clock => new PulsesUntil(new SteadyPulses(clock, FastestMs), clock, Duration),
            clock => new PulsesUntil(new SteadyPulses(clock, FastestMs), clock, Duration),
            whPerCoin: 100);
        var random = new Random(7);
        var weather = meter.Board.Weather;
        Plan(meter.Board.Clock, random, () =>
        {
            weather.AnswerLoss = random.NextDouble() * 0.5;
            weather.Broker = (BrokerMood)random.Next(3);
            weather.HasDns = random.Next(4) > 0;
            weather.HasWifi = random.Next(4) > 0;
            meter.Board.Flash.IsFull = random.Next(4) == 0;
            meter.Relay.Acknowledges = random.Next(2) == 0;
        });
        meter.Run(Duration + TimeSpan.FromMinutes(1));

        Assert.Equal(1, meter.Board.Boots);
        Assert.Equal(Made(meter.Export), meter.Program.Meter.ExportImpulses);
        Assert.Equal(Made(meter.Import), meter.Program.Meter.ImportImpulses);
        Assert.True(meter.Relay.Count > 10, $"{meter.Relay.Count} readings came through.");
        meter.Relay.AssertRegistersNeverFall();
    }

    [Fact]
    public void Noise_that_the_input_circuit_does_not_let_through_adds_none()
    {
        var duration = TimeSpan.FromHours(1);
        var meter = new MeterOnBoard(
            new BoardOptions(),
            clock => new S0Line(clock, S0InputCircuit.Nominal, Noise(duration)),
            clock => new S0Line(clock, S0InputCircuit.Nominal, []));
        meter.Run(duration);

        Assert.Equal(0UL, meter.Program.Meter.ExportImpulses);
        Assert.Equal(0UL, meter.Program.Meter.ImportImpulses);
    }

    [Fact]
    public void A_single_wrong_reading_of_the_counter_is_not_counted()
    {
        var meter = new MeterOnBoard(
            new BoardOptions(),
            clock => new SteadyPulses(clock, FastestMs),
            clock => new SteadyPulses(clock, 10_000));
        var isNegative = false;
        Plan(meter.Board.Clock, new Random(8), () =>
        {
            isNegative = !isNegative;
            meter.Board.Pins[Boards.BoardPins.ExportPulse].NextReadError =
                isNegative ? -32_767 : 32_767;
        });
        for (var hour = 0; hour < 3; hour++)
        {
            meter.Run(TimeSpan.FromHours(1));
        }
    }

    private static ulong Made(CountedLine line)
    {
        Assert.Equal(0, line.Pending);
        return line.Expected;
    }

    private static void Plan(BoardClock clock, Random random, Action change) => clock.At(
        clock.NowMs + (ulong)random.Next(1000, 600_000),
        () =>
        {
            change();
            Plan(clock, random, change);
        });

    private static IEnumerable<ContactChange> Noise(TimeSpan duration)
    {
        var random = new Random(9);
        for (var us = 0L; us < duration.TotalMicroseconds;)
        {
            yield return new ContactChange(us, IsClosed: true);
            var glitchUs = random.Next(1, 6000);
            yield return new ContactChange(us + glitchUs, IsClosed: false);
            us += glitchUs + random.Next(80_000, 500_000);
        }
    }

    // Ends in time for the last turn to see everything.
    private sealed class PulsesUntil(
        SteadyPulses pulses, BoardClock clock, TimeSpan end) : IPulseSource
    {
        private long _last;

        public long Pulses => clock.NowMs <= end.TotalMilliseconds ? _last = pulses.Pulses : _last;
    }
}
