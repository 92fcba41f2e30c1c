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
    }
}
