using System.Buffers.Binary;

namespace Helios.Tests.Contracts.Clearing;

/// <summary>A book with its result, as contracts/test/ReplayBooks.t.sol reads it.</summary>
public static class BookLine
{
    private const int HeaderLength = 14;
    private const int OrderLength = 17;

    /// <summary>Hexadecimal digits.</summary>
    /// <param name="book">As its orders came.</param>
    /// <param name="auction">What the plain implementation makes of it.</param>
    /// <param name="levelsOfAStep">Levels of each step of clearing, 1 to 2,048.</param>
    /// <param name="settling">Place of each order in the order of settling.</param>
    public static string Of(
        IReadOnlyList<LimitOrder> book,
        PlainAuction auction,
        int levelsOfAStep,
        IReadOnlyList<int> settling)
    {
        ArgumentNullException.ThrowIfNull(book);
        ArgumentNullException.ThrowIfNull(auction);
        ArgumentNullException.ThrowIfNull(settling);
        var line = new byte[HeaderLength + (OrderLength * book.Count)];
        var rest = line.AsSpan();
        Put(ref rest, 2, (ulong)auction.PriceTicks);
        Put(ref rest, 8, auction.Volume);
        Put(ref rest, 2, (ulong)levelsOfAStep);
        Put(ref rest, 2, (ulong)book.Count);
        for (var i = 0; i < book.Count; i++)
        {
            Put(ref rest, 1, book[i].IsBid ? 1UL : 0);
            Put(ref rest, 2, (ulong)book[i].Ticks);
            Put(ref rest, 6, book[i].Lots);
            Put(ref rest, 6, auction.Filled[i]);
            Put(ref rest, 2, (ulong)settling[i]);
        }

        return "0x" + Convert.ToHexStringLower(line);
    }

    private static void Put(ref Span<byte> rest, int length, ulong number)
    {
        Span<byte> word = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(word, number);
        word[^length..].CopyTo(rest);
        rest = rest[length..];
    }
}
