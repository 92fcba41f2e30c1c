using System.Buffers;
using Helios.Chain;
using Helios.Messaging;

namespace Helios.Relay;

/// <summary>
/// Checks the signatures of a file as if its readings had come over MQTT, for the deployment that
/// the file itself names. Needs no network.
/// </summary>
/// <param name="Sound">Readings whose meter signed them, in the order of the file.</param>
/// <param name="Refusals">A sentence for each of the others.</param>
internal sealed record CarriedCheck(
    IReadOnlyList<VerifiedReading> Sound, IReadOnlyList<string> Refusals)
{
    /// <param name="path">The file.</param>
    /// <param name="library">Recovers signers; null leaves it to BouncyCastle.</param>
    /// <param name="file">What it says.</param>
    /// <exception cref="BadInputException">It is no such file.</exception>
    public static CarriedCheck Of(string path, Libsecp256k1? library, out ReadingFile file)
    {
        file = ReadingFile.Read(path);
        var verifier = new ReadingVerifier(file.ChainId, file.Ledger, library);
        var (sound, refusals) = (new List<VerifiedReading>(), new List<string>());
        foreach (var (index, carried) in file.Readings.Index())
        {
            if (verifier.Verify(
                Topics.Build(TopicKind.Reading, carried.Meter.ToArray()),
                new ReadOnlySequence<byte>(carried.Signed),
                out var reason) is { } reading)
            {
                sound.Add(reading);
            }
            else
            {
                refusals.Add($"{path}: reading {index + 1} {Fault(carried, reason)}: remove it.");
            }
        }

        return new CarriedCheck(sound, refusals);
    }

    private static string Fault(CarriedReading carried, RefusalReason reason) => reason switch
    {
        RefusalReason.WrongLength =>
            $"has {carried.Signed.Length} bytes, not {ReadingCodec.Length} or "
                + $"{ReadingCodec.LengthP256}",
        RefusalReason.Malformed => "has a field outside its range",
        _ => $"is not signed by {carried.Meter} for this ledger",
    };
}
