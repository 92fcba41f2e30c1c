using System.Security.Cryptography;
using Helios.Chain;
using Helios.Signing;

namespace Helios.Tests.HostRelay.Chain;

public class SignatureTests
{
    [Fact]
    public void Recovers_the_signer_of_what_the_firmware_signed()
    {
        var signature = new byte[SigningKey.SignatureLength];
        var address = new byte[Address.Length];
        for (var i = 0; i < 50; i++)
        {
            var digest = RandomNumberGenerator.GetBytes(32);
            var key = new SigningKey(RandomNumberGenerator.GetBytes(32), new ManagedHmacSha256());
            key.CopyAddressTo(address, 0);
            key.Sign(digest, signature);

            Assert.True(
                RecoverableSignature.FromCompact(signature).TryRecover(digest, out var signer));
            Assert.Equal(new Address(address), signer);
        }
    }

    [Fact]
    public void Signs_as_the_firmware_does()
    {
        var ours = RandomNumberGenerator.GetBytes(32);
        var theirs = new SigningKey((byte[])ours.Clone(), new ManagedHmacSha256());
        var signature = new byte[SigningKey.SignatureLength];
        for (var i = 0; i < 50; i++)
        {
            var digest = RandomNumberGenerator.GetBytes(32);
            theirs.Sign(digest, signature);
            Assert.Equal(signature, new SenderKey(ours).Sign(digest).ToCompact());
        }
    }

    [Theory]
    // 0, N and above, half N plus one (a high s), and an r that is no x of the curve.
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000", null)]
    [InlineData("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", null)]
    [InlineData("ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff", null)]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000005", null)]
    [InlineData(null, "0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData(null, "7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a1")]
    [InlineData(null, "7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff")]
    public void Refuses_r_and_s_outside_their_range(string? r, string? s)
    {
        var digest = RandomNumberGenerator.GetBytes(32);
        var valid = Anvil.Rich.Sign(digest).ToCompact();
        byte[] forged =
        [
            .. r is null ? valid[..32] : Hex.Parse(r),
            .. s is null ? valid[32..] : Hex.Parse(s),
        ];

        Assert.False(RecoverableSignature.FromCompact(forged).TryRecover(digest, out _));
        Assert.False(Libsecp256k1.Installed?.TryRecover(
            RecoverableSignature.FromCompact(forged), digest, out _) ?? false);
    }

    [Fact]
    public void Libsecp256k1_and_BouncyCastle_recover_the_same_signers()
    {
        Assert.SkipUnless(
            Libsecp256k1.Installed is not null,
            "libsecp256k1 is not installed: apt-get install libsecp256k1-1.");
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        var (digest, noise, recovered) = (new byte[32], new byte[64], 0);
        for (var i = 0; i < 2_000; i++)
        {
            random.NextBytes(digest);
            random.NextBytes(noise);
            var compact = i % 2 == 0 ? noise : Anvil.Rich.Sign(digest).ToCompact();
            if (i % 4 == 1)
            {
                compact[random.Next(compact.Length)] ^= (byte)(1 << random.Next(8));
            }

            var signature = RecoverableSignature.FromCompact(compact);
            var isSigned = signature.TryRecover(digest, out var signer);
            Assert.True(
                isSigned == Libsecp256k1.Installed.TryRecover(signature, digest, out var same)
                    && signer == same,
                $"seed {seed}, round {i}: {Hex.Of(digest)} {Hex.Of(compact)}");
            recovered += isSigned ? 1 : 0;
        }

        Assert.True(recovered > 1_000, $"only {recovered} of 2,000 had a signer");
    }
}
