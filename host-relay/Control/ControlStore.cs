using Dapper;
using Helios.Chain;
using Helios.Relay;
using Microsoft.Data.Sqlite;

namespace Helios.Control;

/// <summary>
/// What a controller signed and why, for good, and how far it followed the chain: a SQLite file of
/// one key and deployment. Every change is committed when its method returns, and survives the loss
/// of power. For several threads at once, and several processes: what another one has added already
/// is left as it is.
/// </summary>
internal sealed class ControlStore : IDisposable
{
    // "HECc" in ASCII: tells a controller's file from any other SQLite file.
    private const int ApplicationId = 0x48454363;

    // SQLite's codes for a mistake in the program: bad SQL, a broken rule of a table.
    private const int ErrorCode = 1;
    private const int ConstraintCode = 19;

    private readonly Lock _gate = new();
    private readonly Dictionary<Address, SignedOrder> _newest = [];
    private readonly List<Address> _meters = [];
    private readonly SqliteConnection _connection;
    private readonly string _path;

    private ControlStore(string path)
    {
        _path = path;
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Pooling = false,
            DefaultTimeout = 5,
        }.ToString());
    }

    /// <summary>Null before the first block.</summary>
    public FollowedBlock? Followed { get; private set; }

    /// <summary>The last block that was searched for meters; null before the first.</summary>
    public ulong? SearchedTo { get; private set; }

    /// <summary>Every meter that orders are signed for.</summary>
    public Address[] Meters
    {
        get
        {
            lock (_gate)
            {
                return [.. _meters];
            }
        }
    }

    /// <summary>The highest order of each meter.</summary>
    public SignedOrder[] Newest
    {
        get
        {
            lock (_gate)
            {
                return [.. _newest.Values];
            }
        }
    }

    /// <summary>Opens the file, or makes it.</summary>
    /// <exception cref="StartRefusedException">Not usable, not a controller's, or of another key
    /// or deployment.</exception>
    public static ControlStore Open(string path, ulong chainId, Address ledger, Address controller)
    {
        var store = new ControlStore(path);
        try
        {
            store.Guarded(() =>
            {
                store._connection.Open();
                store.Prepare(chainId, ledger, controller);
                store.Load();
            });
            return store;
        }
        catch (StoreUnavailableException failure)
        {
            store.Dispose();
            throw new StartRefusedException(
                $"{failure.Message.TrimEnd('.')}: correct database, or free the file.", failure);
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    /// <summary>The highest value signed for a meter, Wh; 0 if none.</summary>
    public ulong SignedWh(Address meter)
    {
        lock (_gate)
        {
            return _newest.TryGetValue(meter, out var order) ? order.AuthorisedWh : 0;
        }
    }

    /// <summary>Adds an order, higher than any before it for its meter.</summary>
    public void Append(SignedOrder order) => Guarded(() =>
    {
        _connection.Execute(
            """
            INSERT OR IGNORE INTO signed_order
                (meter, authorised_wh, block_number, block_hash, block_time, message)
            VALUES (@meter, @authorisedWh, @blockNumber, @blockHash, @blockTime, @message)
            """,
            new
            {
                meter = order.Meter.ToArray(),
                authorisedWh = (long)order.AuthorisedWh,
                blockNumber = (long)order.BlockNumber,
                blockHash = order.BlockHash,
                blockTime = (long)order.BlockTime,
                message = order.Message,
            });
        _newest[order.Meter] = order;
    });

    /// <summary>Adds meters, those that are new, and how far was searched.</summary>
    public void Add(IReadOnlyList<Address> meters, ulong? searchedTo) => Guarded(() =>
    {
        var added = meters.Except(_meters).ToArray();
        using var transaction = _connection.BeginTransaction();
        _connection.Execute(
            "INSERT OR IGNORE INTO meter VALUES (@address)",
            added.Select(static meter => new { address = meter.ToArray() }));
        _connection.Execute(
            "UPDATE progress SET searched_to = COALESCE(@searchedTo, searched_to)",
            new { searchedTo = (long?)searchedTo });
        transaction.Commit();
        _meters.AddRange(added);
        SearchedTo = searchedTo ?? SearchedTo;
    });

    /// <summary>Keeps a signed set of controllers; of one number the last.</summary>
    public void Keep(uint number, byte[] message) => Guarded(() => _connection.Execute(
        "INSERT OR REPLACE INTO controller_set VALUES (@number, @message)",
        new { number = (long)number, message }));

    /// <summary>The signed sets of controllers, of which each meter takes the next.</summary>
    public IReadOnlyList<(uint Number, byte[] Message)> Sets()
    {
        IReadOnlyList<(uint, byte[])> sets = [];
        Guarded(() => sets =
        [
            .. _connection.Query<(long Number, byte[] Message)>(
                "SELECT number, message FROM controller_set ORDER BY number")
                .Select(static row => ((uint)row.Number, row.Message)),
        ]);
        return sets;
    }

    /// <summary>Everything is signed up to this block.</summary>
    public void Follow(Block final) => Guarded(() =>
    {
        _connection.Execute(
            "UPDATE progress SET followed_number = @number, followed_hash = @hash",
            new { number = (long)final.Number, hash = final.Hash });
        Followed = new FollowedBlock(final.Number, final.Hash);
    });

    /// <summary>Every order ever signed, oldest first.</summary>
    public IReadOnlyList<SignedOrder> Orders()
    {
        IReadOnlyList<SignedOrder> orders = [];
        Guarded(() => orders = ReadOrders());
        return orders;
    }

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    private void Guarded(Action use)
    {
        lock (_gate)
        {
            try
            {
                use();
            }
            catch (SqliteException failure)
                when (failure.SqliteErrorCode is not ErrorCode and not ConstraintCode)
            {
                throw new StoreUnavailableException(
                    $"The database {_path} cannot be used ({failure.Message.TrimEnd('.')}).",
                    failure);
            }
        }
    }

    private void Prepare(ulong chainId, Address ledger, Address controller)
    {
        _connection.Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;");
        if (_connection.ExecuteScalar<long>("SELECT COUNT(*) FROM sqlite_schema") == 0)
        {
            Create(chainId, ledger, controller);
        }

        if (_connection.ExecuteScalar<long>("PRAGMA application_id") != ApplicationId)
        {
            throw new StartRefusedException(
                $"{_path} is no database of a controller: name another file in database.");
        }

        var bound = _connection.QuerySingle<(long ChainId, byte[] Ledger, byte[] Controller)>(
            "SELECT chain_id, ledger, controller FROM deployment");
        if ((ulong)bound.ChainId != chainId || new Address(bound.Ledger) != ledger
            || new Address(bound.Controller) != controller)
        {
            throw new StartRefusedException(
                $"The database {_path} belongs to controller {new Address(bound.Controller)} of "
                + $"ledger {new Address(bound.Ledger)} on chain {bound.ChainId}: name another one "
                + "in database, or correct the key, ledger and chainId.");
        }
    }

    private void Create(ulong chainId, Address ledger, Address controller)
    {
        using var transaction = _connection.BeginTransaction();
        _connection.Execute(
            """
            CREATE TABLE deployment (chain_id INTEGER, ledger BLOB, controller BLOB);
            CREATE TABLE progress (
                followed_number INTEGER, followed_hash TEXT, searched_to INTEGER);
            CREATE TABLE controller_set (number INTEGER PRIMARY KEY, message BLOB NOT NULL);
            CREATE TABLE meter (address BLOB PRIMARY KEY);
            CREATE TABLE signed_order (
                id INTEGER PRIMARY KEY, meter BLOB NOT NULL, authorised_wh INTEGER NOT NULL,
                block_number INTEGER NOT NULL, block_hash TEXT NOT NULL,
                block_time INTEGER NOT NULL, message BLOB NOT NULL,
                UNIQUE (meter, authorised_wh));
            INSERT INTO progress VALUES (NULL, NULL, NULL);
            """);
        _connection.Execute(
            "INSERT INTO deployment VALUES (@chainId, @ledger, @controller)",
            new
            {
                chainId = (long)chainId,
                ledger = ledger.ToArray(),
                controller = controller.ToArray(),
            });
        _connection.Execute($"PRAGMA application_id = {ApplicationId}");
        transaction.Commit();
    }

    private void Load()
    {
        var progress = _connection.QuerySingle<(long? Number, string? Hash, long? Searched)>(
            "SELECT followed_number, followed_hash, searched_to FROM progress");
        Followed = progress.Number is { } number
            ? new FollowedBlock((ulong)number, progress.Hash!)
            : null;
        SearchedTo = (ulong?)progress.Searched;
        _meters.AddRange(_connection.Query<byte[]>("SELECT address FROM meter")
            .Select(static address => new Address(address)));
        foreach (var order in ReadOrders().OrderBy(static order => order.AuthorisedWh))
        {
            _newest[order.Meter] = order;
        }
    }

    // In the order of signing.
    private SignedOrder[] ReadOrders() =>
    [
        .. _connection.Query<(byte[] Meter, long AuthorisedWh, long Number, string Hash, long Time,
            byte[] Message)>(
            """
            SELECT meter, authorised_wh, block_number, block_hash, block_time, message
            FROM signed_order ORDER BY id
            """)
            .Select(static row => new SignedOrder(
                new Address(row.Meter),
                (ulong)row.AuthorisedWh,
                (ulong)row.Number,
                row.Hash,
                (ulong)row.Time,
                row.Message)),
    ];
}
