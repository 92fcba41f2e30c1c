using System.Security.Cryptography;
using Helios.Chain;
using Helios.Tests.HostRelay.Relay;
using Org.BouncyCastle.Crypto.EC;
using Org.BouncyCastle.Math;

namespace Helios.Tests.HostRelay.Chain;

public class P256SignatureTests
{
    private static readonly BigInteger P = CustomNamedCurves.GetByName("secp256r1")
        .Curve.Field.Characteristic;

    [Fact]
    public void Finds_the_signer_of_what_BouncyCastle_signed()
    {
        for (var i = 0; i < 200; i++)
        {
            var digest = RandomNumberGenerator.GetBytes(32);
            var key = new P256Key();

            Assert.True(P256Signature.TryVerify(key.Sign(digest), digest, out var signer));
            Assert.Equal(key.Address, signer);
            Assert.False(P256Signature.TryVerify(key.Sign(digest, isHighS: true), digest, out _));
        }
    }

    public static TheoryData<int, string> OutOfRange() => new()
    {
        { 0, new string('0', 64) },
        { 0, P256Key.N.ToString(16) },
        { 0, new string('f', 64) },
        { 32, new string('0', 64) },
        { 32, P256Key.N.ToString(16) },
        { 32, new string('f', 64) },
        { 64, new string('0', 64) },
        { 64, P.ToString(16) },
        { 64, new string('f', 64) },
        { 96, new string('0', 64) },
        { 96, P.ToString(16) },
        { 96, new string('f', 64) },
    };

    [Theory]
    [MemberData(nameof(OutOfRange))]
    public void Refuses_words_outside_their_range_and_points_off_the_curve(int at, string word)
    {
        var digest = RandomNumberGenerator.GetBytes(32);
        var forged = new P256Key().Sign(digest);
        Hex.Parse(word).CopyTo(forged, at);

        Assert.False(P256Signature.TryVerify(forged, digest, out _));
    }

    // Whoever needs no message can make a signature of any key (r and s from a sum of G and Q): of
    // one with a small x there are then two ways to write x below 2^256, and only one is taken.
    [Fact]
    public void Takes_a_key_written_in_one_way_only()
    {
        var curve = CustomNamedCurves.GetByName("secp256r1");
        byte[] compressed = [2, .. Secp256k1.Fixed32(BigInteger.ValueOf(5))];
        var q = curve.Curve.DecodePoint(compressed).Normalize();
        for (var u = BigInteger.ValueOf(2); ; u = u.Add(BigInteger.One))
        {
            var r = curve.G.Multiply(u).Add(q).Normalize().AffineXCoord.ToBigInteger()
                .Mod(curve.N);
            if (r.CompareTo(curve.N.ShiftRight(1)) > 0)
            {
                continue;
            }

            // With s = r, digest = u r: u1 = u, u2 = 1.
            var digest = Secp256k1.Fixed32(u.Multiply(r).Mod(curve.N));
            var y = Secp256k1.Fixed32(q.AffineYCoord.ToBigInteger());
            byte[] rs = [.. Secp256k1.Fixed32(r), .. Secp256k1.Fixed32(r)];
            byte[] once = [.. rs, .. Secp256k1.Fixed32(BigInteger.ValueOf(5)), .. y];
            byte[] twice = [.. rs, .. Secp256k1.Fixed32(P.Add(BigInteger.ValueOf(5))), .. y];

            Assert.True(P256Signature.TryVerify(once, digest, out _));
            Assert.False(P256Signature.TryVerify(twice, digest, out _));
            return;
        }
    }
}
