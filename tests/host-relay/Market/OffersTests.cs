using System.Collections.Concurrent;
using System.Text.Json;
using Helios.Chain;
using Helios.Tests.HostRelay.Chain;
using Helios.Tests.HostRelay.Relay;
using Helios.Trading;

namespace Helios.Tests.HostRelay.Market;

/// <summary>Signed offers as files, with the program as a person runs it.</summary>
public class OffersTests
{
    private const string WalletThatReverts = "0x5f5ffd";

    // As many lots at one price as the contract has bits for: the next one is refused.
    private static async Task FillLevelAsync(MarketBench bench, Trader buyer, TokenContract token)
    {
        var market = new MarketFacts(default, token.Address, 1, 1);
        await buyer.SendAsync(
            bench.EnergyMarket, MarketCalls.CreateMarket(token.Address, 1, 1));
        string[] bid =
        [
            "bid", MarketSteps.KwhOfWh(MarketFacts.LotsMax), "0.000000000000001",
            "--market", $"{market.ToId()}",
        ];
        await bench.RunAsync(buyer, bid);
        Assert.StartsWith(
            "At this price the auction is full", await bench.RefusedAsync(buyer, bid),
            StringComparison.Ordinal);
    }

    private static readonly UInt128 UnitsPerKwh = 10 * (UInt128)CoinContract.UnitsPerCoin;

    private static readonly byte[] Yes =
        [.. AbiWriter.SelectorOf("isValidSignature(bytes32,bytes)"), .. new byte[28]];

    [Fact(Timeout = 120_000)]
    public async Task Who_has_the_file_buys_and_coins_and_money_change_hands_at_once()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var bench = await MarketBench.StartAsync();
        var (seller, buyer) = (await bench.MoveInAsync(), await bench.MoveInAsync());
        await seller.RecordAsync(3_000);
        var file = bench.PathOf("offer.json");

        var sold = await bench.RunAsync(seller, "sell", "2.5", "0.25", file);
        Assert.Contains("The market may now take another 2.5 kWh in coins.", sold,
            StringComparison.Ordinal);
        Assert.Contains("The offer of 2.5 kWh at 0.25 ETH per kWh", sold, StringComparison.Ordinal);
        var before = await bench.Deployment.Node.BalanceWeiAsync(seller.Address, ct);

        var bought = await bench.RunAsync(buyer, "buy", file, "1");
        Assert.StartsWith(
            $"Bought 1 kWh of {seller.Address} for 0.25 ETH;", bought, StringComparison.Ordinal);
        Assert.Equal(UnitsPerKwh, await bench.CoinsOfAsync(buyer.Address));
        Assert.Equal(
            before + (CoinContract.UnitsPerCoin / 4),
            await bench.Deployment.Node.BalanceWeiAsync(seller.Address, ct));

        // What is left is bought, not what was wanted.
        Assert.Contains("  1.5     2.5", await bench.RunAsync(null, "offers", file),
            StringComparison.Ordinal);
        bought = await bench.RunAsync(buyer, "buy", file, "2");
        Assert.StartsWith("Bought 1.5 kWh of", bought, StringComparison.Ordinal);
        Assert.Contains("sold out", await bench.RunAsync(null, "offers", file),
            StringComparison.Ordinal);
        var history = await bench.RunAsync(null, "history", "--json");
        using var trades = JsonDocument.Parse(history);
        Assert.Equal(
            ["0.25", "0.375"],
            trades.RootElement.EnumerateArray().Select(static one =>
                one.GetProperty("paid").GetString()!));
    }

    [Fact(Timeout = 120_000)]
    public async Task The_history_asks_for_the_block_of_each_purchase_once_and_for_all_together()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var bench = await MarketBench.StartAsync();
        var (seller, buyer) = (await bench.MoveInAsync(), await bench.MoveInAsync());
        var offer = await OfferAsync(bench, seller);
        var signature = seller.Key.Sign(
            new OfferDigest(Deployment.ChainId, bench.EnergyMarket).Of(offer)).ToBytes();
        var node = bench.Deployment.Node;
        await node.InvokeAsync("evm_setAutomine", ct, false);
        for (var block = 0; block < 2; block++)
        {
            for (var lots = 1UL; lots <= 3; lots++)
            {
                await buyer.Wallet.SendAsync(
                    bench.EnergyMarket,
                    MarketCalls.Buy(offer, signature, lots, lots, 250, offer.ValidUntil),
                    bench.Market.MoneyOf(lots, 250),
                    ct);
            }

            await bench.Deployment.MineAsync(1);
        }

        await using var proxy = new FaultProxy(bench.Deployment.RpcUrl);
        var requests = new ConcurrentQueue<string>();
        proxy.OnRequest = async (request, forward) =>
        {
            requests.Enqueue(request);
            return await forward();
        };
        var output = new StringWriter();
        await HistoryCommand.RunAsync(
            bench.Options() with { RpcUrl = proxy.Url }, 1, new Listing(output, isJson: false), ct);

        Assert.Equal(6, output.ToString().Split($"{buyer.Address} bought").Length - 1);
        var asked = Assert.Single(requests, static request =>
            request.Contains("eth_getBlockByNumber", StringComparison.Ordinal)
            && !request.Contains("latest", StringComparison.Ordinal));
        Assert.Equal(2, asked.Split("eth_getBlockByNumber").Length - 1);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_token_is_paid_with_by_allowance_and_no_more_of_it_is_allowed_than_needed()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var bench = await MarketBench.StartAsync();
        var (seller, buyer) = (await bench.MoveInAsync(), await bench.MoveInAsync());
        await seller.RecordAsync(3_000);
        var token = new TokenContract(bench.Deployment.Node, await bench.TokenForAsync(buyer));
        var market = (await bench.MakeMarketAsync(token.Address)).Id.ToString();
        var file = bench.PathOf("offer.json");
        await bench.RunAsync(seller, "--market", market, "sell", "3", "1.024", file);

        var bought = await bench.RunAsync(buyer, "--market", market, "buy", file, "2");
        Assert.Contains("The market may now take another 2.048 HEC.", bought,
            StringComparison.Ordinal);
        Assert.Equal(
            ((UInt128)2_048_000_000_000_000_000, UInt128.Zero),
            (await token.BalanceOfAsync(seller.Address, ct),
                await token.AllowanceAsync(buyer.Address, bench.EnergyMarket, ct)));
        Assert.Equal(2 * UnitsPerKwh, await bench.CoinsOfAsync(buyer.Address));
    }

    [Fact(Timeout = 180_000)]
    public async Task What_is_refused_or_taken_back_leaves_the_market_nothing_to_take()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var bench = await MarketBench.StartAsync();
        var (seller, buyer) = (await bench.MoveInAsync(), await bench.MoveInAsync());
        await seller.RecordAsync(3_000);
        var node = bench.Deployment.Node;
        var (coin, token) = (
            new TokenContract(node, bench.Coin),
            new TokenContract(node, await bench.TokenForAsync(buyer)));
        string[] market = ["--market", $"{(await bench.MakeMarketAsync(token.Address)).Id}"];
        var (first, second) = (bench.PathOf("first.json"), bench.PathOf("second.json"));
        await bench.RunAsync(seller, ["sell", "1", "0.25", first, "--min", "0.5", .. market]);
        await bench.RunAsync(seller, ["sell", "2", "0.25", second, .. market]);

        foreach (var (words, arguments) in new (string, string[])[]
        {
            ("0.1 kWh would be bought, and 0.5 kWh are the least", ["0.1"]),
            ("0.6 kWh would be bought, and 0.9 kWh are the least", ["0.6", "--fewest", "0.9"]),
            ("asks 0.25 HEC per kWh, more than your 0.2", ["0.6", "--most", "0.2"]),
        })
        {
            Assert.Contains(
                words, await bench.RefusedAsync(buyer, ["buy", first, .. arguments, .. market]),
                StringComparison.Ordinal);
        }

        await FillLevelAsync(bench, buyer, token);
        Task<UInt128> AllowedAsync(TokenContract of, Trader trader) =>
            of.AllowanceAsync(trader.Address, bench.EnergyMarket, ct);
        Assert.Equal(UInt128.Zero, await AllowedAsync(token, buyer));

        await bench.RunAsync(buyer, ["buy", first, "0.6", .. market]);
        Assert.Equal(24 * UnitsPerKwh / 10, await AllowedAsync(coin, seller));
        await bench.RunAsync(seller, "cancel", first);
        Assert.Equal(2 * UnitsPerKwh, await AllowedAsync(coin, seller));
        await bench.RunAsync(seller, "cancel", "--all");
        Assert.Equal(UInt128.Zero, await AllowedAsync(coin, seller));
    }

    [Fact(Timeout = 120_000)]
    public async Task What_is_wrong_with_an_offer_is_said_before_anybody_pays()
    {
        await using var bench = await MarketBench.StartAsync();
        var (seller, buyer) = (await bench.MoveInAsync(), await bench.MoveInAsync());
        await seller.RecordAsync(3_000);
        var options = bench.Options(seller);
        var digest = new OfferDigest(options.ChainId, options.EnergyMarket);
        var now = (await bench.Deployment.Node.LatestBlockAsync(
            TestContext.Current.CancellationToken)).Timestamp;
        var good = new Offer(
            seller.Address, bench.Market.Id, 30, 250, 1, default, now + 86_400, 0, default);
        string Write(
            Offer offer, string name, ulong chainId = Deployment.ChainId, Offer? signed = null)
        {
            var path = bench.PathOf(name);
            var signature = seller.Key.Sign(digest.Of(signed ?? offer)).ToBytes();
            new OfferFile(chainId, options.EnergyMarket, offer, signature).Write(path);
            return path;
        }

        var forged = Write(good with { Ticks = 25 }, "forged.json", signed: good);
        foreach (var (path, problem) in new[]
        {
            (forged, "not signed by its seller"),
            (Write(good, "foreign.json", 1), "on chain 1"),
            (Write(good with { Market = default }, "other.json"), "for market 0x0000"),
            (Write(good with { ValidUntil = now - 1 }, "ended.json"), "ended"),
            (Write(good with { ValidUntil = now + 9_000_000 }, "long.json"), "more than 30 days"),
            (Write(good with { Epoch = 1 }, "epoch.json"), "taken back with all of its time"),
            (Write(good with { Buyer = seller.Address }, "his.json"), "for another buyer"),
            (Write(good, "bare.json"), "the seller has or allows less"),
        })
        {
            var listed = await bench.RunAsync(buyer, "offers", path);
            Assert.Contains(problem, listed, StringComparison.Ordinal);
            var refused = await bench.RefusedAsync(buyer, "buy", path, "1");
            Assert.StartsWith($"Nothing can be bought of {path}: ", refused,
                StringComparison.Ordinal);
            Assert.Contains(problem, refused, StringComparison.Ordinal);
        }

        var folder = await bench.RunAsync(buyer, "offers", Path.GetDirectoryName(forged)!);
        Assert.StartsWith("8 offer(s)", folder, StringComparison.Ordinal);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_seller_who_is_a_contract_says_himself_what_he_signed()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var bench = await MarketBench.StartAsync();
        var (seller, buyer) = (await bench.MoveInAsync(), await bench.MoveInAsync());
        var offer = await OfferAsync(bench, seller);
        var digest = new OfferDigest(Deployment.ChainId, bench.EnergyMarket).Of(offer);
        var (byKey, bare) = (bench.PathOf("key.json"), bench.PathOf("bare.json"));
        new OfferFile(
            Deployment.ChainId, bench.EnergyMarket, offer, seller.Key.Sign(digest).ToBytes())
            .Write(byKey);
        new OfferFile(Deployment.ChainId, bench.EnergyMarket, offer, []).Write(bare);
        Task BecomeAsync(string code) => bench.Deployment.Node.InvokeAsync(
            "anvil_setCode", ct, $"{seller.Address}", code);

        await BecomeAsync(WalletThatSigned(digest));
        Assert.StartsWith(
            $"Bought 1 kWh of {seller.Address}", await bench.RunAsync(buyer, "buy", bare, "1"),
            StringComparison.Ordinal);
        foreach (var code in new[] { WalletThatSigned(new byte[32]), WalletThatReverts })
        {
            await BecomeAsync(code);
            Assert.EndsWith(
                ": not signed by its seller.",
                await bench.RefusedAsync(buyer, "buy", byKey, "1"),
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_the_seller_takes_back_nobody_buys()
    {
        await using var bench = await MarketBench.StartAsync();
        var (seller, buyer) = (await bench.MoveInAsync(), await bench.MoveInAsync());
        await seller.RecordAsync(3_000);
        var (first, second) = (bench.PathOf("first.json"), bench.PathOf("second.json"));
        await bench.RunAsync(seller, "sell", "1", "0.25", first, "--min", "0.5", "--days", "30");
        await bench.RunAsync(
            seller, "sell", "1", "0.25", second, "--buyer", $"{buyer.Address}");

        Assert.Equal(
            $"Only the seller {seller.Address} takes his offer back: use his key.",
            await bench.RefusedAsync(buyer, "cancel", first));
        Assert.Equal(
            "0.1 kWh would be bought, and 0.5 kWh are the least that you or the seller want: see "
                + "`market offers`.",
            await bench.RefusedAsync(buyer, "buy", first, "0.1"));
        Assert.Equal(
            $"The offer {first} is taken back.\nThe market may now take 1 kWh less in coins.\n",
            await bench.RunAsync(seller, "cancel", first));
        Assert.EndsWith(
            ": taken back.", await bench.RefusedAsync(buyer, "buy", first, "1"),
            StringComparison.Ordinal);
        await bench.RunAsync(seller, "cancel", "--all");
        Assert.EndsWith(
            ": taken back with all of its time.",
            await bench.RefusedAsync(buyer, "buy", second, "1"),
            StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task Signs_what_cast_signs_as_typed_data()
    {
        var offer = new Offer(
            Anvil.Rich.Address,
            new Bytes32(7, 9),
            (1UL << 48) - 1,
            1024,
            3,
            new Address(new byte[20]),
            (1UL << 40) - 1,
            uint.MaxValue,
            new Bytes32(UInt128.MaxValue, 1));
        var energyMarket = Address.Parse("0x5fbdb2315678afecb367f032d93f642f64180aa3");
        var signature = Anvil.Rich.Sign(new OfferDigest(31337, energyMarket).Of(offer)).ToBytes();

        var typed = Path.GetTempFileName();
        await File.WriteAllTextAsync(
            typed, TypedData(offer, energyMarket), TestContext.Current.CancellationToken);
        var byCast = Tool.Cast(
            "wallet", "sign", "--data", "--from-file", typed, "--private-key",
            "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80");
        File.Delete(typed);
        Assert.Equal(byCast, Hex.Of(signature));
    }

    // An offer of 3 kWh, of a seller who has them and lets the market take them.
    private static async Task<Offer> OfferAsync(MarketBench bench, Trader seller)
    {
        await seller.RecordAsync(3_000);
        await seller.SendAsync(
            bench.Coin, TokenContract.Approve(bench.EnergyMarket, UInt128.MaxValue));
        var now = (await bench.Deployment.Node.LatestBlockAsync(
            TestContext.Current.CancellationToken)).Timestamp;
        return new Offer(
            seller.Address, bench.Market.Id, 30, 250, 1, default, now + 86_400, 0, default);
    }

    // ERC-1271: answers with its own selector if it is asked about this digest, else with zeros.
    private static string WalletThatSigned(byte[] digest) =>
        $"0x6004357f{Convert.ToHexString(digest)}147f{Convert.ToHexString(Yes)}025f5260205ff3";

    private static string TypedData(Offer offer, Address energyMarket) => $$"""
        {
          "types": {
            "EIP712Domain": [
              { "name": "name", "type": "string" }, { "name": "version", "type": "string" },
              { "name": "chainId", "type": "uint256" },
              { "name": "verifyingContract", "type": "address" }
            ],
            "Offer": [
              { "name": "seller", "type": "address" }, { "name": "market", "type": "bytes32" },
              { "name": "lots", "type": "uint48" }, { "name": "ticks", "type": "uint16" },
              { "name": "minLots", "type": "uint48" }, { "name": "buyer", "type": "address" },
              { "name": "validUntil", "type": "uint40" }, { "name": "epoch", "type": "uint32" },
              { "name": "salt", "type": "uint256" }
            ]
          },
          "primaryType": "Offer",
          "domain": {
            "name": "Helios Market", "version": "1", "chainId": 31337,
            "verifyingContract": "{{energyMarket}}"
          },
          "message": {
            "seller": "{{offer.Seller}}", "market": "{{offer.Market}}", "lots": "{{offer.Lots}}",
            "ticks": "{{offer.Ticks}}", "minLots": "{{offer.MinLots}}", "buyer": "{{offer.Buyer}}",
            "validUntil": "{{offer.ValidUntil}}", "epoch": "{{offer.Epoch}}",
            "salt": "{{offer.Salt}}"
          }
        }
        """;
}
