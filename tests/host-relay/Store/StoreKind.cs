namespace Helios.Tests.HostRelay.Store;

/// <summary>The databases that every test of the store runs on.</summary>
public enum StoreKind
{
    Sqlite,
    PostgreSql,
}
