using Helios.Metering;

namespace Helios.Tests.Firmware.Metering;

public class MeterTests
{
    private const ulong DayMs = 86_400_000;

    [Fact]
    public void Signs_when_a_whole_coin_is_earned_and_not_before()
    {
        MeterOnTheBench bench = MeterOnTheBench.Enrolled(whPerCoin: 100);

        bench.Feed(99);
        Assert.Null(bench.Take());
        bench.Feed(1);
        Reading? reading = bench.Take();

        Assert.NotNull(reading);
        Assert.Equal(100UL, reading.ExportWh);
        Assert.Equal(2U, reading.Pagination);
        Assert.Null(bench.Take());
    }

    [Fact]
    public void Earns_the_first_coin_early_by_the_remainder_of_the_meter_before()
    {
        MeterOnTheBench bench = MeterOnTheBench.Enrolled(whPerCoin: 100, carryWh: 30);

        bench.Feed(69);
        Assert.Null(bench.Take());
        bench.Feed(1);

        Assert.Equal(70UL, bench.Take()?.ExportWh);
    }

    [Fact]
    public void Shows_registers_no_finer_than_a_coin_until_somebody_asks()
    {
        MeterOnTheBench bench = MeterOnTheBench.Enrolled(whPerCoin: 100);
        bench.Feed(145, 37);
        Reading? coarse = bench.Take();
        bench.Meter.RequestReading();
        Reading? exact = bench.Take();
        bench.Feed(30, 70);
        bench.Pass(DayMs);
        Reading? after = bench.Take();

        Assert.Equal((100UL, 0UL), (coarse!.ExportWh, coarse.ImportWh));
        Assert.Equal((145UL, 37UL), (exact!.ExportWh, exact.ImportWh));

        // 175 is on point 100, below what was signed: never a step back.
        Assert.Equal((145UL, 100UL), (after!.ExportWh, after.ImportWh));
    }

    [Fact]
    public void Answers_every_request_and_only_once()
    {
        MeterOnTheBench bench = MeterOnTheBench.Enrolled();

        bench.Meter.RequestReading();
        Assert.NotNull(bench.Take());
        Assert.Null(bench.Take());
        bench.Meter.RequestReading();
        bench.Meter.RequestReading();
        Assert.NotNull(bench.Take());
        Assert.Null(bench.Take());
    }

    [Fact]
    public void Signs_once_a_day_though_nothing_was_counted()
    {
        MeterOnTheBench bench = MeterOnTheBench.Enrolled();
        bench.TimeStatus = ReadingStatus.TimeUnknown;

        bench.Pass(DayMs - 1000);
        Assert.Null(bench.Take());
        bench.Pass(1000);
        Assert.NotNull(bench.Take());
        Assert.Null(bench.Take());
    }

    [Fact]
    public void Signs_once_a_day_though_it_restarts_more_often()
    {
        MeterOnTheBench bench = MeterOnTheBench.Enrolled();
        int signed = 0;
        for (int hour = 0; hour < 72; hour++)
        {
            bench.Pass(3_600_000);
            bench.Boot();
            bench.Meter.Acknowledge(bench.Meter.Record.SignedPagination);
            signed += bench.Take() == null ? 0 : 1;
            bench.Meter.Acknowledge(bench.Meter.Record.SignedPagination);
            bench.Meter.ShutDown(bench.UptimeMs);
        }

        // In the first hour, since no relay acknowledges an Enrolment, and a day and two later.
        Assert.Equal(3, signed);
    }

    [Fact]
    public void Rounds_the_time_down_to_the_quarter_hour_and_says_how_far_to_believe_it()
    {
        MeterOnTheBench bench = MeterOnTheBench.Enrolled();
        bench.UnixSeconds = 1_750_000_499;
        bench.TimeStatus = ReadingStatus.TimeInformative;
        bench.Meter.RequestReading();

        Reading? reading = bench.Take();

        Assert.Equal(1_749_999_600UL, reading!.TakenAt);
        Assert.Equal(ReadingStatus.TimeInformative, reading.Status);
    }

    [Fact]
    public void Says_again_after_a_restart_what_no_relay_acknowledged()
    {
        MeterOnTheBench bench = MeterOnTheBench.Enrolled(whPerCoin: 100);
        bench.Feed(100);
        Reading? lost = bench.Take();
        bench.Boot();

        Reading? again = bench.Take();

        Assert.Equal(lost!.ExportWh, again!.ExportWh);
        Assert.True(again.Pagination > lost.Pagination);
        Assert.Null(bench.Take());
    }

    [Fact]
    public void Is_not_made_to_forget_by_an_acknowledgement_of_what_was_never_signed()
    {
        MeterOnTheBench bench = MeterOnTheBench.Enrolled(whPerCoin: 100);
        bench.Feed(100);
        bench.Take();
        bench.Meter.Acknowledge(uint.MaxValue);
        bench.Meter.Store(bench.UptimeMs);
        bench.Boot();

        Assert.NotNull(bench.Take());
    }

    [Fact]
    public void Tells_once_that_it_restarted_without_a_clean_shutdown()
    {
        MeterOnTheBench bench = MeterOnTheBench.Enrolled();
        bench.Boot();
        bench.Boot();
        Reading? first = bench.Take();
        bench.Meter.RequestReading();
        Reading? second = bench.Take();

        Assert.NotEqual(0, first!.Status & ReadingStatus.UncleanRestart);
        Assert.Equal(0, second!.Status & ReadingStatus.UncleanRestart);
    }

    [Fact]
    public void Tells_no_unclean_restart_after_a_clean_shutdown_but_after_the_next_cut()
    {
        MeterOnTheBench bench = MeterOnTheBench.Enrolled();
        bench.Feed(10);
        Assert.Equal(AppendResult.Stored, bench.Meter.ShutDown(bench.UptimeMs));
        bench.Boot();
        Assert.Equal(10UL, bench.Meter.ExportImpulses);
        Assert.Equal(0, bench.Take()!.Status & ReadingStatus.UncleanRestart);

        bench.Boot();
        Assert.NotEqual(0, bench.Take()!.Status & ReadingStatus.UncleanRestart);
    }

    [Fact]
    public void Counts_more_than_the_rated_power_and_tells_it_once()
    {
        MeterOnTheBench bench = MeterOnTheBench.Enrolled(whPerCoin: 1000);
        bench.ExportLine.Count += 500;
        bench.Pass(1000);
        bench.Meter.Count(bench.UptimeMs);
        bench.Meter.RequestReading();
        Reading? first = bench.Take();
        bench.Meter.RequestReading();
        Reading? second = bench.Take();

        Assert.Equal(500UL, first!.ExportWh);
        Assert.NotEqual(0, first.Status & ReadingStatus.AboveRatedPower);
        Assert.Equal(0, second!.Status & ReadingStatus.AboveRatedPower);
    }

    [Fact]
    public void Tells_what_happened_before_a_power_cut_in_the_first_reading_after_it()
    {
        MeterOnTheBench bench = MeterOnTheBench.Enrolled(whPerCoin: 1000);
        bench.ExportLine.Count += 500;
        bench.Pass(1000);
        bench.Meter.Count(bench.UptimeMs);
        bench.Meter.Keep(bench.UptimeMs);
        bench.Boot();

        Assert.NotEqual(0, bench.Take()!.Status & ReadingStatus.AboveRatedPower);
    }

    [Fact]
    public void Tells_again_what_a_reading_told_that_was_not_signed_or_not_acknowledged()
    {
        MeterOnTheBench bench = MeterOnTheBench.Enrolled(whPerCoin: 1000);
        bench.ExportLine.Count += 500;
        bench.Pass(1000);
        bench.Meter.Count(bench.UptimeMs);
        bench.Meter.RequestReading();
        bench.Take();

        bench.Meter.RepeatReading();
        Assert.NotEqual(0, bench.Take()!.Status & ReadingStatus.AboveRatedPower);

        bench.Boot();
        Reading? again = bench.Take();
        Assert.NotEqual(0, again!.Status & ReadingStatus.AboveRatedPower);

        bench.Meter.Acknowledge(again.Pagination);
        bench.Meter.ShutDown(bench.UptimeMs);
        bench.Boot();
        bench.Meter.RequestReading();
        Assert.Equal(0, bench.Take()!.Status & ReadingStatus.AboveRatedPower);
    }

    [Fact]
    public void Puts_what_was_counted_while_booting_on_top_of_the_journal()
    {
        MeterOnTheBench bench = MeterOnTheBench.Enrolled();
        bench.Feed(60);
        SimulatedCounter line = new() { Count = 2 };
        Meter meter = new(bench.Configuration, line, new SimulatedCounter(), bench.Storage);
        meter.Count(2000);
        meter.Open(keyExists: true, 2500);
        line.Count = 3;
        meter.Count(3000);

        Assert.Equal(63UL, meter.ExportImpulses);
    }

    [Fact]
    public void Journals_a_minute_at_rated_power_and_nothing_older_than_a_quarter_hour()
    {
        MeterOnTheBench bench = MeterOnTheBench.Enrolled(whPerCoin: 1_000_000);
        int writes = bench.Storage.Writes;
        bench.Feed(59);
        Assert.Equal(writes, bench.Storage.Writes);
        bench.Feed(1);
        Assert.Equal(writes + 1, bench.Storage.Writes);

        bench.Feed(1);
        bench.Pass(StoreInterval.PendingMsMax - 1000);
        Assert.Equal(AppendResult.NotDue, bench.Meter.Keep(bench.UptimeMs));
        bench.Pass(1000);
        Assert.Equal(AppendResult.Stored, bench.Meter.Keep(bench.UptimeMs));
        Assert.Equal(AppendResult.NotDue, bench.Meter.Store(bench.UptimeMs));
    }

    [Fact]
    public void Remembers_failed_attempts_to_reach_the_network_across_a_restart()
    {
        MeterOnTheBench bench = MeterOnTheBench.Enrolled();
        bench.Meter.NoteFailedAttempts(9);
        Assert.Equal(AppendResult.Stored, bench.Meter.Store(bench.UptimeMs));
        Assert.Equal(AppendResult.NotDue, bench.Meter.Store(bench.UptimeMs));

        bench.Boot();

        Assert.Equal(9, bench.Meter.Record.FailedAttempts);
    }

    [Fact]
    public void Wears_flash_no_faster_than_sixty_writes_an_hour_at_rated_power()
    {
        MeterOnTheBench bench = MeterOnTheBench.Enrolled(whPerCoin: 1_000_000);
        int writes = bench.Storage.Writes;

        bench.Feed(10 * 3600);

        Assert.InRange(bench.Storage.Writes - writes, 1, 600);
    }

    [Theory]
    [InlineData(1000U, 11_000U, 183UL)]
    [InlineData(10_000U, 50_000U, 8333UL)]
    [InlineData(100U, 100U, 1UL)]
    public void States_the_bound_of_loss_in_impulses(uint constant, uint maxPowerW, ulong impulses)
    {
        Assert.Equal(impulses, StoreInterval.ImpulsesMax(constant, maxPowerW));
    }
}
