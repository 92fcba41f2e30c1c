namespace Helios.Chain;

/// <summary>What an energy market's views answer: fields in the order of the contract's.</summary>
internal static class MarketAnswers
{
    public static MarketFacts ToMarket(Bytes32 id, byte[] answer)
    {
        var words = new AbiReader(answer);
        return new MarketFacts(id, words.Address(), words.UInt32(), words.UInt64());
    }

    public static MarketCredit ToCredit(byte[] answer)
    {
        var words = new AbiReader(answer);
        return new MarketCredit(words.UInt128(), words.UInt128());
    }

    public static Auction ToAuction(byte[] answer)
    {
        var words = new AbiReader(answer);
        words.UInt16();
        words.UInt64();
        words.UInt64();
        words.UInt16();
        words.UInt16();
        var (demand, supply, price) = (words.UInt64(), words.UInt64(), words.UInt16());
        words.UInt48();
        words.UInt48();
        words.Bool();
        return new Auction(words.Bool(), price, Math.Min(demand, supply));
    }

    public static MarketOrder ToOrder(byte[] answer)
    {
        var words = new AbiReader(answer);
        return new MarketOrder(words.Address(), words.UInt48());
    }

    public static BookLevel[] ToBook(byte[] answer)
    {
        var words = new AbiReader(answer);
        words.UInt64();
        var levels = words.UInt32();
        var book = levels <= MarketFacts.TicksMax
            ? new BookLevel[levels]
            : throw new FormatException("The contract returned more levels than there are.");
        for (var i = 0; i < book.Length; i++)
        {
            book[i] = new BookLevel(words.UInt48(), words.UInt48());
        }

        return book;
    }

    public static StandingSale ToSale(byte[] answer)
    {
        var words = new AbiReader(answer);
        var (owner, ticks, market) = (
            words.Address(), words.UInt16(), new Bytes32(words.Bytes32()));
        return new StandingSale(
            owner, ticks, market, new OrderNumber(words.UInt128()), words.UInt48());
    }

    public static StandingPurchase ToPurchase(byte[] answer)
    {
        var words = new AbiReader(answer);
        var (owner, ticks, keepWh, market) = (
            words.Address(), words.UInt16(), words.UInt48(), new Bytes32(words.Bytes32()));
        return new StandingPurchase(
            owner, ticks, keepWh, market, new OrderNumber(words.UInt128()), words.UInt48(),
            words.UInt48(), words.UInt48());
    }
}
