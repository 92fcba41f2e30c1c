using System.Text;

namespace Helios.Tests.SimulatedBoard.Device;

/// <summary>
/// A secret to be looked for, kept masked, so that looking for it makes no copy of it. Its forms:
/// the bytes, the bytes in reverse order, and hex digits of either case in ASCII and in UTF-16.
/// </summary>
internal sealed class SoughtSecret
{
    private const byte Mask = 0x5A;

    private readonly byte[][] _masked;

    /// <param name="file">Holds the secret.</param>
    /// <param name="offset">Where in it.</param>
    /// <param name="length">How long it is, bytes.</param>
    public SoughtSecret(ReadOnlySpan<byte> file, int offset, int length)
    {
        var secret = file.Slice(offset, length);
        var (straight, reversed) = (new byte[length], new byte[length]);
        for (var i = 0; i < length; i++)
        {
            straight[i] = (byte)(secret[i] ^ Mask);
            reversed[length - 1 - i] = straight[i];
        }

        _masked =
        [
            straight, reversed,
            Digits(secret, "0123456789abcdef", 1), Digits(secret, "0123456789ABCDEF", 1),
            Digits(secret, "0123456789abcdef", 2), Digits(secret, "0123456789ABCDEF", 2),
        ];
    }

    /// <summary>How often it stands there, in any form.</summary>
    public int CountIn(ReadOnlySpan<byte> bytes)
    {
        var count = 0;
        foreach (var masked in _masked)
        {
            var first = (byte)(masked[0] ^ Mask);
            for (var at = 0; at + masked.Length <= bytes.Length; at++)
            {
                var next = bytes[at..^(masked.Length - 1)].IndexOf(first);
                if (next < 0)
                {
                    break;
                }

                at += next;
                count += IsAt(bytes[at..], masked) ? 1 : 0;
            }
        }

        return count;
    }

    /// <summary>How often it stands in a text.</summary>
    public int CountIn(string text) => CountIn(Encoding.UTF8.GetBytes(text));

    private static bool IsAt(ReadOnlySpan<byte> bytes, byte[] masked)
    {
        for (var i = 0; i < masked.Length; i++)
        {
            if (bytes[i] != (byte)(masked[i] ^ Mask))
            {
                return false;
            }
        }

        return true;
    }

    // UTF-16 is the digit and a zero.
    private static byte[] Digits(ReadOnlySpan<byte> secret, string alphabet, int bytesPerDigit)
    {
        var masked = new byte[2 * secret.Length * bytesPerDigit];
        masked.AsSpan().Fill(Mask);
        for (var i = 0; i < 2 * secret.Length; i++)
        {
            var nibble = i % 2 == 0 ? secret[i / 2] >> 4 : secret[i / 2] & 15;
            masked[i * bytesPerDigit] ^= (byte)alphabet[nibble];
        }

        return masked;
    }
}
