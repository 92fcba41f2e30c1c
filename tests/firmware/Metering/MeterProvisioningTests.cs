using Helios.Metering;

namespace Helios.Tests.Firmware.Metering;

public class MeterProvisioningTests
{
    private const ulong Full = (1UL << 48) - 1;

    private static readonly byte[] Ledger = MeterOnTheBench.Ledger;

    public static TheoryData<ConfigurationCheck, MeterConfiguration> Configurations => new()
    {
        { ConfigurationCheck.Sound, new MeterConfiguration(1, Ledger, 1, 1, 1, 0, 0) },
        {
            ConfigurationCheck.Sound,
            new MeterConfiguration(ulong.MaxValue, Ledger, 100_000, 1_000_000, Full, Full, Full - 1)
        },
        { ConfigurationCheck.ChainIdZero, new MeterConfiguration(0, Ledger, 1, 1, 1, 0, 0) },
        {
            ConfigurationCheck.VerifyingContractMissing,
            new MeterConfiguration(1, new byte[20], 1, 1, 1, 0, 0)
        },
        {
            ConfigurationCheck.VerifyingContractMissing,
            new MeterConfiguration(1, Ledger[..19], 1, 1, 1, 0, 0)
        },
        {
            ConfigurationCheck.ImpulsesPerKwhOutOfRange,
            new MeterConfiguration(1, Ledger, 0, 1, 1, 0, 0)
        },
        {
            ConfigurationCheck.ImpulsesPerKwhOutOfRange,
            new MeterConfiguration(1, Ledger, 100_001, 1, 1, 0, 0)
        },
        { ConfigurationCheck.MaxPowerOutOfRange, new MeterConfiguration(1, Ledger, 1, 0, 1, 0, 0) },
        {
            ConfigurationCheck.MaxPowerOutOfRange,
            new MeterConfiguration(1, Ledger, 1, 1_000_001, 1, 0, 0)
        },
        {
            ConfigurationCheck.WhPerCoinOutOfRange,
            new MeterConfiguration(1, Ledger, 1, 1, 0, 0, 0)
        },
        {
            ConfigurationCheck.WhPerCoinOutOfRange,
            new MeterConfiguration(1, Ledger, 1, 1, Full + 1, 0, 0)
        },
        {
            ConfigurationCheck.MaxOpenOutOfRange,
            new MeterConfiguration(1, Ledger, 1, 1, 1, Full + 1, 0)
        },
        { ConfigurationCheck.CarryNotBelowCoin, new MeterConfiguration(1, Ledger, 1, 1, 5, 0, 5) },
    };

    [Theory]
    [MemberData(nameof(Configurations))]
    public void Names_the_field_that_is_out_of_range(
        ConfigurationCheck expected, MeterConfiguration configuration)
    {
        Assert.Equal(expected, configuration.Check());
        if (expected != ConfigurationCheck.Sound)
        {
            Assert.Throws<ArgumentException>(() => new Meter(
                configuration,
                new SimulatedCounter(),
                new SimulatedCounter(),
                new SimulatedStorage()));
        }
    }

    [Fact]
    public void Says_that_a_new_journal_could_not_be_written_and_can_try_again()
    {
        MeterOnTheBench bench = new();
        bench.Storage.Stuck.Add(1);
        Assert.Equal(ProvisionResult.StorageFailed, bench.Meter.Provision(0));
        Assert.Equal(TakeResult.NotReady, bench.Meter.TakeReading(bench.Time, out _));

        bench.Storage.Stuck.Clear();
        Assert.Equal(ProvisionResult.Provisioned, bench.Meter.Provision(0));
        Assert.Equal(MeterState.Ready, bench.Meter.State);
    }

    [Fact]
    public void Puts_what_was_counted_before_provisioning_into_the_journal()
    {
        MeterOnTheBench bench = new();
        bench.Feed(5, 3);
        bench.Meter.Provision(bench.UptimeMs);
        bench.Boot(keyExists: false);

        Assert.Equal((5UL, 3UL), (bench.Meter.ExportImpulses, bench.Meter.ImportImpulses));
    }

    [Fact]
    public void Keeps_nothing_without_a_journal_and_says_so()
    {
        MeterOnTheBench bench = new();

        Assert.Equal(AppendResult.NoJournal, bench.Meter.Keep(0));
        Assert.Equal(AppendResult.NoJournal, bench.Meter.Store(0));
        Assert.Equal(AppendResult.NoJournal, bench.Meter.ShutDown(0));
    }

    [Fact]
    public void Signs_nothing_after_a_shutdown_but_counts_and_keeps_on()
    {
        MeterOnTheBench bench = MeterOnTheBench.Enrolled();
        bench.Meter.ShutDown(0);
        bench.Feed(3);

        Assert.Equal(MeterState.Closed, bench.Meter.State);
        Assert.Equal(TakeResult.NotReady, bench.Meter.TakeReading(bench.Time, out _));
        Assert.Equal(AppendResult.Stored, bench.Meter.Store(bench.UptimeMs));
        bench.Boot();
        Assert.Equal(3UL, bench.Meter.ExportImpulses);
        Assert.Equal(0, bench.Meter.Record.PendingStatus & ReadingStatus.UncleanRestart);
    }

    [Fact]
    public void Leaves_a_journal_of_another_version_alone()
    {
        MeterOnTheBench bench = MeterOnTheBench.Enrolled();
        byte[] slot = bench.Storage.Slot(0);
        slot[4] = JournalRecordCodec.Version + 1;
        BigEndian.Write(slot, slot.Length - 4, 4, new Crc32().Compute(slot, slot.Length - 4));
        byte[] before = [.. slot];

        Assert.Equal(MeterState.JournalOfOtherVersion, bench.Boot());
        bench.Feed(100);
        Assert.Equal(before, bench.Storage.Slot(0));
    }
}
