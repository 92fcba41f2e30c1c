using Helios.Enrolling;
using Helios.Tests.HostRelay.Relay;
using ZXing.Common;
using ZXing.QrCode.Internal;

namespace Helios.Tests.HostRelay.Enrolling;

/// <summary>ZXing reads what QRCoder wrote in letters.</summary>
public class QrTextTests
{
    // ISO/IEC 18004: four light modules on each side.
    private const int QuietModules = 4;

    private static readonly Helios.Chain.Address Ledger =
        new([.. Enumerable.Repeat((byte)7, 20)]);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_enrolment_goes_through_a_QR_code_and_back(bool hasElement)
    {
        var meter = hasElement ? TestMeter.WithElement(1, Ledger) : new TestMeter(1, Ledger);
        var line = meter.Enrolment(exportWh: 123_456).Line;

        var letters = QrText.Of(line.ToUpperInvariant());
        var read = SignedEnrolment.In(Read(letters), "phone");

        Assert.Equal(line, read.Line);
        read.Check(1, Ledger);
        Assert.True(letters.Split('\n').Max(static row => row.Length) <= 80);
    }

    [Fact]
    public void An_address_goes_through_a_QR_code_and_back()
    {
        for (var i = 0; i < 100; i++)
        {
            var address = $"{new TestMeter(1, Ledger).Address}";

            Assert.Equal(address, Read(QrText.Of(address)));
        }
    }

    // Light letters on a dark terminal: what is not lit is a dark module.
    private static string Read(string letters)
    {
        var rows = letters.Split('\n').Select(static row => row.TrimEnd('\r')).ToArray();
        var size = rows[0].Length - (2 * QuietModules);
        var modules = new BitMatrix(size);
        for (var y = 0; y < size; y++)
        {
            for (var x = 0; x < size; x++)
            {
                var letter = rows[(y + QuietModules) / 2][x + QuietModules];
                modules[x, y] = letter != '█' && letter != (y % 2 == 0 ? '▀' : '▄');
            }
        }

        return new Decoder().decode(modules, null)?.Text ?? "";
    }
}
