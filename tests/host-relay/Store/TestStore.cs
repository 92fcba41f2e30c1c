using Helios.Chain;
using Helios.Relay;

namespace Helios.Tests.HostRelay.Store;

/// <summary>A store of either kind that is new, and gone after the test.</summary>
internal sealed class TestStore : IDisposable
{
    public const ulong ChainId = 31337;

    private readonly DirectoryInfo _folder;

    private TestStore(string? database, string? parent)
    {
        _folder = parent is null
            ? Directory.CreateTempSubdirectory("helios-store-")
            : Directory.CreateDirectory(Path.Combine(parent, $"helios-store-{Guid.NewGuid():N}"));
        Database = database ?? Path.Combine(_folder.FullName, "relay.db");
        Open();
    }

    public static Address Ledger { get; } =
        Address.Parse("0x5fbdb2315678afecb367f032d93f642f64180aa3");

    public string Database { get; }

    public IRelayStore Store { get; private set; } = null!;

    public static async Task<TestStore> NewAsync(StoreKind kind, PostgresServer postgres) =>
        new(kind == StoreKind.Sqlite ? null : await postgres.NewDatabaseAsync(), null);

    /// <summary>
    /// One that is in memory where the machine has such a folder: for histories in great number,
    /// which ask what is stored and not how durably.
    /// </summary>
    public static async Task<TestStore> NewInMemoryAsync(StoreKind kind, PostgresServer postgres)
    {
        const string Shared = "/dev/shm";
        return kind == StoreKind.Sqlite
            ? new TestStore(null, Directory.Exists(Shared) ? Shared : Path.GetTempPath())
            : await NewAsync(kind, postgres);
    }

    /// <summary>As a new process finds it.</summary>
    public void Reopen()
    {
        Store.Dispose();
        Open();
    }

    public void Dispose()
    {
        Store.Dispose();
        _folder.Delete(recursive: true);
    }

    private void Open() => Store = StoreFactory.Open(Database, ChainId, Ledger);
}
