using System.Globalization;
using System.Runtime.InteropServices;

namespace Helios.Tests.SimulatedBoard.Device;

/// <summary>
/// Every byte that this process can write to, as Linux hands it out: heaps, stacks, and what the
/// garbage collector has left behind.
/// </summary>
internal static unsafe class ProcessMemory
{
    private const int BufferLength = 1 << 20;

    /// <summary>Looks through all of it.</summary>
    /// <param name="secret">What is looked for.</param>
    /// <param name="overlap">Length of its longest form, bytes.</param>
    /// <param name="bytes">How many bytes were looked at.</param>
    /// <returns>How often it was found.</returns>
    public static int Count(SoughtSecret secret, int overlap, out long bytes)
    {
        // A region of its own, which is not looked at: else every find were found again.
        var buffer = NativeMemory.AlignedAlloc(BufferLength, 4096);
        try
        {
            using var memory = File.OpenHandle("/proc/self/mem");
            var (found, own) = (0, (ulong)buffer);
            bytes = 0;
            foreach (var (from, to) in Regions())
            {
                for (var at = from; at < to; at += BufferLength - (ulong)overlap)
                {
                    var length = (int)Math.Min(BufferLength, to - at);
                    if (at < own + BufferLength && own < at + (ulong)length)
                    {
                        continue;
                    }

                    var span = new Span<byte>(buffer, length);
                    var read = Read(memory, span, (long)at);
                    found += secret.CountIn(span[..read]);
                    span.Clear();
                    bytes += read;
                }
            }

            return found;
        }
        finally
        {
            NativeMemory.AlignedFree(buffer);
        }
    }

    private static int Read(
        Microsoft.Win32.SafeHandles.SafeFileHandle memory, Span<byte> into, long at)
    {
        try
        {
            return RandomAccess.Read(memory, into, at);
        }
        catch (IOException)
        {
            // A region that is gone meanwhile, or a guard page.
            return 0;
        }
    }

    private static (ulong From, ulong To)[] Regions() =>
    [
        .. File.ReadAllLines("/proc/self/maps")
            .Where(static line => line.Contains(" rw", StringComparison.Ordinal))
            .Select(static line => line.Split(' ')[0].Split('-'))
            .Select(static ends => (Address(ends[0]), Address(ends[1]))),
    ];

    private static ulong Address(string digits) =>
        ulong.Parse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
