using Helios.Messaging;
using Helios.Metering;
using Helios.Signing;
using Helios.Tests.Firmware.Signing;

namespace Helios.Tests.Circle.Histories;

/// <summary>
/// The calls of one history, for contracts/test/ReplayHistories.t.sol, which makes them on the real
/// contracts and compares every number. One line of hexadecimal digits, big-endian.
/// </summary>
internal sealed class Trace
{
    private const int RegisterBytes = 6;
    private const int TimeBytes = 5;

    // Where forge deploys the replay's ledger, which compares it.
    private static readonly byte[] Ledger =
        Convert.FromHexString("5615DEB798BB3E4DFA0139DFA1B3D433CC23B72F");

    private readonly List<TraceStep> _steps = [];
    private readonly Eip712Digest _digests = new(new Eip712Domain(31337, Ledger));
    private readonly SigningKey? _key;

    /// <param name="isSignedHere">
    /// The firmware signs every reading; else the replay signs the firmware's digest.
    /// </param>
    public Trace(bool isSignedHere)
    {
        if (isSignedHere)
        {
            var secret = new byte[32];
            secret[^1] = 0xC0;
            _key = new SigningKey(secret, new DotNetHmac());
        }
    }

    public int Count => _steps.Count;

    public void Add(TraceStep step)
    {
        _steps.Add(step);
        if (step.Undone is { } undone)
        {
            undone.IsUndoneLater = true;
        }
    }

    /// <summary>A reading's 99 bytes and the digest that the firmware signs.</summary>
    public byte[] Submission(Reading reading)
    {
        byte[] digest = new byte[32], signature = new byte[64], signed = new byte[99];
        _digests.OfReading(reading, digest);
        _key?.Sign(digest, signature);
        Assert.Equal(CodecResult.Done, ReadingCodec.Encode(reading, signature, signed));
        return [.. signed, .. digest];
    }

    /// <summary>The line of this history.</summary>
    public string Write(int seed, Reading enrolled, ulong enrolledAt, uint maxPowerW)
    {
        using MemoryStream bytes = new();
        Put(bytes, 4, (uint)seed);
        bytes.Write(Ledger);
        Put(bytes, TimeBytes, enrolledAt);
        Put(bytes, 4, maxPowerW);
        Put(bytes, 4, enrolled.Pagination);
        Put(bytes, RegisterBytes, enrolled.ImportWh);
        Put(bytes, 2, (ulong)_steps.Count);
        Put(bytes, 2, (ulong)_steps.Count(static step => step.IsUndoneLater));

        Dictionary<TraceStep, int> snapshots = [];
        foreach (var step in _steps)
        {
            Put(bytes, 1, (ulong)step.Action);
            Put(bytes, 1, step.IsUndoneLater ? 1UL : 0);
            Put(bytes, TimeBytes, step.Time);
            if (step.IsUndoneLater)
            {
                snapshots[step] = snapshots.Count;
            }

            bytes.Write(step.Arguments);
            if (step.Undone is { } undone)
            {
                Put(bytes, 2, (ulong)snapshots[undone]);
            }

            PutExpected(bytes, step.After);
        }

        return Convert.ToHexStringLower(bytes.ToArray());
    }

    /// <summary>A register, as an argument.</summary>
    public static byte[] Register(ulong wh)
    {
        var bytes = new byte[RegisterBytes];
        BigEndian.Write(bytes, 0, RegisterBytes, wh);
        return bytes;
    }

    private static void PutExpected(MemoryStream bytes, PlainChain after)
    {
        var registers = after.Registers;
        Put(bytes, 1, (ulong)after.State);
        Put(bytes, 4, registers.Pagination);
        Put(bytes, RegisterBytes, registers.ExportWh);
        Put(bytes, RegisterBytes, registers.ImportWh);
        Put(bytes, RegisterBytes, registers.AuthorisedWh);
        Put(bytes, RegisterBytes, registers.ReturnedWh);
        Put(bytes, TimeBytes, after.PlausibleFrom);
        Put(bytes, RegisterBytes, after.RedeemedWh);
        Put(bytes, RegisterBytes, after.SettledWh);
        Put(bytes, RegisterBytes, after.RefundedWh);
        Put(bytes, RegisterBytes, after.MintedWh);
        Put(bytes, RegisterBytes, after.OwnerWh);
    }

    private static void Put(MemoryStream bytes, int length, ulong value)
    {
        Span<byte> eight = stackalloc byte[8];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt64BigEndian(eight, value);
        bytes.Write(eight[(8 - length)..]);
    }
}
