namespace Helios.Chain;

/// <summary>A transaction of type 2 (EIP-1559), always with an empty access list.</summary>
public sealed record DynamicFeeTransaction
{
    private const byte TransactionType = 2;
    private static readonly byte[] EmptyAccessList = Rlp.OfList();

    /// <summary>The chain that alone accepts it (EIP-155).</summary>
    public required ulong ChainId { get; init; }

    /// <summary>The sender's count of transactions before this one.</summary>
    public required ulong Nonce { get; init; }

    /// <summary>Tip, wei per gas; at most <see cref="MaxFeePerGasWei"/>.</summary>
    public required UInt128 MaxPriorityFeePerGasWei { get; init; }

    /// <summary>Base fee and tip together at most, wei per gas.</summary>
    public required UInt128 MaxFeePerGasWei { get; init; }

    /// <summary>Gas at most; a real chain refuses more than 2^24 (EIP-7825).</summary>
    public required ulong GasLimit { get; init; }

    /// <summary>The callee; null creates a contract.</summary>
    public Address? To { get; init; }

    /// <summary>Wei sent along.</summary>
    public UInt128 ValueWei { get; init; }

    /// <summary>Calldata.</summary>
    public ReadOnlyMemory<byte> Calldata { get; init; }

    /// <summary>Signs it. The same transaction and key always give the same bytes.</summary>
    public SignedTransaction Sign(SenderKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var fields = Fields();

        var signature = key.Sign(Keccak256.Of([TransactionType, .. Rlp.OfList(fields)]));

        byte[] raw =
        [
            TransactionType,
            .. Rlp.OfList(
            [
                .. fields,
                Rlp.OfInteger((UInt128)signature.YParity),
                Rlp.OfInteger(signature.R),
                Rlp.OfInteger(signature.S),
            ]),
        ];
        return new SignedTransaction(Nonce, raw, Keccak256.Of(raw));
    }

    /// <summary>Reads what <see cref="Sign"/> wrote, but for the signature.</summary>
    public static DynamicFeeTransaction Parse(byte[] raw)
    {
        var fields = Rlp.StringsIn(raw.AsMemory(1));
        return new DynamicFeeTransaction
        {
            ChainId = (ulong)Rlp.ToInteger(fields[0]),
            Nonce = (ulong)Rlp.ToInteger(fields[1]),
            MaxPriorityFeePerGasWei = Rlp.ToInteger(fields[2]),
            MaxFeePerGasWei = Rlp.ToInteger(fields[3]),
            GasLimit = (ulong)Rlp.ToInteger(fields[4]),
            To = fields[5].Length == 0 ? null : new Address(fields[5].Span),
            ValueWei = Rlp.ToInteger(fields[6]),
            Calldata = fields[7],
        };
    }

    // Order of EIP-1559.
    private byte[][] Fields() =>
    [
        Rlp.OfInteger((UInt128)ChainId),
        Rlp.OfInteger((UInt128)Nonce),
        Rlp.OfInteger(MaxPriorityFeePerGasWei),
        Rlp.OfInteger(MaxFeePerGasWei),
        Rlp.OfInteger((UInt128)GasLimit),
        To is { } to ? Rlp.OfBytes(to.ToArray()) : Rlp.OfBytes([]),
        Rlp.OfInteger(ValueWei),
        Rlp.OfBytes(Calldata.Span),
        EmptyAccessList,
    ];
}
