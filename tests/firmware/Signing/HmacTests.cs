using System.Numerics;
using System.Reflection;
using System.Security.Cryptography;
using Helios.Signing;

namespace Helios.Tests.Firmware.Signing;

public sealed class HmacTests
{
    [Fact]
    public void Managed_hash_and_hmac_equal_those_of_dotnet_at_every_length_around_a_block()
    {
        var random = Seeded.Random();
        var hash = new Sha256();
        var hmac = new ManagedHmacSha256();
        byte[] digest = new byte[32];
        for (int length = 0; length < 200; length++)
        {
            byte[] message = random.NextBytes(length);
            byte[] key = random.NextBytes(random.Next(0, 140));
            hash.Reset();
            hash.Append(message, 0, length);
            hash.Finish(digest);
            Assert.Equal(SHA256.HashData(message), digest);

            byte[] keyBefore = [.. key];
            Assert.Equal(HMACSHA256.HashData(key, message), hmac.HashData(key, message));
            Assert.Equal(keyBefore, key);
        }
    }

    [Fact]
    public void Round_constants_are_the_cube_roots_of_the_first_primes()
    {
        var constants = (uint[])typeof(Sha256)
            .GetField("RoundConstants", BindingFlags.NonPublic | BindingFlags.Static)!
            .GetValue(null)!;
        int prime = 1;
        foreach (uint constant in constants)
        {
            do
            {
                prime++;
            }
            while (Enumerable.Range(2, prime - 2).Any(divisor => prime % divisor == 0));

            // root = 2^32 * cube root, rounded down: root^3 <= prime * 2^96 < (root + 1)^3.
            var root = (BigInteger)Math.Floor(Math.Cbrt(prime)) * BigInteger.Pow(2, 32) + constant;
            var target = prime * BigInteger.Pow(2, 96);
            Assert.True(BigInteger.Pow(root, 3) <= target && target < BigInteger.Pow(root + 1, 3));
        }
    }
}
