using Helios.Device;
using Helios.Metering;
using Helios.Tests.Device.Bench;

namespace Helios.Tests.Device;

public class KeyStoreTests
{
    private static readonly byte[] Secret = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];

    private readonly MemoryFlash _flash = new();

    [Fact]
    public void Keeps_a_key_in_both_files()
    {
        Assert.Equal(KeyResult.Missing, Load(out _));
        Assert.Equal(KeyResult.Found, new KeyStore(_flash).Create(Secret));

        Assert.Equal(KeyResult.Found, Load(out var secret));
        Assert.Equal(Secret, secret);
        Assert.Equal(_flash["key0"], _flash["key1"]);
        Assert.Equal(KeyStore.FileLength, _flash["key0"]!.Length);
    }

    [Fact]
    public void A_power_cut_after_any_byte_leaves_the_key_or_one_that_may_be_made_anew()
    {
        for (var bytes = 0; bytes <= 2 * KeyStore.FileLength; bytes++)
        {
            MemoryFlash flash = new() { BytesUntilCut = bytes };
            if (bytes == 0)
            {
                continue;
            }

            new KeyStore(flash).Create(Secret);
            flash.PowerUp();

            var result = new KeyStore(flash).Load(new byte[32]);
            Assert.Equal(
                bytes < KeyStore.FileLength ? KeyResult.Damaged : KeyResult.Found, result);
            Assert.Equal(KeyResult.Found, new KeyStore(flash).Create(Secret));
        }
    }

    [Theory]
    [InlineData("key0")]
    [InlineData("key1")]
    public void One_file_is_enough_and_mends_the_other(string lost)
    {
        new KeyStore(_flash).Create(Secret);
        var whole = _flash[lost]!;
        for (var bit = -1; bit < 8 * KeyStore.FileLength; bit++)
        {
            _flash[lost] = bit < 0 ? null : Flipped(whole, bit);

            Assert.Equal(KeyResult.Found, Load(out var secret));
            Assert.Equal(Secret, secret);
            Assert.Equal(whole, _flash[lost]);
        }
    }

    [Fact]
    public void Two_keys_are_none()
    {
        new KeyStore(_flash).Create(Secret);
        var one = _flash["key0"];
        new KeyStore(_flash).Create([.. Secret.Reverse()]);
        _flash["key0"] = one;

        Assert.Equal(KeyResult.Damaged, Load(out var secret));
        Assert.All(secret, b => Assert.Equal(0, b));
    }

    /// <summary>Zero, and the order of the group.</summary>
    [Theory]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141")]
    public void What_is_no_key_is_damaged(string secret)
    {
        new KeyStore(_flash).Create(Secret);
        foreach (var name in (string[])["key0", "key1"])
        {
            var file = _flash[name]!;
            Convert.FromHexString(secret).CopyTo(file, 5);
            BigEndian.Write(file, file.Length - 4, 4, new Crc32().Compute(file, file.Length - 4));
            _flash[name] = file;
        }

        Assert.Equal(KeyResult.Damaged, Load(out var loaded));
        Assert.All(loaded, b => Assert.Equal(0, b));
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_not_one_that_is_missing()
    {
        _flash.Broken.Add("key1");
        Assert.Equal(KeyResult.StorageFailed, Load(out _));
    }

    [Theory]
    [InlineData("key0")]
    [InlineData("key1")]
    public void A_write_that_only_seems_to_work_keeps_no_key(string stuck)
    {
        _flash.Stuck.Add(stuck);
        Assert.Equal(KeyResult.StorageFailed, new KeyStore(_flash).Create(Secret));
    }

    private KeyResult Load(out byte[] secret)
    {
        secret = new byte[32];
        return new KeyStore(_flash).Load(secret);
    }

    private static byte[] Flipped(byte[] bytes, int bit)
    {
        byte[] flipped = [.. bytes];
        flipped[bit / 8] ^= (byte)(1 << (bit % 8));
        return flipped;
    }
}
