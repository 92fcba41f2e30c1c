using Helios.Boards;
using Helios.Boards.Simulated;
using Helios.Device;
using Helios.Tests.Device.Bench;

namespace Helios.Tests.Device;

/// <summary>What a restart costs, counted on the line itself and not by the meter.</summary>
public class RestartCostTests
{
    // IEC 62053-31: on and off at least 30 ms each.
    private const ulong FastestMs = 60;

    // Two writes of 40 ms to both slots and one to a single one, and a turn between them.
    private const ulong StoreMs = 150;

    [Theory]
    [InlineData(RestartCause.Planned)]
    [InlineData(RestartCause.Fault)]
    [InlineData(RestartCause.PowerFail)]
    public void A_restart_costs_what_comes_while_the_journal_is_written_and_the_board_starts(
        RestartCause cause)
    {
        var bench = DeviceOnTheBench.Signing(FastestMs);
        for (var i = 0; i < 20; i++)
        {
            bench.RunSeconds(20);
            var boots = bench.Board.Boots;
            var before = Uncounted(bench);
            bench.Board.RunUntil(bench.Board.Clock.NowMs + (ulong)(i * 50));
            Order(bench, cause);
            bench.RunSeconds(4000);

            var lost = Uncounted(bench) - before;
            Assert.Equal(boots + 1, bench.Board.Boots);
            Assert.InRange(lost, 0U, ((new BoardOptions().BootMs + StoreMs) / FastestMs) + 1);
        }
    }

    [Fact]
    public void A_restart_that_does_not_come_is_made_by_the_watchdog()
    {
        DeviceOnTheBench bench = new(platform => new(
            platform.Threads,
            platform.Flash,
            platform.Console,
            platform.Link,
            platform.Time,
            new DeafPower(),
            platform.Entropy,
            platform.Hmac));
        bench.Board.SwitchOn();
        bench.RunSeconds(60);
        bench.Links.Restart.Ask(RestartCause.Planned, 60_000);
        bench.RunSeconds(200);

        Assert.Equal(2, bench.Board.Boots);
        Assert.Equal(1, bench.Board.Watchdog.Resets);
    }

    private static void Order(DeviceOnTheBench bench, RestartCause cause)
    {
        if (cause != RestartCause.PowerFail)
        {
            bench.Links.Restart.Ask(cause, bench.UptimeMs);
            return;
        }

        bench.Board.Pins[BoardPins.PowerFail].SetOutside(BoardPins.PowerFailIsHigh);
        bench.Board.RunUntil(bench.Board.Clock.NowMs + 5);
        bench.Board.Pins[BoardPins.PowerFail].SetOutside(!BoardPins.PowerFailIsHigh);
    }

    // Pulses of the line that stand in no register, just after a turn of the counting stage.
    private static ulong Uncounted(DeviceOnTheBench bench)
    {
        var counted = bench.Meter.ExportImpulses;
        while (bench.Meter.ExportImpulses == counted)
        {
            bench.Board.RunUntil(bench.Board.Clock.NowMs + 1);
        }

        return (ulong)bench.ExportLine.Pulses - bench.Meter.ExportImpulses;
    }

    private sealed class DeafPower : IPower
    {
        public void Restart()
        {
        }
    }
}
