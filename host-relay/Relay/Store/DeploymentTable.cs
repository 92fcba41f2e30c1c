using System.Data.Common;
using Dapper;
using Helios.Chain;

namespace Helios.Relay;

/// <summary>Ties a database to one ledger on one chain, for good.</summary>
internal static class DeploymentTable
{
    /// <summary>Notes the deployment in an empty database; checks it in any other.</summary>
    /// <exception cref="StartRefusedException">It is another deployment's.</exception>
    public static void Bind(DbConnection connection, string name, ulong chainId, Address ledger)
    {
        var stored = connection.QuerySingleOrDefault<(long ChainId, byte[] Ledger)?>(
            "SELECT chain_id, ledger FROM deployment");
        if (stored is not { } bound)
        {
            connection.Execute(
                "INSERT INTO deployment VALUES (@chainId, @ledger)",
                new { chainId = (long)chainId, ledger = ledger.ToArray() });
            return;
        }

        if ((ulong)bound.ChainId != chainId || new Address(bound.Ledger) != ledger)
        {
            throw new StartRefusedException(
                $"The database {name} belongs to ledger {new Address(bound.Ledger)} on chain "
                + $"{(ulong)bound.ChainId}, not to {ledger} on chain {chainId}: name another "
                + "one in database, or correct ledger and chainId.");
        }
    }
}
