using System.Buffers;
using System.Globalization;
using System.Numerics;
using Helios.Chain;
using Helios.Messaging;
using Helios.Tests.HostRelay.Relay;

namespace Helios.Tests.HostRelay.Proofs;

/// <summary>
/// Payloads by one seed: noise, and what can be made of readings that meters did sign, on either
/// curve. It knows which of them a meter signed for this ledger; everything else is a forgery.
/// </summary>
internal sealed class PayloadSource
{
    private const int MetersPerCurve = 8;
    private const int ReadingsPerMeter = 16;
    private const int SignatureAt = ReadingCodec.ReadingLength;
    private const int SAt = SignatureAt + 32;
    private const int KeyAt = ReadingCodec.Length;

    // Where the fields of a reading begin: splices are likeliest to fit there. The last two are
    // those of P-256 alone.
    private static readonly int[] FieldStarts =
        [0, 4, 10, 16, 22, 28, 33, SignatureAt, SAt, KeyAt, KeyAt + 32];

    private static readonly BigInteger OrderSecp256k1 = BigInteger.Parse(
        "0fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141",
        NumberStyles.HexNumber);

    private static readonly BigInteger OrderP256 = BigInteger.Parse(
        "0ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551",
        NumberStyles.HexNumber);

    // 0, 1 and all ones; p of secp256k1; of each curve N - 1, N, half of N, half of N + 1.
    private static readonly byte[][] EdgeScalars =
    [
        new byte[32],
        Word(BigInteger.One),
        Hex.Parse(new string('f', 64)),
        Hex.Parse("fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2f"),
        .. new[] { OrderSecp256k1, OrderP256 }.SelectMany(
            static n => new[] { n - 1, n, n / 2, (n / 2) + 1 }.Select(Word)),
    ];

    private readonly Random _random;
    private readonly (string Topic, byte[] Signed)[] _signed;
    private readonly (string Topic, byte[] Signed)[] _elsewhere;
    private readonly HashSet<string> _known;

    public PayloadSource(int seed, ulong chainId, Address ledger)
    {
        _random = new Random(seed);
        TestMeter[] meters =
        [
            .. Enumerable.Range(0, MetersPerCurve).Select(_ => new TestMeter(chainId, ledger)),
            .. Enumerable.Range(0, MetersPerCurve)
                .Select(_ => TestMeter.WithElement(chainId, ledger)),
        ];
        _signed = [.. meters.SelectMany(SomeOf)];
        _elsewhere =
        [
            .. meters.SelectMany(meter => SomeOf(meter.Elsewhere(chainId + 1, ledger))),
            .. meters.SelectMany(meter => SomeOf(meter.Elsewhere(chainId, meter.Address))),
        ];
        _known = [.. _signed.Select(static one => NameOf(one.Topic, one.Signed))];
    }

    /// <summary>Whether the meter of the topic signed exactly this.</summary>
    public bool IsSigned(string topic, byte[] payload) => _known.Contains(NameOf(topic, payload));

    /// <summary>One more; three in ten are near enough to a reading to cost a recovery.</summary>
    public (string Topic, byte[] Payload) Next()
    {
        var (topic, signed) = _signed[_random.Next(_signed.Length)];
        var other = _signed[_random.Next(_signed.Length)];
        return _random.Next(40) switch
        {
            0 => (topic, [.. signed]),
            1 => (other.Topic, [.. signed]),
            2 => _elsewhere[_random.Next(_elsewhere.Length)],
            < 6 => (topic, WithBitsTurned(signed)),
            < 8 => (topic, Spliced(signed, other.Signed)),
            8 => (topic, WithEdgeScalar(signed)),
            9 => (topic, WithFieldOfNoise(signed)),
            10 => (topic, WithSignatureOfNoise(signed)),
            11 => (topic, Negated(signed)),
            < 20 => (topic, Noise(signed.Length)),
            < 28 => (topic, Noise(_random.Next(300))),
            < 33 => (topic, CutOrExtended(signed)),
            < 37 => (WithLetterChanged(topic), signed),
            _ => (TopicOfNoise(), signed),
        };
    }

    /// <summary>The payload as a network hands it over: in pieces.</summary>
    public ReadOnlySequence<byte> InPieces(byte[] payload)
    {
        if (payload.Length < 2 || _random.Next(2) == 0)
        {
            return new ReadOnlySequence<byte>(payload);
        }

        var at = _random.Next(1, payload.Length);
        var first = new Piece(payload.AsMemory(0, at));
        var last = first.Append(payload.AsMemory(at));
        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private static string NameOf(string topic, byte[] signed) => topic + Hex.Of(signed);

    private static IEnumerable<(string Topic, byte[] Signed)> SomeOf(TestMeter meter) =>
        Enumerable.Range(1, ReadingsPerMeter)
            .Select(n => (meter.Topic, meter.Sign((uint)n, (ulong)(n * 100))));

    private static byte[] Word(BigInteger value)
    {
        var word = new byte[32];
        value.TryWriteBytes(
            word.AsSpan(32 - value.GetByteCount(isUnsigned: true)), out _, isUnsigned: true,
            isBigEndian: true);
        return word;
    }

    private byte[] WithBitsTurned(byte[] signed)
    {
        var forged = signed.ToArray();
        for (var bits = _random.Next(1, 9); bits > 0; bits--)
        {
            forged[_random.Next(forged.Length)] ^= (byte)(1 << _random.Next(8));
        }

        return forged;
    }

    private byte[] Spliced(byte[] head, byte[] tail)
    {
        var at = _random.Next(2) == 0
            ? FieldStarts[_random.Next(FieldStarts.Length)]
            : _random.Next(head.Length);
        return [.. head.Take(at), .. tail.Skip(at)];
    }

    private byte[] WithEdgeScalar(byte[] signed)
    {
        var forged = signed.ToArray();
        EdgeScalars[_random.Next(EdgeScalars.Length)]
            .CopyTo(forged, _random.Next(2) == 0 ? SignatureAt : SAt);
        return forged;
    }

    private byte[] WithFieldOfNoise(byte[] signed)
    {
        int[] starts = [.. FieldStarts.Where(start => start < signed.Length), signed.Length];
        var field = _random.Next(starts.Length - 1);
        var forged = signed.ToArray();
        _random.NextBytes(forged.AsSpan(starts[field]..starts[field + 1]));
        return forged;
    }

    private byte[] WithSignatureOfNoise(byte[] signed) =>
        [.. signed[..SignatureAt], .. Noise(signed.Length - SignatureAt)];

    // N - s signs the same digest, if only a reader lets it: on secp256k1, whose topmost bit of s
    // is the parity, with the other parity.
    private byte[] Negated(byte[] signed)
    {
        var isSecp256k1 = signed.Length == ReadingCodec.Length;
        var s = signed[SAt..(SAt + 32)];
        s[0] &= 0x7f;
        var negated = (isSecp256k1 ? OrderSecp256k1 : OrderP256)
            - new BigInteger(s, isUnsigned: true, isBigEndian: true);
        var forged = signed.ToArray();
        Word(negated).CopyTo(forged, SAt);
        if (isSecp256k1 && _random.Next(2) == 0)
        {
            forged[SAt] ^= 0x80;
        }

        return forged;
    }

    private byte[] CutOrExtended(byte[] signed) => _random.Next(2) == 0
        ? signed[.._random.Next(signed.Length)]
        : [.. signed, .. Noise(_random.Next(1, 65))];

    private string WithLetterChanged(string topic)
    {
        var letters = topic.ToCharArray();
        letters[_random.Next(letters.Length)] = (char)_random.Next(1, 0x250);
        return new string(letters);
    }

    private string TopicOfNoise() =>
        new([.. Enumerable.Range(0, _random.Next(80)).Select(_ => (char)_random.Next(1, 0xd800))]);

    private byte[] Noise(int length)
    {
        var bytes = new byte[length];
        _random.NextBytes(bytes);
        return bytes;
    }

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        public Piece(ReadOnlyMemory<byte> memory)
        {
            Memory = memory;
        }

        public Piece Append(ReadOnlyMemory<byte> memory)
        {
            var next = new Piece(memory) { RunningIndex = RunningIndex + Memory.Length };
            Next = next;
            return next;
        }
    }
}
