using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using Helios.Chain;

namespace Helios.LocalChain;

/// <summary>
/// Deploys the contracts with their own script, so that a local chain has what a real deployment
/// would be.
/// </summary>
public static class ContractsDeployment
{
    /// <summary>Deploys a ledger and its coin.</summary>
    /// <param name="rpc">The node.</param>
    /// <param name="deployer">An account that the node itself signs for.</param>
    /// <param name="enroller">Who may enrol meters.</param>
    /// <param name="terms">What is fixed at deployment.</param>
    /// <param name="cancellation">Ends forge.</param>
    /// <returns>The ledger's address.</returns>
    /// <exception cref="BadInputException">forge is missing, or the script failed.</exception>
    public static Task<Address> LedgerAsync(
        Uri rpc,
        Address deployer,
        Address enroller,
        DeploymentTerms terms,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(terms);
        (string, string)[] parameters =
        [
            ("HELIOS_WH_PER_COIN", $"{terms.WhPerCoin}"),
            ("HELIOS_MAX_METER_POWER_W", $"{terms.MaxMeterPowerW}"),
            ("HELIOS_ENROLLER", enroller.ToString()),
            ("HELIOS_ENROLLER_BUDGET_W", $"{terms.EnrollerBudgetW}"),
            ("HELIOS_MAX_OPEN_WH", $"{terms.MaxOpenWh}"),
        ];
        return RunAsync("Deploy.s.sol", "ledger", rpc, deployer, parameters, cancellation);
    }

    /// <summary>Deploys an energy market for the coin of a ledger.</summary>
    /// <param name="rpc">The node.</param>
    /// <param name="deployer">An account that the node itself signs for.</param>
    /// <param name="ledger">The ledger.</param>
    /// <param name="auctionPeriodS">How long an auction lasts, s: 1 to 86,400.</param>
    /// <param name="cancellation">Ends forge.</param>
    /// <returns>The market's address.</returns>
    /// <exception cref="BadInputException">
    /// forge is missing, or the script refused what it was given.
    /// </exception>
    public static Task<Address> MarketAsync(
        Uri rpc,
        Address deployer,
        Address ledger,
        uint auctionPeriodS,
        CancellationToken cancellation)
    {
        (string, string)[] parameters =
        [
            ("HELIOS_LEDGER", ledger.ToString()),
            ("HELIOS_AUCTION_PERIOD_S", $"{auctionPeriodS}"),
        ];
        return RunAsync("DeployMarket.s.sol", "market", rpc, deployer, parameters, cancellation);
    }

    /// <summary>Deploys money to try a market with, on a development chain only.</summary>
    /// <param name="rpc">The node.</param>
    /// <param name="deployer">An account that the node itself signs for.</param>
    /// <param name="cancellation">Ends forge.</param>
    /// <returns>The token's address.</returns>
    /// <exception cref="BadInputException">
    /// forge is missing, or the chain is another one.
    /// </exception>
    public static Task<Address> PlayEuroAsync(
        Uri rpc, Address deployer, CancellationToken cancellation) =>
        RunAsync("DeployPlayEuro.s.sol", "token", rpc, deployer, [], cancellation);

    // Runs a script, and reads the address that it returns under that name.
    private static async Task<Address> RunAsync(
        string script,
        string returned,
        Uri rpc,
        Address deployer,
        (string Name, string Value)[] parameters,
        CancellationToken cancellation)
    {
        var scratch = Directory.CreateTempSubdirectory("helios-deploy-");
        try
        {
            var start = Forge(script, rpc, deployer, scratch.FullName);
            foreach (var (name, value) in parameters)
            {
                start.Environment[name] = value;
            }

            return ToAddress(await RunAsync(start, cancellation), returned);
        }
        finally
        {
            scratch.Delete(recursive: true);
        }
    }

    private static ProcessStartInfo Forge(
        string script, Uri rpc, Address deployer, string scratch)
    {
        var contracts = ProjectFolder.Contracts();
        var cache = Directory.CreateDirectory(Path.Combine(scratch, "cache")).FullName;

        // forge writes to its cache even when it compiles nothing; several may run at once.
        var built = Path.Combine(contracts, "cache");
        if (!Directory.Exists(built))
        {
            throw new BadInputException(
                $"The contracts in {contracts} are not built: run `dotnet build contracts`.");
        }

        foreach (var file in Directory.EnumerateFiles(built, "*.json"))
        {
            File.Copy(file, Path.Combine(cache, Path.GetFileName(file)));
        }

        return new ProcessStartInfo(ProjectFolder.Tool("forge"))
        {
            WorkingDirectory = contracts,
            ArgumentList =
            {
                "script", $"script/{script}", "--json", "--broadcast",
                "--rpc-url", rpc.ToString(), "--unlocked", "--sender", deployer.ToString(),
            },
            Environment =
            {
                ["FOUNDRY_CACHE_PATH"] = cache,
                ["FOUNDRY_BROADCAST"] = Path.Combine(scratch, "broadcast"),
            },
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
    }

    private static async Task<string> RunAsync(
        ProcessStartInfo start, CancellationToken cancellation)
    {
        using var forge = Start(start);
        try
        {
            var errors = forge.StandardError.ReadToEndAsync(cancellation);
            var output = await forge.StandardOutput.ReadToEndAsync(cancellation);
            await forge.WaitForExitAsync(cancellation);
            return forge.ExitCode == 0
                ? output
                : throw new BadInputException(
                    $"forge could not deploy the contracts: {(await errors).Trim()}");
        }
        finally
        {
            if (!forge.HasExited)
            {
                forge.Kill(entireProcessTree: true);
            }
        }
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            throw new BadInputException(
                "forge was not found; install Foundry 1.7 or name its program in HELIOS_FORGE.");
        }
    }

    // forge prints one JSON object a line; the first holds what the script returned.
    private static Address ToAddress(string output, string name)
    {
        foreach (var line in output.Split('\n').Where(line => line.StartsWith('{')))
        {
            using var json = JsonDocument.Parse(line);
            if (json.RootElement.TryGetProperty("returns", out var returned))
            {
                var address = returned.GetProperty(name).GetProperty("value").GetString();
                return Address.Parse(address!);
            }
        }

        throw new BadInputException("forge deployed the contracts but did not say where.");
    }
}
