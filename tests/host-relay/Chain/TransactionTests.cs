using System.Security.Cryptography;
using Helios.Chain;

namespace Helios.Tests.HostRelay.Chain;

public class TransactionTests
{
    private static readonly SenderKey Key = Anvil.KeyOf("0x" + new string('1', 64));

    [Theory]
    [InlineData(0UL, 0)]
    [InlineData(127UL, 1)]
    [InlineData(128UL, 55)]
    [InlineData(256UL, 56)]
    [InlineData(ulong.MaxValue - 1, 1000)]
    public void Signs_the_same_bytes_as_cast(ulong nonce, int calldataLength)
    {
        var calldata = new byte[calldataLength];
        Array.Fill(calldata, (byte)0x7f);
        var transaction = Transfer(nonce) with { Calldata = calldata };

        var ours = Hex.Of(transaction.Sign(Key).Raw);

        Assert.Equal(CastSigned(transaction), ours);
    }

    [Fact]
    public void Signs_random_transactions_as_cast_does()
    {
        for (var seed = 0; seed < 12; seed++)
        {
            var random = new Random(seed);
            var transaction = new DynamicFeeTransaction
            {
                ChainId = (ulong)random.NextInt64(1, 1L << (seed * 4 + 1)),
                Nonce = (ulong)random.NextInt64(1L << (seed * 5)),
                MaxPriorityFeePerGasWei = (UInt128)random.NextInt64(1L << (seed * 4)),
                MaxFeePerGasWei = (UInt128)random.NextInt64(1L << 50, 1L << 60),
                GasLimit = (ulong)random.NextInt64(21_000, 1 << 24),
                To = new Address(RandomNumberGenerator.GetBytes(Address.Length)),
                ValueWei = (UInt128)random.NextInt64(1L << (seed * 5)),
                Calldata = RandomNumberGenerator.GetBytes(random.Next(1, 400)),
            };

            Assert.Equal(CastSigned(transaction), Hex.Of(transaction.Sign(Key).Raw));
        }
    }

    [Fact]
    public async Task Has_the_hash_that_the_node_gives_it()
    {
        await using var anvil = await Anvil.StartAsync();
        var ct = TestContext.Current.CancellationToken;
        var signed = Transfer(0).Sign(Anvil.Rich);

        var hash = await anvil.Node.InvokeAsync("eth_sendRawTransaction", ct, Hex.Of(signed.Raw));
        Receipt? receipt;
        do
        {
            receipt = await anvil.Node.ReceiptAsync(signed.Hash, ct);
        }
        while (receipt is null);

        Assert.Equal(Hex.Of(signed.Hash), hash.GetString());
        Assert.True(receipt.Succeeded);
        Assert.Equal(21_000UL, receipt.GasUsed);
    }

    private static DynamicFeeTransaction Transfer(ulong nonce) => new()
    {
        ChainId = 31337,
        Nonce = nonce,
        MaxPriorityFeePerGasWei = 1_000_000_000,
        MaxFeePerGasWei = 30_000_000_000,
        GasLimit = 100_000,
        To = Key.Address,
        ValueWei = 1,
    };

    private static string CastSigned(DynamicFeeTransaction transaction) => Tool.Cast(
        "mktx", transaction.To.ToString()!,
        transaction.Calldata.IsEmpty ? "0x" : Hex.Of(transaction.Calldata.Span),
        "--private-key", "0x" + new string('1', 64),
        "--chain", $"{transaction.ChainId}",
        "--nonce", $"{transaction.Nonce}",
        "--gas-limit", $"{transaction.GasLimit}",
        "--gas-price", $"{transaction.MaxFeePerGasWei}",
        "--priority-gas-price", $"{transaction.MaxPriorityFeePerGasWei}",
        "--value", $"{transaction.ValueWei}");
}
