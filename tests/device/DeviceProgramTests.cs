using System.Text;
using Helios.Boards;
using Helios.Boards.Simulated;
using Helios.Device;
using Helios.Messaging;
using Helios.Metering;
using Helios.Tests.Device.Bench;

namespace Helios.Tests.Device;

public class DeviceProgramTests
{
    [Fact]
    public void A_new_device_provisions_makes_its_key_and_enrols_for_its_owner()
    {
        var bench = DeviceOnTheBench.Signing();

        var enrolment = bench.PrintedEnrolment();
        Assert.Equal(
            "70997970C51812DC3A010C7D01B50E0D17DC79C8", Convert.ToHexString(enrolment.Owner));
        Assert.Equal(enrolment.Meter, bench.Links.Identity.Address);
        Assert.Equal(1000U, enrolment.ImpulsesPerKwh);
        Assert.Equal(11000U, enrolment.MaxPowerW);
        Assert.Equal(0, enrolment.Assurance);
    }

    [Fact]
    public void Signs_a_reading_when_a_coin_is_earned()
    {
        var bench = DeviceOnTheBench.Signing();
        bench.RunSeconds(1000);

        var message = new byte[ReadingCodec.Length];
        bench.Links.Outbox.MarkAllUnsent();
        while (bench.Links.Outbox.PeekUnsent(message, out var pagination) == PeekResult.Found)
        {
            bench.Links.Outbox.MarkSent(pagination);
        }

        Assert.Equal(CodecResult.Done, ReadingCodec.Decode(message, out var reading, out _));
        var enrolled = bench.PrintedEnrolment().ExportWh;
        Assert.Equal(enrolled + 1000, reading.ExportWh);
    }

    [Fact]
    public void Is_the_same_meter_after_a_restart_and_enrols_once()
    {
        var bench = DeviceOnTheBench.Signing();
        var before = bench.PrintedEnrolment();
        bench.RestartInOrder();

        Assert.Equivalent(before, bench.PrintedEnrolment(), strict: true);
        Assert.Equal(2, bench.Board.Boots);
    }

    [Fact]
    public void Signs_its_Enrolment_again_under_another_pagination_when_the_file_is_lost()
    {
        var bench = DeviceOnTheBench.Signing();
        var before = bench.PrintedEnrolment();
        bench.Board.Flash.Remove("enrolment");
        bench.RestartInOrder();

        var after = bench.PrintedEnrolment();
        Assert.Equal(before.Meter, after.Meter);
        Assert.True(after.Pagination > before.Pagination);
    }

    /// <summary>What host-relay advises when the ledger refuses a rated power.</summary>
    [Fact]
    public void Signs_its_Enrolment_again_when_its_rated_power_was_corrected()
    {
        var bench = DeviceOnTheBench.Signing();
        var before = bench.PrintedEnrolment();
        bench.Board.Flash.Place(
            ConfigurationFile.Name,
            Encoding.ASCII.GetBytes(ConfigurationFileTests.Sound.Replace(
                "rated-power-w = 11000", "rated-power-w = 5750", StringComparison.Ordinal)));
        bench.RestartInOrder();

        var after = bench.PrintedEnrolment();
        Assert.Equal(5750U, after.MaxPowerW);
        Assert.True(after.Pagination > before.Pagination);
    }

    [Fact]
    public void Makes_no_key_while_the_radio_is_off()
    {
        DeviceOnTheBench bench = new();
        bench.Board.Weather.HasWifi = false;
        bench.Board.SwitchOn();
        bench.RunSeconds(120);

        Assert.Null(bench.Board.Flash.Find("key0"));
        Assert.Null(bench.Links.Identity.Address);
        Assert.Equal(MeterState.Ready, bench.Meter.State);
    }

    [Fact]
    public void Says_in_words_above_its_Enrolment_which_meter_it_is_and_how_its_key_is_kept()
    {
        var bench = DeviceOnTheBench.Signing();

        Assert.Equal(
            $"Meter 0x{Convert.ToHexStringLower(bench.PrintedEnrolment().Meter)}, assurance 0: its "
                + "key is in files that whoever has the board can read. The next line is its "
                + "signed Enrolment.",
            bench.LineAboveEnrolment());
    }

    [Fact]
    public void Never_prints_its_key()
    {
        var bench = DeviceOnTheBench.Signing();
        var secret = Convert.ToHexString(bench.Board.Flash.Find("key0")![5..37]);

        Assert.All(bench.Board.Console.Lines, line => Assert.DoesNotContain(
            secret, line, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void Counts_from_the_first_second_whatever_the_configuration_says()
    {
        var bench = DeviceOnTheBench.Signing();
        bench.Board.Flash.Remove(ConfigurationFile.Name);
        bench.RestartInOrder();
        bench.RunSeconds(540);

        Assert.Equal(MeterState.NotConfigured, bench.Meter.State);
        var counted = bench.Meter.ExportImpulses;
        Assert.InRange(counted, 650UL, 665UL);
        Assert.Equal(0, bench.Links.Outbox.Count);
        Assert.InRange(bench.Journal!.ExportImpulses, counted - 183, counted);
    }

    [Theory]
    [InlineData("chain-id = 31337", "chain-id = 1")]
    [InlineData(
        "ledger = 0x5FbDB2315678afecb367f032d93F642f64180aa3",
        "ledger = 0x00000000000000000000000000000000000000a1")]
    [InlineData("impulses-per-kwh = 1000", "impulses-per-kwh = 800")]
    [InlineData("wh-per-coin = 1000", "wh-per-coin = 100")]
    [InlineData("max-open-wh = 100000", "max-open-wh = 5")]
    [InlineData("wh-per-coin = 1000\n", "wh-per-coin = 1000\ncarry-wh = 7\n")]
    public void Refuses_what_differs_from_provisioning_and_names_it(string was, string given)
    {
        var bench = DeviceOnTheBench.Signing();
        bench.Board.Flash.Place(ConfigurationFile.Name, System.Text.Encoding.ASCII.GetBytes(
            ConfigurationFileTests.Sound.Replace(was, given, StringComparison.Ordinal)));
        bench.RestartInOrder();

        var key = given.Split('\n').Last(line => line.Length > 0).Split(" = ");
        Assert.Equal(MeterState.ConfigurationDiffers, bench.Meter.State);
        Assert.InRange(bench.Meter.ExportImpulses, 110UL, 125UL);
        Assert.Contains(
            $"helios.cfg: {key[0]} is {key[1]}, but this meter was provisioned with ",
            bench.Board.Console.Lines.Last(),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("key0,key1", MeterState.KeyLost, "The journal is enrolled but the key is gone")]
    [InlineData(
        "journal0,journal1", MeterState.JournalLost, "There is a key but no readable journal")]
    public void Replaces_nothing_that_is_lost(string files, MeterState expected, string sentence)
    {
        var bench = DeviceOnTheBench.Signing();
        Array.ForEach(files.Split(','), bench.Board.Flash.Remove);
        bench.Board.Restart();
        bench.RunSeconds(60);

        Assert.Equal(expected, bench.Meter.State);
        Assert.All(files.Split(','), file => Assert.Null(bench.Board.Flash.Find(file)));
        Assert.StartsWith(sentence, bench.Board.Console.Lines.Last(), StringComparison.Ordinal);
        Assert.True(bench.Meter.ExportImpulses > 50);
    }

    [Fact]
    public void A_chip_without_pulse_counters_is_refused_in_plain_words()
    {
        DeviceOnTheBench bench = new(options: new BoardOptions { PulseUnits = 0 });
        bench.Board.SwitchOn();
        bench.RunSeconds(90);

        Assert.Null(bench.Program.Meter);
        Assert.All(bench.Board.Console.Lines, line => Assert.Equal(
            "This chip has no pulse counter (PCNT) for both lines, so it cannot be a meter: use an "
            + "ESP32, ESP32-S2, ESP32-S3, ESP32-C6 or ESP32-H2.",
            line));
        Assert.Equal(2, bench.Board.Console.Lines.Count());
    }

    [Fact]
    public void An_open_lid_is_told_by_the_next_reading_however_short_it_was_open()
    {
        var bench = DeviceOnTheBench.Signing();
        bench.Meter.RequestReading();
        bench.RunSeconds(5);
        var lid = bench.Board.Pins[BoardPins.Tamper];
        var clock = bench.Board.Clock;
        clock.At(clock.NowMs + 100, () => lid.SetOutside(BoardPins.TamperIsHigh));
        clock.At(clock.NowMs + 150, () => lid.SetOutside(!BoardPins.TamperIsHigh));
        bench.RunSeconds(5);

        Assert.NotEqual(0, bench.Journal!.PendingStatus & ReadingStatus.Tamper);
        bench.Meter.RequestReading();
        bench.RunSeconds(5);
        Assert.NotEqual(0, bench.Meter.Record.SignedStatus & ReadingStatus.Tamper);
        Assert.Equal(0, bench.Meter.Record.PendingStatus & ReadingStatus.Tamper);
        Assert.Equal(2, bench.Traced().Count(code => code == TraceCode.Tamper));
    }

    [Fact]
    public void The_journal_is_written_for_whoever_is_about_to_block()
    {
        var bench = DeviceOnTheBench.Signing();
        bench.RunSeconds(30);
        Assert.NotEqual(bench.Meter.ExportImpulses, bench.Journal!.ExportImpulses);

        bench.Links.Store.Ask(5);
        Assert.False(bench.Links.Store.IsDone);
        bench.RunSeconds(1);

        Assert.True(bench.Links.Store.IsDone);
        Assert.InRange(
            bench.Journal.ExportImpulses,
            bench.Meter.ExportImpulses - 1,
            bench.Meter.ExportImpulses);
        Assert.Equal(5, bench.Journal.FailedAttempts);
        bench.Board.Restart();
        bench.RunSeconds(5);
        Assert.Equal(5, bench.Links.Store.FailedAttempts);
    }
}
