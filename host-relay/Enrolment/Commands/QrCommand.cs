using Helios.Chain;

namespace Helios.Enrolling;

/// <summary>
/// Prints a QR code: of an Enrolment, to carry it with a phone, or of a meter's address, to pay for
/// its energy.
/// </summary>
internal static class QrCommand
{
    public static int Run(string given, TextWriter output)
    {
        var text = Address.TryParse(given, out var meter)
            ? $"{meter}"
            : SignedEnrolment.In(EnrolmentSource.ReadFile(given), given).Line.ToUpperInvariant();
        output.WriteLine(QrText.Of(text));
        output.WriteLine(text);
        return 0;
    }
}
