using System.Reflection;
using Helios.Signing;

namespace Helios.Tests.Firmware.Signing;

public sealed class Keccak256Tests
{
    [Fact]
    public void Hashes_every_short_message_of_the_original_submission()
    {
        string[] lines = SharedVectors.Text("keccak-256-short-messages.txt").Split('\n');
        var hash = new Keccak256();
        int messages = 0;
        int lengthBits = 0;
        byte[] message = [];
        foreach (string line in lines.Select(line => line.Trim()))
        {
            if (line.StartsWith("Len = ", StringComparison.Ordinal))
            {
                lengthBits = int.Parse(line[6..]);
            }
            else if (line.StartsWith("Msg = ", StringComparison.Ordinal))
            {
                message = Convert.FromHexString(line[6..])[..(lengthBits / 8)];
            }
            else if (line.StartsWith("MD = ", StringComparison.Ordinal))
            {
                byte[] digest = new byte[32];
                hash.Hash(message, digest);
                Assert.Equal(line[5..], Convert.ToHexString(digest));
                messages++;
            }
        }

        Assert.Equal(256, messages);
    }

    [Fact]
    public void Does_not_care_how_a_message_is_cut()
    {
        var random = Seeded.Random();
        var hash = new Keccak256();
        byte[] padded = new byte[40];
        for (int length = 0; length < 700; length++)
        {
            byte[] message = random.NextBytes(length);
            hash.Reset();
            for (int offset = 0; offset < length;)
            {
                int count = random.Next(0, length - offset + 1);
                hash.Append(message, offset, count);
                offset += count;
            }

            hash.Finish(padded, 8);
            Assert.Equal(Judge.Keccak(message), padded[8..]);
        }
    }

    [Fact]
    public void Round_constants_come_from_the_shift_register_of_the_standard()
    {
        // FIPS 202, algorithm 5: x^8 + x^6 + x^5 + x^4 + 1, one bit for each 2^j - 1.
        var constants = (ulong[])typeof(Keccak256)
            .GetField("RoundConstants", BindingFlags.NonPublic | BindingFlags.Static)!
            .GetValue(null)!;
        int register = 1;
        foreach (ulong constant in constants)
        {
            ulong expected = 0;
            for (int j = 0; j < 7; j++)
            {
                expected |= (ulong)(register & 1) << ((1 << j) - 1);
                register <<= 1;
                register ^= (register & 0x100) != 0 ? 0x171 : 0;
            }

            Assert.Equal(expected, constant);
        }
    }
}
