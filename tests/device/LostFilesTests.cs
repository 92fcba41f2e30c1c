using Helios.Device;
using Helios.Metering;
using Helios.Tests.Device.Bench;

namespace Helios.Tests.Device;

/// <summary>
/// What was there and is not: no key is replaced silently, and nobody is told to.
/// </summary>
public class LostFilesTests
{
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
        Assert.Contains(
            bench.Board.Console.Lines,
            line => line.StartsWith("There is no key, and a journal", StringComparison.Ordinal));
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
            MeterSentence.Of(MeterState.KeyLost, KeyResult.StorageFailed),
            StringComparison.Ordinal);
        foreach (var key in new[] { KeyResult.Missing, KeyResult.Damaged })
        {
            Assert.Contains(
                "Restart the device first",
                MeterSentence.Of(MeterState.KeyLost, key),
                StringComparison.Ordinal);
        }
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
}
