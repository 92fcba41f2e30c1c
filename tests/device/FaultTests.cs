using Helios.Boards;
using Helios.Device;
using Helios.Metering;
using Helios.Tests.Device.Bench;

namespace Helios.Tests.Device;

public class FaultTests
{
    private const ulong RunS = 1100;

    [Fact]
    public void An_exception_in_the_signing_stage_at_any_call_is_stored_and_restarted()
    {
        var ends = 0;
        for (var call = 1; ; call++)
        {
            Injection injection = new(call);
            DeviceOnTheBench bench = new(
                platform => injection.IsNew ? injection.Wrap(platform) : platform);
            if (!EndsStored(bench, injection, call))
            {
                Assert.True(ends > 60, $"Only {ends} calls were reached.");
                return;
            }

            ends++;
        }
    }

    [Fact]
    public void An_exception_at_any_call_of_a_later_boot_counts_no_impulse_twice()
    {
        for (var call = 1; ; call++)
        {
            Injection injection = new(call);
            var isLater = false;
            DeviceOnTheBench bench = new(
                platform => isLater && injection.IsNew ? injection.Wrap(platform) : platform);
            bench.Board.SwitchOn();
            bench.RunSeconds(300);
            isLater = true;
            bench.Board.CutPower();
            bench.Board.SwitchOn();
            bench.RunSeconds(60);
            if (!injection.HasThrown)
            {
                Assert.True(call > 20, $"Only {call} calls were reached.");
                return;
            }

            // At most what a minute brings is lost by the cut, and some seconds by two boots.
            var pulses = (ulong)bench.ExportLine.Pulses;
            Assert.InRange(bench.Meter.ExportImpulses, pulses - 70, pulses);
        }
    }

    [Fact]
    public void An_exception_in_the_counting_stage_at_any_call_is_stored_and_restarted()
    {
        for (var call = 3; call < 200; call += 7)
        {
            Injection injection = new(call);
            DeviceOnTheBench bench = new();
            injection.Line = bench.ExportLine;
            bench.Board.Pins[BoardPins.ExportPulse].Pulses = injection;
            Assert.True(EndsStored(bench, injection, call));
        }
    }

    [Fact]
    public void An_exception_in_the_network_stage_at_any_call_is_stored_and_restarted()
    {
        var ends = 0;
        for (var call = 1; call < 400; call += 1 + (call / 20))
        {
            Injection injection = new(call);
            DeviceOnTheBench bench = new(
                platform => injection.IsNew ? injection.WrapNetwork(platform) : platform);
            ends += EndsStored(bench, injection, call) ? 1 : 0;
        }

        Assert.True(ends > 20, $"Only {ends} calls were reached.");
    }

    [Fact]
    public void Faults_in_a_row_restart_ever_later_and_wear_no_flash()
    {
        DeviceOnTheBench bench = new(
            platform => new Injection(3) { IsForEver = true }.WrapNetwork(platform));
        bench.Board.SwitchOn();
        bench.RunSeconds(86_400);

        // 13 waits from 0 s to 2,048 s, then one an hour; besides those writes, counting's own.
        Assert.InRange(bench.Board.Boots, 30, 40);
        Assert.InRange(bench.Journal!.FaultRestarts, 29, 39);
        Assert.InRange(bench.Board.Flash.Writes, 30, 4 * 40 + 600);
        Assert.Equal(0, bench.Board.Watchdog.Resets);
    }

    [Fact]
    public void A_counting_stage_that_always_throws_waits_its_time_too_and_counts_the_other_line()
    {
        DeviceOnTheBench bench = new();
        bench.Board.Booting += () => bench.Board.Pins[BoardPins.ExportPulse].Pulses =
            new Injection(5) { IsForEver = true, Line = bench.ExportLine };
        bench.Board.Pins[BoardPins.ImportPulse].Pulses = bench.ExportLine;
        bench.Board.SwitchOn();
        bench.RunSeconds(86_400);

        Assert.InRange(bench.Board.Boots, 30, 40);
        Assert.Equal(0, bench.Board.Watchdog.Resets);

        // At each restart what comes within the 1.5 s of booting, and a turn that throws.
        var pulses = (ulong)bench.ExportLine.Pulses;
        Assert.InRange(
            bench.Meter.ImportImpulses, pulses - (4 * (ulong)bench.Board.Boots), pulses);
    }

    [Fact]
    public void An_hour_without_a_fault_is_a_new_start()
    {
        var bench = DeviceOnTheBench.Signing();
        bench.Links.Restart.Ask(RestartCause.Fault, 0);
        bench.RunSeconds(60);
        Assert.Equal(1, bench.Meter.Record.FaultRestarts);

        bench.RunSeconds(2 * 3600);
        Assert.Equal(0, bench.Meter.Record.FaultRestarts);
        Assert.Equal(0, bench.Journal!.FaultRestarts);
    }

    [Fact]
    public void While_a_restart_waits_for_its_time_impulses_are_counted_and_kept()
    {
        var bench = DeviceOnTheBench.Signing();
        for (var fault = 0; fault < 12; fault++)
        {
            bench.Links.Restart.Ask(RestartCause.Fault, bench.Board.Clock.NowMs);
            var boots = bench.Board.Boots;
            while (bench.Board.Boots == boots || bench.Meter.Record is null)
            {
                bench.RunSeconds(1);
            }

            Assert.InRange(
                bench.Meter.Record.ExportImpulses, bench.CountedAtEnd, bench.CountedAtEnd + 20);
        }

        Assert.Equal(12, bench.Meter.Record.FaultRestarts);
    }

    [Fact]
    public void A_signing_stage_that_hangs_starves_the_watchdog_and_is_restarted()
    {
        DeviceOnTheBench bench = new(platform => Without(StageName.Signing, platform));
        var fedAtMs = 0UL;
        bench.Board.Pins[BoardPins.WatchdogFeed].Changed += _ => fedAtMs = bench.Board.Clock.NowMs;
        bench.Board.SwitchOn();
        bench.RunSeconds(180);
        Assert.InRange(fedAtMs, 179_000UL, 180_000UL);

        bench.RunSeconds(10);
        Assert.InRange(fedAtMs, 180_000UL, 183_000UL);
        Assert.Contains(TraceCode.Hang, bench.Traced());

        bench.RunSeconds(10);
        Assert.Equal(2, bench.Board.Boots);
        Assert.Equal(0, bench.Board.Watchdog.Resets);
    }

    [Fact]
    public void A_network_stage_that_hangs_is_restarted_with_everything_stored()
    {
        DeviceOnTheBench bench = new(platform => Without(StageName.Network, platform));
        bench.Board.SwitchOn();
        bench.RunSeconds(180);
        Assert.Equal(1, bench.Board.Boots);
        bench.RunSeconds(4);

        Assert.Equal(0, bench.Board.Watchdog.Resets);
        Assert.Equal(bench.CountedAtEnd, bench.Journal!.ExportImpulses);
        Assert.Equal(1, bench.Journal.FaultRestarts);
    }

    [Fact]
    public void The_first_fault_after_a_sound_hour_restarts_at_once()
    {
        var bench = DeviceOnTheBench.Signing();
        for (var fault = 0; fault < 6; fault++)
        {
            bench.Links.Restart.Ask(RestartCause.Fault, bench.UptimeMs);
            bench.RunSeconds(60);
        }

        Assert.Equal(7, bench.Board.Boots);
        bench.RunSeconds(3700);
        bench.Links.Restart.Ask(RestartCause.Fault, bench.UptimeMs);
        bench.RunSeconds(4);
        Assert.Equal(8, bench.Board.Boots);
    }

    [Fact]
    public void A_counting_stage_that_hangs_is_reset_by_the_watchdog()
    {
        DeviceOnTheBench bench = new(platform => Without(StageName.Counting, platform));
        bench.Board.SwitchOn();
        bench.RunSeconds(178);

        Assert.Equal(1, bench.Board.Watchdog.Resets);
    }

    private static bool EndsStored(DeviceOnTheBench bench, Injection injection, int call)
    {
        bench.Board.SwitchOn();
        JournalRecord? atEnd = null;
        // A meter that is not provisioned has nothing to store in.
        bench.Board.Ended += () => atEnd ??= bench.Meter?.Record is null ? null : bench.Journal;
        ulong counted = 0;
        bench.Board.Ended += () => counted = counted == 0 ? bench.CountedAtEnd : counted;
        while (bench.Board.Boots < 2 && bench.Board.Clock.NowMs < RunS * 1000)
        {
            bench.RunSeconds(1);
        }

        if (!injection.HasThrown)
        {
            return false;
        }

        Assert.True(bench.Board.Boots == 2, $"No restart after call {call}.");
        if (atEnd is not null)
        {
            Assert.True(
                atEnd.ExportImpulses == counted,
                $"Call {call}: {counted} counted, {atEnd.ExportImpulses} stored.");
            Assert.False(atEnd.IsCleanShutdown);
        }

        bench.RunSeconds(60);
        Assert.Equal(MeterState.Ready, bench.Meter.State);
        return true;
    }

    private static Platform Without(StageName stage, Platform platform) => new(
        new ThreadsWithout(stage, platform.Threads),
        platform.Flash,
        platform.Console,
        platform.Link,
        platform.Time,
        platform.Power,
        platform.Entropy,
        platform.Hmac);

    private sealed class ThreadsWithout(StageName hung, IThreads inner) : IThreads
    {
        public ulong UptimeMs => inner.UptimeMs;

        public void Wait(uint ms) => inner.Wait(ms);

        public IWakeSignal CreateSignal() => inner.CreateSignal();

        public void Start(GuardedStage stage, IWakeSignal signal, ThreadPriority priority)
        {
            if (stage.Name != hung)
            {
                inner.Start(stage, signal, priority);
            }
        }
    }
}
