using Helios.Metering;

namespace Helios.Tests.Firmware.Metering;

/// <summary>What a meter may sign, and when it may not.</summary>
public class MeterSigningTests
{
    [Fact]
    public void Has_in_both_slots_what_a_signature_will_say_before_it_hands_it_out()
    {
        MeterOnTheBench bench = MeterOnTheBench.Enrolled();
        for (int i = 0; i < 70; i++)
        {
            bench.Feed(3, 1);
            bench.Meter.RequestReading();
            Reading? reading = bench.Take();
            for (int slot = 0; slot < 2; slot++)
            {
                JournalRecord record = new();
                Assert.Equal(
                    SlotContent.Valid,
                    new JournalRecordCodec().Decode(bench.Storage.Slot(slot), record));
                Assert.Equal(reading!.Pagination, record.SignedPagination);
                Assert.Equal(reading.ExportWh, record.SignedExportWh);
                Assert.Equal(reading.ImportWh, record.SignedImportWh);
                Assert.Equal(reading.TakenAt, record.SignedTakenAt);
                Assert.Equal(reading.Status, record.SignedStatus);
                Assert.True(record.PaginationReserved >= reading.Pagination);
            }
        }
    }

    [Fact]
    public void Reserves_sixty_four_paginations_at_a_time_and_skips_the_rest_after_a_restart()
    {
        MeterOnTheBench bench = MeterOnTheBench.Enrolled();
        List<uint> paginations = [];
        for (int i = 0; i < 66; i++)
        {
            bench.Meter.RequestReading();
            paginations.Add(bench.Take()!.Pagination);
        }

        Assert.Equal(Enumerable.Range(2, 66).Select(i => (uint)i), paginations);

        bench.Boot();
        Assert.Equal(128U, bench.Meter.Record.PaginationReserved);
        Assert.Equal(129U, bench.Take()!.Pagination);
    }

    [Fact]
    public void Takes_a_pagination_for_an_Enrolment_too()
    {
        MeterOnTheBench bench = new();
        bench.Meter.Provision(0);

        Assert.Equal(1U, bench.Enrol().Pagination);
        bench.Meter.RequestReading();
        Assert.Equal(2U, bench.Take()!.Pagination);
        Assert.Equal(3U, bench.Enrol().Pagination);
    }

    [Fact]
    public void Signs_nothing_when_all_paginations_are_used_up()
    {
        MeterOnTheBench bench = MeterOnTheBench.Enrolled();
        bench.Meter.Record.PaginationReserved = uint.MaxValue - 63;
        bench.Meter.Record.PendingStatus = 0;
        bench.Meter.ShutDown(0);
        bench.Boot();

        bench.Meter.RequestReading();
        Assert.Equal(
            TakeResult.PaginationsUsedUp, bench.Meter.TakeReading(bench.Time, out Reading reading));
        Assert.Null(reading);
    }

    [Fact]
    public void Uses_the_very_last_block_of_paginations()
    {
        MeterOnTheBench bench = MeterOnTheBench.Enrolled();
        bench.Meter.Record.PaginationReserved = uint.MaxValue - 64;
        bench.Meter.ShutDown(0);
        bench.Boot();

        for (uint left = 64; left > 0; left--)
        {
            bench.Meter.RequestReading();
            Assert.Equal(uint.MaxValue - left + 1, bench.Take()!.Pagination);
        }

        bench.Meter.RequestReading();
        Assert.Equal(TakeResult.PaginationsUsedUp, bench.Meter.TakeReading(bench.Time, out _));
    }

    [Fact]
    public void Enrols_at_exact_registers_and_again_at_what_it_signed_last()
    {
        MeterOnTheBench bench = new(whPerCoin: 100);
        bench.Meter.Provision(0);
        bench.Feed(42, 17);
        Reading first = bench.Enrol();
        bench.Feed(130, 10);
        Reading? last = bench.Take();
        bench.Feed(5, 5);
        Reading again = bench.Enrol();

        Assert.Equal((42UL, 17UL), (first.ExportWh, first.ImportWh));
        Assert.Equal((142UL, 17UL), (last!.ExportWh, last.ImportWh));
        Assert.Equal((142UL, 17UL), (again.ExportWh, again.ImportWh));

        // The grid still hangs on the first Enrolment, as the ledger's mintOffset does.
        bench.Feed(65);
        Assert.Equal(242UL, bench.Take()!.ExportWh);
    }

    [Fact]
    public void Signs_no_reading_before_an_Enrolment()
    {
        MeterOnTheBench bench = new();
        bench.Meter.Provision(0);
        bench.Meter.RequestReading();

        Assert.Equal(TakeResult.NotEnrolled, bench.Meter.TakeReading(bench.Time, out _));
    }

    [Fact]
    public void Signs_no_first_Enrolment_while_energy_is_open_elsewhere()
    {
        MeterOnTheBench bench = new();
        bench.Meter.Provision(0);
        bench.Feed(0, 10);
        bench.Meter.Record.Supply.AuthorisedWh = 11;

        Assert.Equal(
            TakeResult.EnergyOpen,
            bench.Meter.TakeEnrolment(MeterOnTheBench.Owner, bench.Time, out _));
        bench.Meter.Record.Supply.ReturnedWh = 1;
        Assert.NotNull(bench.Enrol());
    }

    [Fact]
    public void Signs_nothing_with_a_key_but_without_a_readable_journal()
    {
        MeterOnTheBench bench = MeterOnTheBench.Enrolled();
        Array.Clear(bench.Storage.Slot(0));
        Array.Clear(bench.Storage.Slot(1));

        Assert.Equal(MeterState.JournalLost, bench.Boot(keyExists: true));
        AssertCountsButSignsNothing(bench);
        Assert.Equal(ProvisionResult.NotUnprovisioned, bench.Meter.Provision(0));
    }

    [Fact]
    public void Never_replaces_a_lost_key_of_an_enrolled_journal()
    {
        MeterOnTheBench bench = MeterOnTheBench.Enrolled();

        Assert.Equal(MeterState.KeyLost, bench.Boot(keyExists: false));
        AssertCountsButSignsNothing(bench);
        Assert.Equal(ProvisionResult.NotUnprovisioned, bench.Meter.Provision(0));
    }

    [Fact]
    public void Makes_a_key_after_a_cut_between_journal_and_key()
    {
        MeterOnTheBench bench = new();
        bench.Meter.Provision(0);

        Assert.Equal(MeterState.Ready, bench.Boot(keyExists: false));
    }

    [Theory]
    [InlineData(1UL, 1000U, 100UL, 1_000_000UL, 0UL, 0x1E)]
    [InlineData(31337UL, 999U, 100UL, 1_000_000UL, 0UL, 0x1E)]
    [InlineData(31337UL, 1000U, 101UL, 1_000_000UL, 0UL, 0x1E)]
    [InlineData(31337UL, 1000U, 100UL, 1_000_001UL, 0UL, 0x1E)]
    [InlineData(31337UL, 1000U, 100UL, 1_000_000UL, 1UL, 0x1E)]
    [InlineData(31337UL, 1000U, 100UL, 1_000_000UL, 0UL, 0x1F)]
    public void Refuses_a_configuration_that_differs_and_counts_on(
        ulong chainId, uint constant, ulong whPerCoin, ulong maxOpenWh, ulong carryWh, byte ledger)
    {
        MeterOnTheBench bench = MeterOnTheBench.Enrolled(whPerCoin: 100);
        MeterConfiguration provisioned = bench.Configuration;
        byte[] contract = [.. Enumerable.Repeat(ledger, 20)];
        bench.Configuration = new MeterConfiguration(
            chainId, contract, constant, MeterOnTheBench.MaxPowerW, whPerCoin, maxOpenWh, carryWh);

        Assert.Equal(MeterState.ConfigurationDiffers, bench.Boot());
        AssertCountsButSignsNothing(bench);

        // What it counted meanwhile is there when the right configuration comes back.
        bench.Meter.Store(bench.UptimeMs);
        bench.Configuration = provisioned;
        Assert.Equal(MeterState.Ready, bench.Boot());
        Assert.Equal(70UL, bench.Meter.ExportImpulses);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Signs_nothing_while_a_slot_cannot_be_written_counts_on_and_recovers(int slot)
    {
        MeterOnTheBench bench = MeterOnTheBench.Enrolled(whPerCoin: 50);
        bench.Storage.Stuck.Add(slot);
        bench.Feed(300);
        Assert.Equal(TakeResult.NotReady, bench.Meter.TakeReading(bench.Time, out _));
        Assert.Equal(MeterState.StorageFailed, bench.Meter.State);
        Assert.Equal(300UL, bench.Meter.ExportImpulses);

        bench.Storage.Stuck.Clear();
        bench.Feed(61);

        Assert.Equal(MeterState.Ready, bench.Meter.State);
        Assert.Equal(350UL, bench.Take()!.ExportWh);
    }

    [Fact]
    public void Tells_an_unclean_restart_though_a_slot_could_not_be_written_at_that_boot()
    {
        MeterOnTheBench bench = MeterOnTheBench.Enrolled();
        bench.Feed(61);
        bench.Storage.Stuck.Add(0);
        bench.Storage.Stuck.Add(1);
        Assert.Equal(MeterState.StorageFailed, bench.Boot());

        bench.Storage.Stuck.Clear();
        bench.Pass(StoreInterval.RetryMs);
        Assert.Equal(AppendResult.Stored, bench.Meter.Keep(bench.UptimeMs));
        Assert.NotEqual(0, bench.Take()!.Status & ReadingStatus.UncleanRestart);
    }

    [Fact]
    public void Trusts_the_storage_again_only_when_both_slots_were_written()
    {
        MeterOnTheBench bench = MeterOnTheBench.Enrolled();
        bench.Storage.Stuck.Add(0);
        bench.Storage.Stuck.Add(1);
        bench.Feed(60);
        Assert.Equal(MeterState.StorageFailed, bench.Meter.State);

        // One slot mends, and it is the one that is written first.
        foreach (int slot in new[] { 0, 1 })
        {
            bench.Storage.Stuck.Remove(slot);
            Assert.Equal(AppendResult.StorageFailed, bench.Meter.Store(bench.UptimeMs));
            bench.Storage.Stuck.Add(slot);
        }

        Assert.Equal(MeterState.StorageFailed, bench.Meter.State);
        bench.Storage.Stuck.Clear();
        Assert.Equal(AppendResult.Stored, bench.Meter.Store(bench.UptimeMs));
        Assert.Equal(MeterState.Ready, bench.Meter.State);
    }

    [Fact]
    public void Says_at_boot_that_a_slot_cannot_be_written()
    {
        MeterOnTheBench bench = MeterOnTheBench.Enrolled();
        bench.Feed(61);
        bench.Storage.Stuck.Add(0);
        bench.Storage.Stuck.Add(1);

        Assert.Equal(MeterState.StorageFailed, bench.Boot());
        AssertCountsButSignsNothing(bench);
    }

    [Fact]
    public void Leaves_the_coin_due_when_the_journal_fails_between_its_slots()
    {
        MeterOnTheBench bench = MeterOnTheBench.Enrolled(whPerCoin: 100);
        bench.Feed(100);
        bench.Storage.BytesUntilCut = JournalRecordCodec.Length;
        Assert.Equal(
            TakeResult.StorageFailed, bench.Meter.TakeReading(bench.Time, out Reading refused));
        Assert.Null(refused);

        bench.Storage.PowerUp();
        bench.Pass(StoreInterval.RetryMs);
        Assert.Equal(AppendResult.Stored, bench.Meter.Keep(bench.UptimeMs));
        Assert.Equal(100UL, bench.Take()!.ExportWh);
    }

    [Fact]
    public void Refuses_an_owner_that_is_no_address_as_a_programmers_error()
    {
        MeterOnTheBench bench = MeterOnTheBench.Enrolled();

        Assert.Throws<ArgumentException>(
            () => bench.Meter.TakeEnrolment(new byte[20], bench.Time, out _));
    }

    private static void AssertCountsButSignsNothing(MeterOnTheBench bench)
    {
        ulong before = bench.Meter.ExportImpulses;
        bench.Feed(70);
        bench.Meter.RequestReading();

        Assert.Equal(before + 70, bench.Meter.ExportImpulses);
        Assert.Equal(TakeResult.NotReady, bench.Meter.TakeReading(bench.Time, out _));
        Assert.Equal(
            TakeResult.NotReady,
            bench.Meter.TakeEnrolment(MeterOnTheBench.Owner, bench.Time, out _));
    }
}
