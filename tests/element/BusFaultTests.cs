using System.Security.Cryptography;
using Helios.Boards.Simulated;
using Helios.Element;

namespace Helios.Tests.Element;

/// <summary>
/// Every fault at every byte of every call: a right result or none, within the limits, and an
/// element that works again once the bus does.
/// </summary>
public sealed class BusFaultTests
{
    private const ulong CallMsMax = 4000;
    private const int TransfersMax = 200;
    private const uint Before = 41;
    private const ulong WatchdogUsMin = 700_000;

    private static readonly byte[] Digest = SHA256.HashData("Helios"u8);

    // What an earlier call left in the element's memory, which is never what is signed.
    private static readonly byte[] OtherDigest = SHA256.HashData(Digest);

    private static readonly ElementBench Ready = CountedTo(Before);
    private static readonly byte[] PublicKey = ReadPublicKey();

    private static readonly (WireFault Fault, int Bit)[] Faults =
    [
        (WireFault.NotAcknowledged, 0),
        .. Enumerable.Range(0, 8).Select(bit => (WireFault.BitFlipped, bit)),
        (WireFault.BusReleased, 0),
        (WireFault.ClockHeld, 0),
        (WireFault.ClockStretched, 0),
        (WireFault.Brownout, 0),
        (WireFault.Watchdog, 0),
        (WireFault.Unplugged, 0),
    ];

    public enum ElementCall
    {
        Revision,
        Serial,
        Random,
        PublicKey,
        Sign,
        ReadCounter,
        CountTo,
    }

    public static TheoryData<ElementCall> Calls => [.. Enum.GetValues<ElementCall>()];

    [Theory]
    [MemberData(nameof(Calls))]
    public void A_fault_at_any_byte_gives_a_right_result_or_none(ElementCall call)
    {
        var length = LengthOf(call);
        for (var place = 0; place < length; place++)
        {
            foreach (var (fault, bit) in Faults)
            {
                Try(call, fault, bit, number => number == place);
            }
        }
    }

    /// <summary>The bus stays as it is from a byte on.</summary>
    [Theory]
    [MemberData(nameof(Calls))]
    public void A_fault_that_stays_ends_in_a_refusal_within_the_limits(ElementCall call)
    {
        var length = LengthOf(call);
        for (var place = 0; place < length; place++)
        {
            foreach (var (fault, bit) in Faults)
            {
                Try(call, fault, bit, number => number >= place);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public void Faults_at_random_bytes_give_a_right_result_or_none(ElementCall call)
    {
        var random = new Random(7);
        for (var i = 0; i < 200; i++)
        {
            var (fault, bit) = Faults[random.Next(Faults.Length - 1)];
            var chance = random.NextDouble() * 0.05;
            Try(call, fault, bit, _ => random.NextDouble() < chance);
        }
    }

    [Fact]
    public void One_fault_never_keeps_a_signature_from_being_made()
    {
        var length = LengthOf(ElementCall.Sign);
        var missed = new List<string>();
        for (var place = 0; place < length; place++)
        {
            foreach (var (fault, bit) in Faults.Where(one => one.Fault != WireFault.Unplugged))
            {
                var result = Try(ElementCall.Sign, fault, bit, number => number == place);
                if (result != ElementResult.Done)
                {
                    missed.Add($"{fault} {bit} at byte {place}");
                }
            }
        }

        Assert.Empty(missed);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Provisioning_that_was_cut_anywhere_goes_on_to_the_same_end(bool writesFirst)
    {
        var whole = new ElementBench();
        whole.Provision();
        for (var place = 0; place < whole.Wire.Bytes; place++)
        {
            foreach (var (fault, bit) in Faults)
            {
                var bench = new ElementBench();
                bench.Chip.WritesBeforeItDies = writesFirst;
                bench.Wire.FlippedBit = bit;
                bench.Wire.FaultAt = number => number == place ? fault : WireFault.None;
                bench.Provision();

                bench.Wire.IsPlugged = true;
                bench.Provision();
                Assert.Equal(ElementState.Ready, bench.Look());
                Assert.Equal(
                    whole.Memory.Configuration, bench.Memory.Configuration);
                Assert.NotNull(bench.Memory.Keys[0]);
            }
        }
    }

    private static ElementBench CountedTo(uint count)
    {
        var bench = ElementBench.Ready();
        bench.Memory.Counters[0] = count;
        return bench;
    }

    private static long LengthOf(ElementCall call)
    {
        var bench = Ready.Copy();
        Assert.Equal(ElementResult.Done, Make(bench, call, out _));
        return bench.Wire.Bytes;
    }

    private static ElementResult Try(
        ElementCall call, WireFault fault, int bit, Func<long, bool> isAt)
    {
        var bench = Ready.Copy();
        bench.Chip.WatchdogUs = WatchdogUsMin;
        bench.Element.Run(ElementCommand.LoadDigest(OtherDigest), new byte[1]);
        var first = bench.Wire.Bytes;
        bench.Wire.FlippedBit = bit;
        bench.Wire.FaultAt = number => isAt(number - first) ? fault : WireFault.None;

        var result = Make(bench, call, out var data);

        var what = $"{call}, {fault} {bit}: {result}";
        Assert.True(bench.UptimeMs <= CallMsMax, $"{what} after {bench.UptimeMs} ms");
        Assert.True(bench.Transfers <= TransfersMax, $"{what} after {bench.Transfers} transfers");
        Assert.True(
            result == ElementResult.Done ? IsRight(bench, call, data) : IsClear(data), what);
        var counted = bench.Memory.Counters[0] - Before;
        Assert.True(counted == 0 || (call == ElementCall.CountTo && counted == 1), what);
        Assert.Same(Ready.Memory.Keys[0], bench.Memory.Keys[0]);

        bench.Wire.FaultAt = null;
        bench.Wire.IsPlugged = true;
        Assert.Equal(ElementResult.Done, Make(bench, call, out data));
        Assert.True(IsRight(bench, call, data), what);
        return result;
    }

    private static ElementResult Make(ElementBench bench, ElementCall call, out byte[] data)
    {
        data = new byte[call switch
        {
            ElementCall.Revision or ElementCall.ReadCounter or ElementCall.CountTo => 4,
            ElementCall.Serial => SecureElement.SerialLength,
            ElementCall.Random => SecureElement.RandomLength,
            _ => SecureElement.SignatureLength,
        }];
        switch (call)
        {
            case ElementCall.Revision:
                return bench.Element.ReadRevision(data);
            case ElementCall.Serial:
                return bench.Element.ReadSerial(data);
            case ElementCall.Random:
                return bench.Element.FillRandom(data);
            case ElementCall.PublicKey:
                return bench.Element.ReadPublicKey(data);
            case ElementCall.Sign:
                return bench.Element.Sign(Digest, data);
            case ElementCall.ReadCounter:
                var result = bench.Element.ReadCounter(out var count);
                data = BitConverter.GetBytes(count);
                return result;
            default:
                return bench.Element.CountTo(Before + 1);
        }
    }

    private static bool IsClear(byte[] data) => data.All(value => value == 0);

    private static bool IsRight(ElementBench bench, ElementCall call, byte[] data) => call switch
    {
        ElementCall.Revision => data.AsSpan().SequenceEqual(Convert.FromHexString("00006002")),
        ElementCall.Serial =>
            data.AsSpan().SequenceEqual(Convert.FromHexString("0123E5F6A1B2C3D4EE")),
        ElementCall.Random => data.Distinct().Count() > 16,
        ElementCall.PublicKey => data.AsSpan().SequenceEqual(PublicKey),
        ElementCall.Sign => Signatures.IsOf(PublicKey, Digest, data) && Signatures.IsLow(data),
        ElementCall.ReadCounter => BitConverter.ToUInt32(data) == Before,
        _ => bench.Memory.Counters[0] == Before + 1,
    };

    private static byte[] ReadPublicKey()
    {
        var publicKey = new byte[64];
        Ready.Copy().Element.ReadPublicKey(publicKey);
        return publicKey;
    }
}
