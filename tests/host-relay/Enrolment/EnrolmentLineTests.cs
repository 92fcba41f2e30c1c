using Helios.Enrolling;
using Helios.Messaging;
using Helios.Tests.HostRelay.Relay;

namespace Helios.Tests.HostRelay.Enrolling;

public class EnrolmentLineTests
{
    private readonly TestMeter _meter = new(1, new([.. Enumerable.Repeat((byte)7, 20)]));

    [Fact]
    public void A_line_is_found_in_a_log_in_either_case_however_often_it_stands_there()
    {
        var enrolment = _meter.Enrolment(exportWh: 5);
        var line = enrolment.Line;
        foreach (var text in (string[])
        [
            line, $"\n{line}\r\n", $"boot\n[12:00] {line}  \nboot\n{line}\n",
            line.ToUpperInvariant(), $"{line}\n{line.ToUpperInvariant()}",
        ])
        {
            Assert.Equal(line, SignedEnrolment.In(text, "x").Line);
        }
    }

    [Fact]
    public void Every_other_text_is_refused_with_one_sentence()
    {
        var line = _meter.Enrolment().Line;
        foreach (var (text, words) in new[]
        {
            ("", "has no line that begins with HELIOS-ENROLMENT 1"),
            ("HELIOS 1 00", "has no line that begins with HELIOS-ENROLMENT 1"),
            ($"{line}\n{_meter.Enrolment(pagination: 2).Line}", "has 2 different Enrolments"),
            (line.Replace("ENROLMENT 1", "ENROLMENT 2", StringComparison.Ordinal),
                "a layout other than 1"),
            (line[..^1], "must be 270 hex digits, or 398 of a secure element"),
            (line[..^2], "must be 270 hex digits"),
            (line + "00", "must be 270 hex digits"),
            (line[..^2] + "zz", "must be 270 hex digits"),
            (line[..^10] + " " + line[^10..], "must be 270 hex digits"),
            (EnrolmentCodec.LineStart + new string('0', 270), "says what no meter says"),
        })
        {
            var refusal = Assert.Throws<BadInputException>(() => SignedEnrolment.In(text, "log"));
            Assert.Contains(words, refusal.Message, StringComparison.Ordinal);
            Assert.Single(refusal.Message.Split('\n'));
        }
    }

    [Fact]
    public void None_of_the_1080_bits_can_be_turned()
    {
        var ledger = new Helios.Chain.Address([.. Enumerable.Repeat((byte)7, 20)]);
        var line = _meter.Enrolment(exportWh: 5).Line;
        SignedEnrolment.In(line, "x").Check(1, ledger);
        var message = Convert.FromHexString(line[EnrolmentCodec.LineStart.Length..]);
        for (var bit = 0; bit < message.Length * 8; bit++)
        {
            var forged = message.ToArray();
            forged[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Throws<BadInputException>(() => SignedEnrolment.In(
                EnrolmentCodec.LineStart + Convert.ToHexString(forged), "x").Check(1, ledger));
        }
    }
}
