using Helios.Device;
using Helios.Metering;
using Helios.Signing;
using Helios.Tests.Device.Bench;

namespace Helios.Tests.Device;

/// <summary>
/// What was there and is not: no key is replaced silently, and nobody is told to.
/// </summary>
public class LostFilesTests
{
    private static readonly string[] Files = ["key0", "key1", "journal0", "journal1"];

    [Fact]
    public void A_meter_whose_key_is_gone_and_whose_journal_is_unreadable_is_not_made_anew()
    {
        var bench = DeviceOnTheBench.Signing();
        bench.Board.CutPower();
        bench.Board.Flash.Remove("key0");
        bench.Board.Flash.Remove("key1");
        Damage(bench, "journal0", "journal1");
        bench.Board.SwitchOn();
        bench.RunSeconds(120);

        Assert.Equal(MeterState.Unprovisioned, bench.Meter.State);
        Assert.Null(bench.Board.Flash.Find("key0"));
        Assert.Contains(MeterSentence.OnlyJournalLeft, bench.Board.Console.Lines);
    }

    [Fact]
    public void A_cut_in_the_midst_of_the_first_journal_leaves_a_device_that_can_be_made()
    {
        DeviceOnTheBench bench = new();
        bench.Board.Flash.CutAfter(100);
        bench.Board.SwitchOn();
        bench.RunSeconds(60);
        Assert.False(bench.Board.IsOn);
        bench.Board.SwitchOn();
        bench.RunSeconds(60);

        Assert.Equal(MeterState.Ready, bench.Meter.State);
    }

    [Fact]
    public void A_key_that_cannot_be_read_now_is_not_called_lost()
    {
        Assert.Contains(
            "remove nothing",
            MeterSentence.Of(
                MeterState.KeyLost, KeyResult.StorageFailed, Enrolment.SoftwareKey, true),
            StringComparison.Ordinal);
        foreach (var key in new[] { KeyResult.Missing, KeyResult.Damaged })
        {
            Assert.Contains(
                "Restart the device first",
                MeterSentence.Of(MeterState.KeyLost, key, Enrolment.SoftwareKey, true),
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Files_that_cannot_be_read_for_a_moment_cost_nothing()
    {
        var bench = DeviceOnTheBench.Signing();
        bench.RestartInOrder();
        var key = bench.Board.Flash.Find("key0");
        bench.Board.CutPower();
        var before = bench.Journal!.ExportImpulses;
        bench.Board.Flash.Unreadable.UnionWith(Files);
        bench.Board.SwitchOn();
        bench.RunSeconds(7);
        Assert.Equal(MeterState.Closed, bench.Meter.State);
        bench.Board.Flash.Unreadable.Clear();
        bench.RunSeconds(60);

        Assert.Equal(MeterState.Ready, bench.Meter.State);
        Assert.Equal(key, bench.Board.Flash.Find("key0"));
        Assert.InRange(bench.Meter.ExportImpulses, before + 64, before + 67);
        Assert.DoesNotContain(
            bench.Board.Console.Lines,
            line => line.Contains("remove", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("key0,key1", MeterState.KeyLost)]
    [InlineData("journal0,journal1", MeterState.JournalLost)]
    [InlineData("key0,key1,journal0,journal1", MeterState.Unprovisioned)]
    public void Nobody_is_told_to_remove_what_cannot_be_read(string files, MeterState expected)
    {
        var bench = DeviceOnTheBench.Signing();
        bench.Board.CutPower();
        bench.Board.Flash.Unreadable.UnionWith(files.Split(','));
        var before = bench.Board.Flash.Snapshot();
        bench.Board.SwitchOn();
        bench.RunSeconds(120);

        Assert.Equal(expected, bench.Meter.State);
        Assert.Equal(MeterSentence.Unreadable, bench.Board.Console.Lines.Last());
        Assert.All(
            files.Split(','), name => Assert.Equal(before[name], bench.Board.Flash.Find(name)));
        Assert.InRange(bench.Meter.ExportImpulses, 110U, 400U);
    }

    [Theory]
    [InlineData("key0,key1")]
    [InlineData("journal0,journal1")]
    [InlineData("key0,key1,journal0,journal1")]
    [InlineData("journal1")]
    public void Files_that_can_be_read_again_end_the_waiting_without_a_person(string files)
    {
        var bench = DeviceOnTheBench.Signing();
        bench.RestartInOrder();
        bench.Board.CutPower();
        var before = bench.Journal!.ExportImpulses;
        bench.Board.Flash.Unreadable.UnionWith(files.Split(','));
        bench.Board.SwitchOn();
        bench.RunSeconds(90);
        bench.Board.Flash.Unreadable.Clear();
        bench.RunSeconds(90);

        Assert.Equal(MeterState.Ready, bench.Meter.State);
        Assert.Equal(2, bench.Board.Boots - 1);
        Assert.InRange(bench.Meter.ExportImpulses, before + 175, before + 180);
        bench.Meter.RequestReading();
        bench.RunSeconds(10);
        Assert.Equal(bench.Meter.ExportImpulses, bench.Meter.Record.ExportImpulses);
        Assert.NotNull(bench.Links.Identity.Address);
    }

    [Fact]
    public void A_configuration_that_could_not_be_read_is_read_again_after_an_hour()
    {
        var bench = DeviceOnTheBench.Signing();
        bench.Board.CutPower();
        bench.Board.Flash.Unreadable.Add(ConfigurationFile.Name);
        bench.Board.SwitchOn();
        bench.RunSeconds(10);
        bench.Board.Flash.Unreadable.Clear();
        bench.RunSeconds(3500);
        Assert.Equal(MeterState.NotConfigured, bench.Meter.State);
        bench.RunSeconds(120);

        Assert.Equal(MeterState.Ready, bench.Meter.State);
        Assert.Equal(3, bench.Board.Boots);
    }

    [Fact]
    public void A_sentence_hides_none_that_comes_later()
    {
        DeviceOnTheBench bench = new(platform => new(
            platform.Threads,
            platform.Flash,
            platform.Console,
            platform.Link,
            platform.Time,
            platform.Power,
            new StuckEntropy(),
            platform.Hmac));
        bench.Board.Flash.IsFull = true;
        bench.Board.SwitchOn();
        bench.RunSeconds(120);
        bench.Board.Flash.IsFull = false;
        bench.RunSeconds(180);

        Assert.Equal(
            ["The journal", "The key can"],
            bench.Board.Console.Lines.Select(line => line[..11]));
    }

    [Fact]
    public void Provisioning_on_storage_that_fails_is_tried_every_minute()
    {
        DeviceOnTheBench bench = new();
        var attempts = 0;
        bench.Board.Flash.Refused += () => attempts++;
        bench.Board.Flash.IsFull = true;
        bench.Board.SwitchOn();
        bench.RunSeconds(600);

        Assert.InRange(attempts, 9, 30);
        bench.Board.Flash.IsFull = false;
        bench.RunSeconds(120);
        Assert.Equal(MeterState.Ready, bench.Meter.State);
    }

    private static void Damage(DeviceOnTheBench bench, params string[] names)
    {
        foreach (var name in names)
        {
            var bytes = bench.Board.Flash.Find(name)!;
            bytes[20] ^= 1;
            bench.Board.Flash.Place(name, bytes);
        }
    }

    private sealed class StuckEntropy : IEntropy
    {
        public void Fill(byte[] bytes) => Array.Clear(bytes);
    }
}
