using Helios.Chain;

namespace Helios.Tests.HostRelay.Market;

/// <summary>What a person can type wrong: one sentence, and nothing is sent.</summary>
public class MistakesTests
{
    [Fact(Timeout = 300_000)]
    public async Task Every_mistake_is_one_sentence_and_exit_code_2()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var bench = await MarketBench.StartAsync();
        var trader = await bench.MoveInAsync();
        await trader.RecordAsync(1_000);
        var (free, there) = (bench.PathOf("free.json"), bench.PathOf("there.json"));
        await File.WriteAllTextAsync(there, "{}", ct);
        var (meter, stranger) = ($"{trader.Meter.Address}", "0x" + new string('1', 40));

        foreach (var (words, arguments) in new (string, string[])[]
        {
            ("ticks of 0.001 ETH per kWh: the nearest are 0.25 ETH per kWh and 0.251 ETH",
                ["sell", "1", "0.2505", free]),
            ("2 ETH per kWh is too much: the highest price is 1.024 ETH per kWh.",
                ["bid", "1", "2"]),
            ("lots of 0.1 kWh: the nearest are 0.7 kWh and 0.8 kWh.", ["ask", "0.75", "0.2"]),
            ("'x' is no quantity in kWh", ["bid", "x", "0.2"]),
            ("has coins of 1 kWh, not of 1.1 kWh", ["sell", "1.1", "0.25", free]),
            ("has coins of 1 kWh, not of 2 kWh", ["ask", "2", "0.25"]),
            (" ETH, not 100: buy less, or get more.", ["bid", "100", "1"]),
            ("is there already, or its folder is not", ["sell", "1", "0.25", there]),
            ("is there already, or its folder is not", ["sell", "1", "0.25", "/nowhere/x"]),
            ("An offer stands for 1 to 30 days", ["sell", "1", "0.25", free, "--days", "31"]),
            ("At least 2 kWh of 1 kWh cannot", ["sell", "1", "0.25", free, "--min", "2"]),
            ("'0x12' is no buyer's address", ["sell", "1", "0.25", free, "--buyer", "0x12"]),
            ("holds no offer: name one that `market sell` wrote.", ["offers", there]),
            ("cannot be read: name one that `market sell`", ["buy", "/nowhere/x", "1"]),
            ("Name either an offer's file or --all.", ["cancel"]),
            ("Name either an offer's file or --all.", ["cancel", there, "--all"]),
            ("is zero or one of Helios' own contracts",
                ["withdraw", "--to", $"{bench.EnergyMarket}"]),
            ("'0x12' is no recipient's address", ["withdraw", "--to", "0x12"]),
            ("is zero, and nobody's: give the recipient's address.",
                ["withdraw", "--to", "0x" + new string('0', 40)]),
            ("Auction 1 has no orders: there is nothing to clear.", ["clear", "1"]),
            ("0.05 kWh is less than a lot of 0.1 kWh, and nothing would be bought",
                ["standing", "buy", meter, "1", "0.05", "0.2"]),
            ("0 kWh is less than a lot of 0.1 kWh, and nothing would be bought",
                ["standing", "buy", meter, "0", "1", "0.2"]),
            ("is no token to pay with", ["create", "--token", $"{bench.Coin}", "--tick", "0.1"]),
            ("is no token to pay with", ["create", "--token", stranger, "--tick", "0.1"]),
            ("is no price of a tick in ETH per kWh", ["create", "--tick", "cheap"]),
            ("--lot-wh is 1 or more", ["create", "--tick", "0.1", "--lot-wh", "0"]),
            ("Nobody has enrolled this meter", ["standing", "sell", stranger, "0.2"]),
            ("'0x12' is no meter's address", ["standing", "show", "0x12"]),
            ("has no such standing order", ["standing", "end", meter, "sell"]),
            ("may have 100 kWh open at most", ["standing", "buy", meter, "101", "1", "0.2"]),
            ("leave out --budget", ["standing", "buy", meter, "1", "1", "0.2", "--budget", "1"]),
            ("'1.0001' is no quantity in kWh: write digits with at most 3",
                ["standing", "buy", meter, "1.0001", "1", "0.2"]),
            ("'0x12' is no market: 0x and 64 hex digits are", ["book", "--market", "0x12"]),
            ("There is no market 0x2222", ["book", "--market", "0x" + new string('2', 64)]),
        })
        {
            Assert.Contains(
                words, await bench.RefusedAsync(trader, arguments), StringComparison.Ordinal);
        }

        Assert.False(File.Exists(free));
        Assert.Equal(0u, await bench.Deployment.Node.TransactionCountAsync(trader.Address, ct));
    }

    [Fact(Timeout = 180_000)]
    public async Task Every_mistake_in_the_settings_is_one_sentence_and_exit_code_2()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var bench = await MarketBench.StartAsync();
        var trader = await bench.MoveInAsync();
        foreach (var (variable, text, expected) in new[]
        {
            ("HELIOS_RPC_URL", "localhost", "rpcUrl is 'localhost', but must be an address like"),
            ("HELIOS_CHAIN_ID", "1", "is on chain 31337, not on 1: correct rpcUrl or chainId."),
            ("HELIOS_ENERGY_MARKET", "0x12", "energyMarket is '0x12', but must be an address"),
            ("HELIOS_ENERGY_MARKET", "0x" + new string('1', 40), "There is no contract at 0x111"),
            ("HELIOS_ENERGY_MARKET", $"{bench.Coin}", "is no EnergyMarket"),
            ("HELIOS_ENERGY_MARKET", $"{bench.Deployment.Ledger.Address}", "is no EnergyMarket"),
            ("HELIOS_MARKET", "0x12", "market is '0x12', but must be 0x and 64 hex digits"),
            ("HELIOS_ACCOUNT_KEY", "0x12", "HELIOS_ACCOUNT_KEY holds no secret key"),
            ("HELIOS_SETTLED_LOTS_MIN", "0", "settledLotsMin is '0', but must be a whole number"),
            ("HELIOS_STANDING_GAS_MAX", "1", "standingGasMax is '1', but must be a whole number"),
            ("HELIOS_MAX_FEE_GWEI", "0", "maxFeeGwei is '0', but must be a whole number"),
        })
        {
            var variables = bench.Variables(trader);
            variables[variable] = text;
            var (exitCode, _, error) = await Program.HostRelay.RunAsync(
                variables, "market", "account");
            Assert.Equal(2, exitCode);
            Assert.Contains(expected, error, StringComparison.Ordinal);
            Assert.Single(error.Trim().Split('\n'));
        }

        var unnamed = bench.Variables(trader);
        unnamed.Remove("HELIOS_MARKET");
        var (code, _, said) = await Program.HostRelay.RunAsync(unnamed, "market", "book");
        Assert.Equal(2, code);
        Assert.StartsWith(
            "The setting market is missing: name one that `market list` prints", said,
            StringComparison.Ordinal);
        Assert.StartsWith(
            "The account's key is missing", await bench.RefusedAsync(null, "account"),
            StringComparison.Ordinal);
        Assert.False(ct.IsCancellationRequested);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_file_of_settings_does_as_well()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var bench = await MarketBench.StartAsync();
        var trader = await bench.MoveInAsync();
        var (key, config) = (bench.PathOf("account.key"), bench.PathOf("market.json"));
        await File.WriteAllTextAsync(key, trader.Secret[2..] + "\n", ct);
        await File.WriteAllTextAsync(
            config,
            $$"""
            {
              "rpcUrl": "{{bench.Deployment.RpcUrl}}", "chainId": 31337,
              "energyMarket": "{{bench.EnergyMarket}}", "market": "{{bench.Market.Id}}",
              "accountKeyFile": "{{key}}"
            }
            """,
            ct);
        var (exitCode, output, error) = await Program.HostRelay.RunAsync(
            new Dictionary<string, string>(StringComparer.Ordinal),
            "market", "account", "--config", config);
        Assert.Equal((0, ""), (exitCode, error));
        Assert.StartsWith($"Account {trader.Address} in market", output, StringComparison.Ordinal);
    }

    [Fact(Timeout = 120_000)]
    public async Task An_account_without_money_for_gas_is_told_so()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var bench = await MarketBench.StartAsync();
        var trader = await bench.MoveInAsync();
        await trader.RecordAsync(1_000);
        await bench.Deployment.Node.InvokeAsync(
            "anvil_setBalance", ct, trader.Address.ToString(), Hex.Of(UInt128.One));
        Assert.StartsWith(
            $"The account {trader.Address} has too little of the chain's own coin",
            await bench.RefusedAsync(trader, "ask", "1", "0.2"),
            StringComparison.Ordinal);
    }
}
