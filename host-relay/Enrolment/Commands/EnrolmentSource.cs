using Helios.Messaging;

namespace Helios.Enrolling;

/// <summary>
/// Where an Enrolment comes from: a file, standard input as -, or a broker that retains it, as
/// mqtt://broker/METER.
/// </summary>
internal static class EnrolmentSource
{
    private const string StandardInput = "-";

    // A console's log of months; the line itself has 417 letters at most.
    private const int LengthMax = 10_000_000;

    /// <exception cref="BadInputException">It cannot be read, or holds no Enrolment.</exception>
    public static async Task<SignedEnrolment> ReadAsync(
        string path, Consent consent, CancellationToken ct)
    {
        if (RetainedEnrolment.IsAt(path, out var broker))
        {
            return await RetainedEnrolment.ReadAsync(broker, ct);
        }

        if (!string.Equals(path, StandardInput, StringComparison.Ordinal))
        {
            return SignedEnrolment.In(ReadFile(path), path);
        }

        if (!consent.IsGiven)
        {
            throw new BadInputException(
                "Standard input cannot hold the Enrolment and the answer: give --yes, or name a "
                    + "file.");
        }

        return SignedEnrolment.In(await consent.Input.ReadToEndAsync(ct), "Standard input");
    }

    /// <inheritdoc cref="ReadAsync"/>
    public static string ReadFile(string path)
    {
        try
        {
            return new FileInfo(path).Length <= LengthMax
                ? File.ReadAllText(path)
                : throw new BadInputException(
                    $"The file {path} has more than {LengthMax} bytes: leave the line that begins "
                        + $"with {EnrolmentCodec.LineStart.TrimEnd()}.");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException(
                $"The file {path} cannot be read: name one with the line that the meter prints at "
                    + "boot, or mqtt://broker/METER.",
                failure);
        }
    }
}
