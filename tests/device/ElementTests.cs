using System.Security.Cryptography;
using System.Text;
using Helios.Boards.Simulated;
using Helios.Device;
using Helios.Messaging;
using Helios.Metering;
using Helios.Signing;
using Helios.Tests.Device.Bench;

namespace Helios.Tests.Device;

/// <summary>The device with its key in a simulated secure element.</summary>
public sealed class ElementTests
{
    private const string Serial = "0123e5f6a1b2c3d4ee";

    private readonly ElementMemory _memory = new(serial: 0xA1B2C3D4E5F6);

    [Fact]
    public void Says_what_it_will_do_to_a_blank_element_and_does_nothing_unasked()
    {
        var before = _memory.Configuration.ToArray();
        var bench = Switched("key = atecc608");

        Assert.Equal(MeterState.Unprovisioned, bench.Meter.State);
        Assert.Equal(before, _memory.Configuration);
        Assert.All(
            bench.Board.Element!.Done, opcode => Assert.Equal(0x02, opcode)); // Read
        var line = Assert.Single(
            bench.Board.Console.Lines,
            text => text.StartsWith("Secure element", StringComparison.Ordinal));
        Assert.Contains("no way back", line, StringComparison.Ordinal);
        Assert.Contains(
            $"add element-lock = {Serial} to helios.cfg", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_elements_serial_number_permits_nothing()
    {
        var bench = Switched("key = atecc608\nelement-lock = 0123e5f6a1b2c3d4ef");
        Assert.Equal(MeterState.Unprovisioned, bench.Meter.State);
        Assert.False(_memory.IsConfigurationLocked);
    }

    /// <summary>A supply too weak for a write, or whatever else makes a chip fail one.</summary>
    [Fact]
    public void An_element_that_takes_no_write_is_told_of_and_tried_once_a_minute()
    {
        DeviceOnTheBench bench = new(options: new BoardOptions { Element = _memory });
        Place(bench, $"key = atecc608\nelement-lock = {Serial}");
        bench.Board.SwitchOn();
        var chip = bench.Board.Element!;
        var tried = 0;
        bench.Board.ElementBus!.FaultAt = _ =>
        {
            var isWriting = chip.Done.Count > tried && chip.Done[^1] == 0x12;
            tried = chip.Done.Count;
            return isWriting ? WireFault.Brownout : WireFault.None;
        };
        bench.RunSeconds(150);

        AssertSays(bench, "The secure element did not take a step");
        Assert.InRange(chip.Done.Count(opcode => opcode == 0x12), 1, 12);

        bench.Board.ElementBus.FaultAt = null;
        bench.RunSeconds(120);
        Assert.Equal(MeterState.Ready, bench.Meter.State);
    }

    [Fact]
    public void An_element_that_falls_silent_at_the_end_of_provisioning_is_asked_again()
    {
        DeviceOnTheBench bench = new(options: new BoardOptions { Element = _memory });
        Place(bench, $"key = atecc608\nelement-lock = {Serial}");
        bench.Board.SwitchOn();
        var chip = bench.Board.Element!;
        var seen = 0;
        bench.Board.ElementBus!.FaultAt = _ =>
        {
            var isAsked = _memory.IsSlotLocked(0) && chip.Done.Count > seen
                && chip.Done[^1] == 0x40; // GenKey: the public key
            seen = chip.Done.Count;
            return isAsked ? WireFault.Brownout : WireFault.None;
        };
        bench.RunSeconds(30);
        Assert.Equal(MeterState.Unprovisioned, bench.Meter.State);
        Assert.True(_memory.IsSlotLocked(0));

        bench.Board.ElementBus.FaultAt = null;
        bench.RunSeconds(120);
        Assert.Equal(MeterState.Ready, bench.Meter.State);
        Assert.DoesNotContain(
            bench.Board.Console.Lines,
            line => line.StartsWith("The files of the key", StringComparison.Ordinal));
    }

    /// <summary>An ATECC508A answers at the same address.</summary>
    [Fact]
    public void A_sibling_of_the_chip_is_not_touched()
    {
        _memory.Configuration[6] = 0x50;
        var before = _memory.Configuration.ToArray();
        var bench = Switched($"key = atecc608\nelement-lock = {Serial}");

        Assert.Equal(before, _memory.Configuration);
        Assert.Equal(MeterState.Unprovisioned, bench.Meter.State);
        AssertSays(bench, "The secure element is no ATECC608");
    }

    /// <summary>Locked by somebody else just as a meter locks it, but for the key.</summary>
    [Fact]
    public void A_data_zone_that_was_locked_without_a_key_gets_one()
    {
        (_memory.Configuration[20], _memory.Configuration[96]) = (0x81, 0x33);
        _memory.LockConfiguration();
        _memory.LockData();
        var bench = Signing();

        Assert.NotNull(_memory.Keys[0]);
        Assert.True(_memory.IsSlotLocked(0));
        Assert.Equal(Enrolment.SecureElement, PrintedEnrolment(bench).Assurance);
    }

    [Fact]
    public void An_element_that_answers_late_is_enough_without_any_network()
    {
        var bench = Signing();
        bench.Board.CutPower();
        bench.Board.Weather.HasWifi = false;
        bench.Board.ElementBus!.IsPlugged = false;
        bench.Board.SwitchOn();
        bench.RunSeconds(30);
        bench.Board.ElementBus.IsPlugged = true;
        bench.RunSeconds(2500);

        Assert.Equal(MeterState.Ready, bench.Meter.State);
        Assert.NotEqual(0, bench.Links.Outbox.Count);
    }

    [Fact]
    public void Provisions_enrols_and_signs_with_the_element()
    {
        var bench = Signing();
        bench.RunSeconds(2000);

        var enrolment = PrintedEnrolment(bench);
        Assert.Equal(Enrolment.SecureElement, enrolment.Assurance);
        Assert.Equal(enrolment.Meter, bench.Links.Identity.Address);
        Assert.Null(bench.Board.Flash.Find("key0"));
        Assert.Equal(_memory.Counters[0], bench.Meter.Record.BoundCount);

        var reading = LastReading(bench);
        Assert.Equal(enrolment.ExportWh + 2000, reading.ExportWh);
    }

    [Fact]
    public void Says_in_words_above_its_Enrolment_which_meter_and_which_element_it_is()
    {
        var bench = Signing();

        Assert.Equal(
            $"Meter 0x{Topics.ToHex(PrintedEnrolment(bench).Meter)}, assurance 2: its key is in "
                + $"secure element {Serial}. The next line is its signed Enrolment.",
            bench.LineAboveEnrolment());
        bench.RestartInOrder();
        Assert.Contains(Serial, bench.LineAboveEnrolment(), StringComparison.Ordinal);
    }

    [Fact]
    public void Is_the_same_meter_after_a_restart_and_a_power_cut()
    {
        var bench = Signing();
        var before = PrintedEnrolment(bench);
        bench.RestartInOrder();
        bench.Board.CutPower();
        bench.Board.SwitchOn();
        bench.RunSeconds(60);

        Assert.Equal(MeterState.Ready, bench.Meter.State);
        Assert.Equivalent(before, PrintedEnrolment(bench), strict: true);
        Assert.Equal(3, bench.Board.Boots);
    }

    [Fact]
    public void A_restored_flash_image_signs_nothing_and_says_so()
    {
        var bench = Signing();
        var image = bench.Board.Flash.Snapshot();
        bench.RunSeconds(1500);
        bench.Board.CutPower();
        bench.Board.SwitchOn();
        bench.RunSeconds(60);
        bench.Board.CutPower();
        Restore(bench, image);
        bench.Board.SwitchOn();
        bench.RunSeconds(3000);

        Assert.Equal(MeterState.JournalDiffersFromElement, bench.Meter.State);
        Assert.Equal(0, bench.Links.Outbox.Count);
        AssertSays(bench, "The journal does not fit");
    }

    /// <summary>Without a boot or anything else but readings in between.</summary>
    [Fact]
    public void An_image_of_an_hour_ago_signs_nothing_either()
    {
        var bench = Signing();
        var image = bench.Board.Flash.Snapshot();
        bench.RunSeconds(4000);
        bench.Board.CutPower();
        Restore(bench, image);
        bench.Board.SwitchOn();
        bench.RunSeconds(3000);

        Assert.Equal(MeterState.JournalDiffersFromElement, bench.Meter.State);
        Assert.Equal(0, bench.Links.Outbox.Count);
    }

    /// <summary>The honest level of a key in files.</summary>
    [Fact]
    public void With_a_software_key_a_restored_image_signs_again()
    {
        var bench = DeviceOnTheBench.Signing();
        var image = bench.Board.Flash.Snapshot();
        bench.RunSeconds(1500);
        bench.Board.CutPower();
        Restore(bench, image);
        bench.Board.SwitchOn();
        bench.RunSeconds(1500);

        Assert.Equal(MeterState.Ready, bench.Meter.State);
        Assert.NotEqual(0, bench.Links.Outbox.Count);
    }

    [Fact]
    public void An_element_that_is_taken_off_the_bus_stops_signing_and_counting_goes_on()
    {
        var bench = Signing();
        bench.Board.ElementBus!.IsPlugged = false;
        bench.Board.CutPower();
        bench.Board.SwitchOn();
        bench.RunSeconds(300);
        Assert.Equal(MeterState.ElementSilent, bench.Meter.State);
        Assert.InRange(bench.Meter.ExportImpulses, 250UL, 400UL);

        bench.Board.ElementBus.IsPlugged = true;
        bench.RunSeconds(200);
        Assert.Equal(MeterState.Ready, bench.Meter.State);
        bench.RunSeconds(1500);
        Assert.NotEqual(0, bench.Links.Outbox.Count);
    }

    [Fact]
    public void A_lost_journal_is_not_begun_anew()
    {
        var bench = Signing();
        bench.Board.CutPower();
        bench.Board.Flash.Remove("journal0");
        bench.Board.Flash.Remove("journal1");
        bench.Board.SwitchOn();
        bench.RunSeconds(120);

        Assert.Equal(MeterState.JournalLost, bench.Meter.State);
        AssertSays(bench, "The secure element has signed before");
    }

    /// <summary>Cuts at random moments, boots and signatures among them.</summary>
    [Fact]
    public void Forty_power_cuts_never_turn_against_it()
    {
        var random = new Random(11);
        var bench = Signing();
        var before = PrintedEnrolment(bench);
        for (var i = 0; i < 40; i++)
        {
            bench.Board.RunUntil(bench.Board.Clock.NowMs + (ulong)random.Next(1400, 9000));
            bench.Board.CutPower();
            bench.Board.SwitchOn();
        }

        bench.RunSeconds(60);
        Assert.Equal(MeterState.Ready, bench.Meter.State);
        Assert.Equal(_memory.Counters[0], bench.Meter.Record.BoundCount);
        Assert.Equal(before.Meter, PrintedEnrolment(bench).Meter);
    }

    private static void AssertSays(DeviceOnTheBench bench, string start) => Assert.Contains(
        bench.Board.Console.Lines, line => line.StartsWith(start, StringComparison.Ordinal));

    private static void Restore(
        DeviceOnTheBench bench, IReadOnlyDictionary<string, byte[]> image)
    {
        foreach (var (name, bytes) in image)
        {
            bench.Board.Flash.Place(name, [.. bytes]);
        }
    }

    private static Reading LastReading(DeviceOnTheBench bench)
    {
        var message = new byte[ReadingCodec.LengthP256];
        bench.Links.Outbox.MarkAllUnsent();
        while (bench.Links.Outbox.PeekUnsent(message, out var pagination) == PeekResult.Found)
        {
            bench.Links.Outbox.MarkSent(pagination);
        }

        Assert.Equal(
            CodecResult.Done, ReadingCodec.Decode(message, out var reading, out var signature));
        var digest = new byte[32];
        Digests(bench).OfReading(reading, digest);
        AssertSigned(bench.Links.Identity.Address, digest, signature);
        return reading;
    }

    private static Enrolment PrintedEnrolment(DeviceOnTheBench bench)
    {
        var line = bench.Board.Console.Lines.Last(
            text => text.StartsWith(EnrolmentCodec.LineStart, StringComparison.Ordinal));
        var message = Convert.FromHexString(line[EnrolmentCodec.LineStart.Length..]);
        Assert.Equal(
            CodecResult.Done, EnrolmentCodec.Decode(message, out var said, out var signature));
        var digest = new byte[32];
        Digests(bench).OfEnrolment(said, digest);
        AssertSigned(said.Meter, digest, signature);
        return said;
    }

    private static Eip712Digest Digests(DeviceOnTheBench bench) => new(
        new Eip712Domain(
            bench.Meter.Record.ChainId, bench.Meter.Record.VerifyingContract));

    private static void AssertSigned(byte[] meter, byte[] digest, byte[] signature)
    {
        Assert.Equal(SignatureLengths.P256, signature.Length);
        var address = new byte[20];
        SignerAddress.Write(signature[64..], address);
        Assert.Equal(meter, address);
        using var key = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = signature[64..96], Y = signature[96..] },
        });
        Assert.True(key.VerifyHash(
            digest, signature[..64], DSASignatureFormat.IeeeP1363FixedFieldConcatenation));
    }

    private DeviceOnTheBench Signing()
    {
        var bench = Switched($"key = atecc608\nelement-lock = {Serial}");
        Assert.True(
            bench.Meter.State == MeterState.Ready && bench.Meter.Record.IsEnrolled,
            string.Join(Environment.NewLine, bench.Board.Console.Lines));
        return bench;
    }

    private DeviceOnTheBench Switched(string lines)
    {
        DeviceOnTheBench bench = new(options: new BoardOptions { Element = _memory });
        Place(bench, lines);
        bench.Board.SwitchOn();
        bench.RunSeconds(120);
        return bench;
    }

    private static void Place(DeviceOnTheBench bench, string lines) => bench.Board.Flash.Place(
        ConfigurationFile.Name,
        Encoding.ASCII.GetBytes($"{ConfigurationFileTests.Sound}\n{lines}\n"));
}
