namespace Helios.LocalChain;

/// <summary>Finds the contracts and their tools beside this program.</summary>
public static class ProjectFolder
{
    /// <summary>
    /// The folder <c>contracts</c> of the project that this program was built in.
    /// </summary>
    /// <exception cref="BadInputException">The program was moved out of the project.</exception>
    public static string Contracts()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory);
            folder is not null;
            folder = folder.Parent)
        {
            var contracts = Path.Combine(folder.FullName, "contracts");
            if (File.Exists(Path.Combine(contracts, "foundry.toml")))
            {
                return contracts;
            }
        }

        throw new BadInputException(
            $"No folder contracts is above {AppContext.BaseDirectory}; "
            + "run it from a clone of the project.");
    }

    /// <summary>Path of anvil or forge: an environment variable, npm's package, or PATH.</summary>
    /// <param name="tool"><c>anvil</c> or <c>forge</c>.</param>
    public static string Tool(string tool)
    {
        var named = Environment.GetEnvironmentVariable("HELIOS_" + tool.ToUpperInvariant());
        if (!string.IsNullOrEmpty(named))
        {
            return named;
        }

        var packaged = Path.Combine(
            Contracts(), "node_modules", "@foundry-rs", $"{tool}-linux-amd64", "bin", tool);
        return File.Exists(packaged) ? packaged : tool;
    }
}
