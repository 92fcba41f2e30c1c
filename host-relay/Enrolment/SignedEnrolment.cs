using Helios.Chain;
using Helios.Messaging;
using Helios.Signing;

namespace Helios.Enrolling;

/// <summary>An Enrolment and the meter's signature over it, as a meter prints them.</summary>
/// <param name="Said">What was signed.</param>
/// <param name="Signature">64 bytes on secp256k1, 128 on P-256.</param>
internal sealed record SignedEnrolment(Enrolment Said, byte[] Signature)
{
    private const string LineStartOfAny = "HELIOS-ENROLMENT ";

    /// <summary>Whose it is.</summary>
    public Address Meter => new(Said.Meter);

    /// <summary>Who gets the meter's coins.</summary>
    public Address Owner => new(Said.Owner);

    /// <summary>Whether a key on P-256 signed, as secure elements do.</summary>
    public bool IsP256 => Signature.Length == SignatureLengths.P256;

    /// <summary>The line as the meter prints it.</summary>
    public string Line
    {
        get
        {
            var message = new byte[EnrolmentCodec.EnrolmentLength + Signature.Length];
            EnrolmentCodec.Encode(Said, Signature, message);
            return EnrolmentCodec.LineStart + Convert.ToHexStringLower(message);
        }
    }

    /// <summary>
    /// Finds the Enrolment in a text: the line itself, a console's whole log, or what a phone read
    /// off a QR code. A meter prints the same line at every boot.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="where">Where it comes from, for people.</param>
    /// <exception cref="BadInputException">It holds none, two, or a damaged one.</exception>
    public static SignedEnrolment In(string text, string where)
    {
        string[] lines = [.. text.Split('\n').Select(AfterStart).OfType<string>().ToHashSet(StringComparer.Ordinal)];
        if (lines.Length != 1)
        {
            throw new BadInputException(lines.Length == 0
                ? $"{where} has no line that begins with {EnrolmentCodec.LineStart.TrimEnd()}: "
                    + "take it from the meter's console at boot."
                : $"{where} has {lines.Length} different Enrolments: leave the one that is meant.");
        }

        return Parse(lines[0], where);
    }

    /// <summary>The bytes that a meter publishes, which are those of its line.</summary>
    /// <param name="message">The bytes.</param>
    /// <param name="where">Where they come from, for people.</param>
    /// <exception cref="BadInputException">They are no Enrolment.</exception>
    public static SignedEnrolment Of(byte[] message, string where) =>
        Parse($"1 {Convert.ToHexStringLower(message)}", where);

    /// <summary>Makes sure that the meter signed this, for this deployment.</summary>
    /// <exception cref="BadInputException">It did not, or says of its key what cannot
    /// be.</exception>
    public void Check(ulong chainId, Address ledger)
    {
        var digest = new byte[32];
        new Eip712Digest(new Eip712Domain(chainId, ledger.ToArray())).OfEnrolment(Said, digest);
        if (MeterSignature.SignerOf(Signature, digest, library: null) != Meter)
        {
            throw new BadInputException(
                $"The Enrolment is not signed by meter {Meter} for ledger {ledger} on chain "
                    + $"{chainId}: it was altered, or the meter's helios.cfg names another ledger "
                    + "or chain-id.");
        }

        if (IsP256 != (Said.Assurance == Enrolment.SecureElement))
        {
            throw new BadInputException(
                $"Meter {Meter} signs {(IsP256 ? "on P-256" : "on secp256k1")} but claims "
                    + $"assurance {Said.Assurance}: secure elements sign on P-256, and nothing "
                    + "else does; look at the board.");
        }
    }

    private static string? AfterStart(string line)
    {
        var at = line.IndexOf(LineStartOfAny, StringComparison.OrdinalIgnoreCase);
        return at < 0 ? null : line[(at + LineStartOfAny.Length)..].Trim().ToLowerInvariant();
    }

    private static SignedEnrolment Parse(string line, string where)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0 || !string.Equals(words[0], "1", StringComparison.Ordinal))
        {
            throw new BadInputException(
                $"{where} has an Enrolment of a layout other than 1: take the host-relay that "
                    + "belongs to the meter's firmware.");
        }

        var result = CodecResult.TooShort;
        if (words.Length == 2 && Hex.TryParse(words[1], out var message))
        {
            result = EnrolmentCodec.Decode(message, out var said, out var signature);
            if (result == CodecResult.Done)
            {
                return new SignedEnrolment(said, signature);
            }
        }

        throw new BadInputException(result is CodecResult.TooShort or CodecResult.TooLong
            ? $"The Enrolment in {where} must be {2 * EnrolmentCodec.Length} hex digits, or "
                + $"{2 * EnrolmentCodec.LengthP256} of a secure element: copy the whole line."
            : $"The Enrolment in {where} says what no meter says ({result}): copy the line again.");
    }
}
