namespace Helios.Chain;

/// <summary>Calldata of the transactions by which coins become energy.</summary>
public static class RedemptionCalls
{
    /// <summary>To Redemptions: the meter that the sender's plain transfers are for.</summary>
    public static byte[] NameDefaultMeter(Address meter) =>
        new AbiWriter("nameDefaultMeter(address)").Word(meter).ToArray();

    /// <summary>To the coin: a plain transfer, which redeems if it goes to Redemptions.</summary>
    /// <param name="to">Who gets the coins.</param>
    /// <param name="units">How many, in units of 10^-18 coin.</param>
    public static byte[] Transfer(Address to, UInt128 units) =>
        new AbiWriter("transfer(address,uint256)").Word(to).Word(units).ToArray();

    /// <summary>To Redemptions: lets somebody redeem for the sender's meter, or no more.</summary>
    public static byte[] ApprovePayer(Address meter, Address payer, bool isApproved) =>
        new AbiWriter("approvePayer(address,address,bool)")
            .Word(meter).Word(payer).Word(isApproved).ToArray();

    /// <summary>To Redemptions: burns what was delivered, refunds what was given back.</summary>
    public static byte[] Settle(Address meter) =>
        new AbiWriter("settle(address)").Word(meter).ToArray();
}
