using System.Security.Cryptography;
using System.Text;
using Helios.Device;
using Helios.Signing;

namespace Helios.Tests.Device;

public class KeyMakerTests
{
    private static readonly byte[] Nonce = [.. Enumerable.Range(0, 16).Select(i => (byte)i)];

    [Fact]
    public void A_key_is_the_HMAC_under_64_random_bytes_of_nonce_and_purpose()
    {
        byte[] random = [.. Enumerable.Range(7, 64).Select(i => (byte)i)];
        byte[] message = [.. Nonce, .. Encoding.ASCII.GetBytes("Helios key")];
        var secret = new KeyMaker(new Fixed(random), new DeviceHmac()).TryMake(Nonce);

        Assert.Equal(HMACSHA256.HashData(random, message), secret);
        Assert.True(SigningKey.IsValidSecret(secret));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0xFF)]
    public void Random_bytes_that_are_none_make_no_key(byte stuck) => Assert.Null(
        new KeyMaker(new Fixed([.. Enumerable.Repeat(stuck, 64)]), new DeviceHmac())
            .TryMake(Nonce));

    [Fact]
    public void The_chips_random_bytes_make_another_key_each_time()
    {
        KeyMaker maker = new(new RadioEntropy(), new DeviceHmac());
        Assert.NotEqual(maker.TryMake(Nonce), maker.TryMake(Nonce));
    }

    private sealed class Fixed(byte[] random) : IEntropy
    {
        public void Fill(byte[] bytes) => random.CopyTo(bytes, 0);
    }
}
