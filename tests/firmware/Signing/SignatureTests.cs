using Helios.Signing;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Math.EC;

namespace Helios.Tests.Firmware.Signing;

public sealed class SignatureTests
{
    private readonly SignatureVerifier _verifier = new();

    [Fact]
    public void Signs_10000_digests_as_bouncy_castle_does_and_recovers_each_signer()
    {
        var random = Seeded.Random();
        for (int i = 0; i < 10_000; i++)
        {
            CheckAgainstJudge(random.NextBytes(32), random.NextBytes(32));
        }
    }

    [Fact]
    public void Signs_with_edge_keys_and_edge_digests()
    {
        BigInteger[] edges =
        [
            BigInteger.Zero, BigInteger.One, BigInteger.Two, Judge.HalfN,
            Judge.HalfN.Add(BigInteger.One), Judge.N.Subtract(BigInteger.Two),
            Judge.N.Subtract(BigInteger.One), Judge.N, Judge.N.Add(BigInteger.One), Judge.P,
            BigInteger.One.ShiftLeft(255), BigInteger.One.ShiftLeft(128),
            BigInteger.One.ShiftLeft(256).Subtract(BigInteger.One),
        ];
        foreach (var key in edges)
        {
            byte[] secret = Judge.Bytes(key);
            bool isKey = key.SignValue > 0 && key.CompareTo(Judge.N) < 0;
            Assert.Equal(isKey, SigningKey.IsValidSecret(secret));
            foreach (var digest in edges.Where(_ => isKey))
            {
                CheckAgainstJudge(secret, Judge.Bytes(digest));
            }
        }

        Assert.False(SigningKey.IsValidSecret(new byte[31]));
        Assert.False(SigningKey.IsValidSecret(new byte[33]));
    }

    [Fact]
    public void Gives_the_same_signature_whatever_masks_it()
    {
        byte[] secret = Judge.Bytes(BigInteger.Three), digest = Judge.Bytes(BigInteger.Ten);
        byte[] first = new byte[64], second = new byte[64];
        var key = new SigningKey(secret, new ManagedHmacSha256());
        key.Sign(digest, first);
        key.Stir([1, 2, 3]);
        key.Sign(digest, second);
        Assert.Equal(first, second);
    }

    [Fact]
    public void Refuses_high_s_in_verification_and_recovery()
    {
        // s of EIP-2098 has 255 bits, so the high ones that can be said lie just above n / 2.
        byte[] digest = Judge.Bytes(BigInteger.Ten), secret = Judge.Bytes(BigInteger.Three);
        var s = BigInteger.One.ShiftLeft(255).Subtract(BigInteger.One);
        byte[] high = Judge.Compact(Judge.Sign(secret, digest).R, s, false);
        AssertRefused(SignatureCheck.HighS, digest, high);

        byte[] lowest = Judge.Compact(
            Judge.Sign(secret, digest).R, Judge.HalfN.Add(BigInteger.One), false);
        AssertRefused(SignatureCheck.HighS, digest, lowest);

        byte[] low = Judge.Compact(Judge.Sign(secret, digest).R, Judge.HalfN, false);
        Assert.Equal(SignatureCheck.Valid, _verifier.Recover(digest, low, new byte[20]));
    }

    [Fact]
    public void Refuses_r_and_s_out_of_range()
    {
        byte[] digest = Judge.Bytes(BigInteger.Ten);
        var all = BigInteger.One.ShiftLeft(256).Subtract(BigInteger.One);
        BigInteger[] outside =
            [BigInteger.Zero, Judge.N, Judge.N.Add(BigInteger.One), Judge.P, all];
        foreach (var r in outside)
        {
            byte[] signature = Judge.Compact(r, BigInteger.One, false);
            AssertRefused(SignatureCheck.OutOfRange, digest, signature);
        }

        byte[] zeroS = Judge.Compact(BigInteger.One, BigInteger.Zero, true);
        AssertRefused(SignatureCheck.OutOfRange, digest, zeroS);
    }

    [Fact]
    public void Recovers_as_bouncy_castle_from_any_r_and_s()
    {
        var random = Seeded.Random();
        int recovered = 0;
        for (int i = 0; i < 500; i++)
        {
            // Small numbers too: their inverses take the slow way.
            var r = Number(random, i % 5 == 0 ? 8 : 256).Add(BigInteger.One).Mod(Judge.N);
            var s = Number(random, i % 7 == 0 ? 8 : 254).Add(BigInteger.One);
            byte[] digest = Judge.Bytes(Number(random, i % 11 == 0 ? 4 : 256));
            recovered += CheckRecovery(digest, r, s, random.Next(2) == 0) ? 1 : 0;
        }

        Assert.InRange(recovered, 150, 350);
    }

    [Fact]
    public void Recovers_where_sums_meet_equal_and_opposite_points()
    {
        // R = k G for small k, and (z, s) that make u1 G and u2 R small multiples of G as well.
        for (int k = 1; k <= 8; k++)
        {
            var point = Judge.G.Multiply(BigInteger.ValueOf(k)).Normalize();
            var r = point.AffineXCoord.ToBigInteger();
            bool isOdd = point.AffineYCoord.ToBigInteger().TestBit(0);
            for (int s = 1; s <= 4; s++)
            {
                for (int z = -20; z <= 20; z++)
                {
                    byte[] digest = Judge.Bytes(BigInteger.ValueOf(z).Mod(Judge.N));
                    CheckRecovery(digest, r, BigInteger.ValueOf(s), isOdd);
                    CheckRecovery(digest, r, BigInteger.ValueOf(s), !isOdd);
                }
            }
        }
    }

    [Fact]
    public void Recovers_where_the_last_column_of_the_comb_meets_its_own_sum()
    {
        // With u2 = 1, R joins the sum just before the comb's last column. R = +-(that sum) makes
        // the points equal or opposite.
        var random = Seeded.Random();
        int met = 0;
        while (met < 8)
        {
            var u1 = Number(random, 256).Mod(Judge.N);
            var sum = CombDigits.Value(u1, column => column > 0);
            var point = Judge.G.Multiply(sum).Normalize();
            var r = point.AffineXCoord.ToBigInteger();
            if (r.CompareTo(Judge.HalfN) > 0)
            {
                continue;
            }

            // u1 = -z / r and u2 = s / r.
            byte[] digest = Judge.Bytes(u1.Multiply(r).Negate().Mod(Judge.N));
            bool isOdd = point.AffineYCoord.ToBigInteger().TestBit(0);
            Assert.True(CheckRecovery(digest, r, r, isOdd));
            CheckRecovery(digest, r, r, !isOdd);
            met++;
        }
    }

    [Fact]
    public void Verifies_for_keys_that_are_G_and_its_opposite()
    {
        foreach (var secret in new[] { BigInteger.One, Judge.N.Subtract(BigInteger.One) })
        {
            for (int digest = 0; digest < 64; digest++)
            {
                CheckAgainstJudge(Judge.Bytes(secret), Judge.Bytes(BigInteger.ValueOf(digest)));
            }
        }
    }

    [Fact]
    public void Verifies_a_signature_whose_x_exceeds_the_order_and_recovers_another_signer()
    {
        // x = n + 2.. is below p in one case of 2^128: R is chosen, and key and digest follow.
        var x = Judge.N;
        ECPoint? point = null;
        while (point is null)
        {
            x = x.Add(BigInteger.One);
            point = Judge.Lift(x, false);
        }

        // Q = (R - u1 G) / u2 with s = r / u2 and z = u1 s.
        var r = x.Subtract(Judge.N);
        var u1 = BigInteger.ValueOf(12345);
        var s = BigInteger.Zero;
        var u2 = BigInteger.One;
        while (s.SignValue == 0 || s.CompareTo(Judge.HalfN) > 0)
        {
            u2 = u2.Add(BigInteger.One);
            s = r.Multiply(u2.ModInverse(Judge.N)).Mod(Judge.N);
        }

        var difference = point.Subtract(Judge.G.Multiply(u1));
        var key = difference.Multiply(u2.ModInverse(Judge.N)).Normalize();
        byte[] publicKey = Judge.PublicKey(key);
        byte[] digest = Judge.Bytes(u1.Multiply(s).Mod(Judge.N));
        byte[] signature = Judge.Compact(r, s, false);
        Assert.True(Judge.Verify(digest, r, s, key));
        Assert.Equal(SignatureCheck.Valid, _verifier.Verify(digest, signature, publicKey));

        // ecrecover cannot name that R either: it takes r as x.
        byte[] address = new byte[20];
        if (_verifier.Recover(digest, signature, address) == SignatureCheck.Valid)
        {
            Assert.NotEqual(Judge.Address(publicKey), address);
        }
    }

    [Fact]
    public void Verifies_neither_a_changed_digest_nor_a_changed_signature_nor_another_key()
    {
        byte[] secret = Judge.Bytes(BigInteger.ValueOf(77)), digest = Judge.Keccak([1]);
        byte[] publicKey = Judge.PublicKey(secret), signature = new byte[64];
        new SigningKey(secret, new DotNetHmac()).Sign(digest, signature);
        Assert.Equal(SignatureCheck.Valid, _verifier.Verify(digest, signature, publicKey));

        for (int bit = 0; bit < 8 * signature.Length; bit++)
        {
            byte[] changed = [.. signature];
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.NotEqual(SignatureCheck.Valid, _verifier.Verify(digest, changed, publicKey));
        }

        byte[] other = Judge.PublicKey(Judge.Bytes(BigInteger.ValueOf(78)));
        Assert.Equal(SignatureCheck.WrongSigner, _verifier.Verify(digest, signature, other));
        digest[31] ^= 1;
        Assert.Equal(
            SignatureCheck.WrongSigner, _verifier.Verify(digest, signature, publicKey));
        publicKey[63] ^= 1;
        Assert.Equal(SignatureCheck.NotOnCurve, _verifier.Verify(digest, signature, publicKey));
    }

    private void CheckAgainstJudge(byte[] secret, byte[] digest)
    {
        var key = new SigningKey(secret, new DotNetHmac());
        byte[] signature = new byte[64], publicKey = new byte[64], address = new byte[20];
        key.CopyPublicKeyTo(publicKey, 0);
        Assert.Equal(Judge.PublicKey(secret), publicKey);

        key.Sign(digest, signature);
        var (r, s) = Judge.Sign(secret, digest);
        bool isOdd = signature[32] >> 7 != 0;
        Assert.Equal(Judge.Compact(r, s, isOdd), signature);
        Assert.Equal(publicKey, Judge.Recover(digest, r, s, isOdd));

        Assert.Equal(SignatureCheck.Valid, _verifier.Verify(digest, signature, publicKey));
        Assert.Equal(SignatureCheck.Valid, _verifier.Recover(digest, signature, address));
        Assert.Equal(Judge.Address(publicKey), address);
        key.CopyAddressTo(address, 0);
        Assert.Equal(Judge.Address(publicKey), address);
    }

    private bool CheckRecovery(byte[] digest, BigInteger r, BigInteger s, bool isOdd)
    {
        byte[] address = new byte[20];
        var check = _verifier.Recover(digest, Judge.Compact(r, s, isOdd), address);
        if (Judge.Lift(r, isOdd) is null)
        {
            Assert.Equal(SignatureCheck.NotOnCurve, check);
            return false;
        }

        byte[]? publicKey = Judge.Recover(digest, r, s, isOdd);
        if (publicKey is null)
        {
            Assert.Equal(SignatureCheck.WrongSigner, check);
            return false;
        }

        Assert.Equal(SignatureCheck.Valid, check);
        Assert.Equal(Judge.Address(publicKey), address);
        byte[] signature = Judge.Compact(r, s, isOdd);
        Assert.Equal(SignatureCheck.Valid, _verifier.Verify(digest, signature, publicKey));
        return true;
    }

    private void AssertRefused(SignatureCheck expected, byte[] digest, byte[] signature)
    {
        byte[] address = new byte[20];
        Assert.Equal(expected, _verifier.Recover(digest, signature, address));
        Assert.Equal(new byte[20], address);
        Assert.Equal(expected, _verifier.Verify(digest, signature, Judge.PublicKey(Judge.G)));
    }

    private static BigInteger Number(Random random, int bits)
        => new BigInteger(1, random.NextBytes(32)).ShiftRight(256 - bits);
}
