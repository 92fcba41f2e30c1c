using System.Security.Cryptography;
using Helios.Metering;
using Helios.Signing;

namespace Helios.Tests.IlCount;

/// <summary>
/// The operations that are counted. It runs in the copy that is bound to the woven firmware.
/// </summary>
public static class Workload
{
    public const string OneBlock = "Keccak-256 of one block";
    public const string ReadingDigest = "digest of a reading";
    public const string SignDigest = "sign a digest";
    public const string SignReading = "sign a reading";
    public const string Recover = "recover a signer";
    public const string Verify = "verify with a public key";
    public const string MakeKey = "make a key";

    private const int SeededKeys = 12;

    // Not part of the path: time masked by random numbers, and a switch whose cases are alike.
    private static readonly string[] LeftOut = ["LehmerInversion", "GeneratorTable"];

    private static readonly Eip712Domain Domain = new(31337, SHA256.HashData([1])[..20]);

    public static (string, string, long, long, ulong, long)[] Run()
    {
        BlockCounter.LeaveOut(LeftOut);
        var measured = new List<(string, string, long, long, ulong, long)>();
        foreach (var (subject, secret) in Secrets())
        {
            RunWith(secret, (_, operation) => operation());
            RunWith(secret, (name, operation) => measured.Add(Measure(name, subject, operation)));
        }

        return [.. measured];
    }

    private static void RunWith(byte[] secret, Action<string, Action> run)
    {
        var hmac = new NativeHmac();
        SigningKey key = new(secret, hmac);
        run(MakeKey, () => key = new SigningKey(secret, hmac));

        byte[] digest = SHA256.HashData(secret);
        byte[] signature = new byte[64], address = new byte[20], publicKey = new byte[64];
        key.CopyPublicKeyTo(publicKey, 0);
        var digests = new Eip712Digest(Domain);
        var verifier = new SignatureVerifier();
        var reading = new Reading(
            123456, 7_654_321_000, 1_234_567, 2_000_000, 0, 1_780_000_200, 0x000A);
        var hash = new Keccak256();
        byte[] message = new byte[135];

        run(OneBlock, () => hash.Hash(message, digest));
        run(SignDigest, () => key.Sign(digest, signature));
        run(ReadingDigest, () => digests.OfReading(reading, digest));
        run(SignReading, () =>
        {
            digests.OfReading(reading, digest);
            key.Sign(digest, signature);
        });
        run(Recover, () => Expect(verifier.Recover(digest, signature, address)));
        run(Verify, () => Expect(verifier.Verify(digest, signature, publicKey)));
    }

    private static (string, string, long, long, ulong, long) Measure(
        string name, string subject, Action operation)
    {
        BlockCounter.Reset();
        long before = GC.GetAllocatedBytesForCurrentThread();
        operation();
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        return (name, subject, BlockCounter.Total, allocated, BlockCounter.Path,
            BlockCounter.TotalWithoutLeftOut());
    }

    private static IEnumerable<(string Subject, byte[] Secret)> Secrets()
    {
        yield return ("1", Secret("00", "01"));
        yield return ("2", Secret("00", "02"));
        yield return ("2^255", Secret("80", "00"));
        yield return ("n - 1", Convert.FromHexString(
            "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364140"));
        for (byte i = 0; i < SeededKeys; i++)
        {
            yield return ($"SHA-256 of {i}", SHA256.HashData([i]));
        }
    }

    private static byte[] Secret(string first, string last)
        => Convert.FromHexString(first + new string('0', 60) + last);

    private static void Expect(SignatureCheck check)
    {
        if (check != SignatureCheck.Valid)
        {
            throw new InvalidOperationException($"The firmware's own signature is {check}.");
        }
    }

    // As on the device, where HMAC is one native call.
    private sealed class NativeHmac : IHmacSha256
    {
        public byte[] HashData(byte[] key, byte[] data) => HMACSHA256.HashData(key, data);
    }
}
