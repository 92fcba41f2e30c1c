using System.Data.Common;
using Dapper;
using Helios.Chain;
using Helios.Metering;
using Helios.Relay;
using Npgsql;

namespace Helios.Tests.HostRelay.Store;

public class StoreTests(PostgresServer postgres)
{
    private static readonly Address Sender = new(Fill(Address.Length, 9));

    [Theory]
    [InlineData(StoreKind.Sqlite)]
    [InlineData(StoreKind.PostgreSql)]
    public async Task Stores_a_reading_once_and_tells_a_twin(StoreKind kind)
    {
        using var test = await TestStore.NewAsync(kind, postgres);
        var meter = AddMeter(test.Store, 1);

        Assert.Equal(
            [AppendOutcome.Stored, AppendOutcome.Stored, AppendOutcome.Duplicate],
            Append(test.Store, (meter.Id, Signed(2, 0)), (meter.Id, Signed(1, 0)),
                (meter.Id, Signed(2, 0))));
        test.Reopen();
        Assert.Equal(
            [AppendOutcome.Duplicate, AppendOutcome.Conflicting],
            Append(test.Store, (meter.Id, Signed(1, 0)), (meter.Id, Signed(2, 7))));
        Assert.Equal(
            2u, test.Store.Read(connection => MeterTable.Find(connection, meter.Address))!
                .StoredPagination);
    }

    [Theory]
    [InlineData(StoreKind.Sqlite)]
    [InlineData(StoreKind.PostgreSql)]
    public async Task What_throws_changes_nothing(StoreKind kind)
    {
        using var test = await TestStore.NewAsync(kind, postgres);
        var meter = AddMeter(test.Store, 1);

        Assert.Throws<InvalidOperationException>(() => test.Store.Write(connection =>
        {
            ReadingTable.Append(connection, [(meter.Id, Signed(1, 0))], 0);
            throw new InvalidOperationException();
        }));

        Assert.Equal([AppendOutcome.Stored], Append(test.Store, (meter.Id, Signed(1, 0))));
    }

    [Theory]
    [InlineData(StoreKind.Sqlite)]
    [InlineData(StoreKind.PostgreSql)]
    public async Task A_database_of_the_schema_before_is_migrated_with_all_it_holds(StoreKind kind)
    {
        using var test = await TestStore.NewAsync(kind, postgres);
        var database = kind == StoreKind.Sqlite
            ? test.Database + "-old"
            : await postgres.NewDatabaseAsync();
        using (var old = Open(kind, database, 1))
        {
            old.Write(static connection => connection.Execute(
                """
                INSERT INTO meter (address, stored_pagination) VALUES (@meter, 3);
                INSERT INTO outgoing (sender, nonce, hash, raw) VALUES (@meter, 5, @hash, @hash);
                INSERT INTO reading
                    (meter_id, pagination, export_wh, signed, stored_at, outgoing_id)
                VALUES (1, 3, 500, @hash, 7, 1);
                """,
                new { meter = Fill(Address.Length, 1), hash = Fill(32, 2) }));
        }

        using var migrated = StoreFactory.Open(database, TestStore.ChainId, TestStore.Ledger);

        var row = migrated.Read(static connection =>
            MeterTable.Find(connection, new Address(Fill(Address.Length, 1))))!;
        Assert.Equal(3u, row.StoredPagination);
        Assert.Equal(5UL, Assert.Single(migrated.Read(static connection =>
            OutgoingTable.AllSent(connection))).Nonce);
    }

    [Theory]
    [InlineData(StoreKind.Sqlite)]
    [InlineData(StoreKind.PostgreSql)]
    public async Task A_schema_of_a_newer_relay_and_another_deployment_are_refused(StoreKind kind)
    {
        using var test = await TestStore.NewAsync(kind, postgres);

        Assert.Throws<StartRefusedException>(() => Open(kind, test.Database, 1));
        var refusal = Assert.Throws<StartRefusedException>(() => StoreFactory.Open(
            test.Database, TestStore.ChainId + 1, TestStore.Ledger));
        Assert.Contains("belongs to ledger", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_user_who_may_make_no_tables_is_told_what_gives_him_the_right()
    {
        var database = await postgres.NewDatabaseAsync();
        var of = new NpgsqlConnectionStringBuilder(database) { Username = "plain", Pooling = false };
        await using var owner = NpgsqlDataSource.Create(database);
        await RunAsync("CREATE ROLE plain LOGIN");

        var refusal = Assert.Throws<StartRefusedException>(() => StoreFactory.Open(
            $"{of}", TestStore.ChainId, TestStore.Ledger));
        var right = $"ALTER DATABASE {of.Database} OWNER TO plain";
        Assert.EndsWith(
            $": let the relay's user own it: {right}.", refusal.Message, StringComparison.Ordinal);
        await RunAsync(right);
        StoreFactory.Open($"{of}", TestStore.ChainId, TestStore.Ledger).Dispose();

        async Task RunAsync(string statement)
        {
            await using var command = owner.CreateCommand(statement);
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task Whatever_is_thrown_of_a_connection_that_is_gone_the_database_is_away()
    {
        using var store = StoreFactory.Open(
            await postgres.NewDatabaseAsync(), TestStore.ChainId, TestStore.Ledger);
        static long Fail(DbConnection connection) => throw new InvalidOperationException("mistake");
        static long FailWithout(DbConnection connection)
        {
            connection.Close();
            return Fail(connection);
        }

        Assert.Throws<InvalidOperationException>(() => store.Read(Fail));
        Assert.Throws<InvalidOperationException>(() => store.Write(Fail));
        var away = Assert.Throws<StoreUnavailableException>(() => store.Read(FailWithout));
        Assert.Throws<StoreUnavailableException>(() => store.Write(FailWithout));
        Assert.Equal(ExitCodes.TryAgain, ExitCodes.Of(away));
    }

    [Theory]
    [InlineData(StoreKind.Sqlite)]
    [InlineData(StoreKind.PostgreSql)]
    public async Task Of_two_with_one_key_only_the_last_can_store_a_signature(StoreKind kind)
    {
        using var test = await TestStore.NewAsync(kind, postgres);
        var first = test.Store.Write(static connection => SenderLease.Take(connection, Sender, 1));
        test.Store.Write(connection => first.Renew(connection, 2));
        var second = test.Store.Write(static connection => SenderLease.Take(connection, Sender, 3));

        Assert.Throws<FencedException>(
            () => test.Store.Write(connection => first.Renew(connection, 4)));
        test.Store.Write(connection => second.Renew(connection, 4));
        Assert.Equal((first.Id, first.Fence + 1), (second.Id, second.Fence));
    }

    [Theory]
    [InlineData(StoreKind.Sqlite)]
    [InlineData(StoreKind.PostgreSql)]
    public async Task A_meter_is_served_by_one_copy_until_its_claim_runs_out(StoreKind kind)
    {
        using var test = await TestStore.NewAsync(kind, postgres);
        var meters = Enumerable.Range(1, 4).Select(n => AddMeter(test.Store, (byte)n)).ToArray();
        Append(test.Store, [.. meters.Select(meter => (meter.Id, Signed(1, 0)))]);

        Assert.Equal(3, Claim(test.Store, copy: 1, now: 100, limit: 3));
        Assert.Equal(1, Claim(test.Store, copy: 2, now: 100, limit: 9));
        Assert.Equal(1, Claim(test.Store, copy: 2, now: 150, limit: 9));
        Assert.Equal(4, Claim(test.Store, copy: 2, now: 220, limit: 9));
        Assert.Equal(0, Claim(test.Store, copy: 1, now: 220, limit: 9));
    }

    [Theory]
    [InlineData(StoreKind.Sqlite)]
    [InlineData(StoreKind.PostgreSql)]
    public async Task What_a_false_block_dated_far_ahead_holds_nobody_up(StoreKind kind)
    {
        const ulong Far = 200_000_000_000;
        using var test = await TestStore.NewAsync(kind, postgres);
        var (meter, sent) = (AddMeter(test.Store, 1), AddMeter(test.Store, 2));
        test.Store.Write(connection =>
        {
            ReadingTable.Append(
                connection, [(meter.Id, Signed(1, 0)), (sent.Id, Signed(1, 0))], Far);
            var dead = SenderLease.Take(connection, Sender, Far);
            OutgoingTable.Add(
                connection, Sender, new SignedTransaction(0, [1], Fill(32, 1)), [2], 1);
            MeterTable.Claim(connection, test.Store.Sql, dead.Id, Far, 9);
        });
        var other = new Address(Fill(Address.Length, 8));

        Assert.False(test.Store.Read(
            static connection => SenderLease.IsHeld(connection, Sender, 1_000)));
        Assert.Single(test.Store.Read(
            connection => OutgoingTable.Sent(connection, other, 1_000)));
        Assert.Equal(1, Claim(test.Store, copy: 2, now: 1_000, limit: 9));
        test.Store.Write(static connection => ReadingStates.TryAgain(connection, 1_000));
        Assert.Equal(1_000UL, Assert.Single(test.Store.Read(
            static connection => ReadingTable.Candidates(connection, 2, 1_000, 9))).StoredAt);

        // Two nodes are a few blocks apart: that is no false block.
        test.Store.Write(connection =>
        {
            SenderLease.Take(connection, Sender, 1_060);
            MeterTable.Claim(connection, test.Store.Sql, 1, 1_120, 9);
        });
        Assert.True(test.Store.Read(
            static connection => SenderLease.IsHeld(connection, Sender, 1_000)));
        Assert.Empty(test.Store.Read(
            connection => OutgoingTable.Sent(connection, other, 1_000)));
        Assert.Equal(0, Claim(test.Store, copy: 2, now: 1_060, limit: 9));
    }

    [Theory]
    [InlineData(StoreKind.Sqlite)]
    [InlineData(StoreKind.PostgreSql)]
    public async Task What_was_given_up_is_tried_again_when_a_person_says_so(StoreKind kind)
    {
        using var test = await TestStore.NewAsync(kind, postgres);
        var meters = Enumerable.Range(1, 2).Select(n => AddMeter(test.Store, (byte)n)).ToArray();
        Append(test.Store, [.. meters.SelectMany(meter => Enumerable.Range(1, 4)
            .Select(n => (meter.Id, Signed((uint)n, (byte)n))))]);

        // Of each: accepted, given up for a reason, given up since it reverted, put off.
        test.Store.Write(static connection => connection.Execute(
            """
            UPDATE meter SET accepted_pagination = 1;
            UPDATE reading SET state = 2 WHERE pagination = 1;
            UPDATE reading SET state = 3, reason = 5 WHERE pagination = 2;
            UPDATE reading SET state = 3, failures = 4 WHERE pagination = 3;
            UPDATE reading SET not_before = 9000 WHERE pagination = 4;
            """));

        Assert.Equal(3, test.Store.Write(
            connection => ReadingStates.Resend(connection, meters[0].Address)));
        Assert.Equal(
            [ReadingState.Accepted, ReadingState.Pending, ReadingState.Pending,
                ReadingState.Pending],
            StatesOf(test.Store, meters[0]));
        Assert.Equal(
            [ReadingState.Accepted, ReadingState.Skipped, ReadingState.Skipped,
                ReadingState.Pending],
            StatesOf(test.Store, meters[1]));
        Assert.Equal(3, test.Store.Write(
            static connection => ReadingStates.Resend(connection, null)));
    }

    [Theory]
    [InlineData(StoreKind.Sqlite)]
    [InlineData(StoreKind.PostgreSql)]
    public async Task What_the_ledger_has_not_got_is_to_carry(StoreKind kind)
    {
        using var test = await TestStore.NewAsync(kind, postgres);
        var meters = Enumerable.Range(1, 2).Select(n => AddMeter(test.Store, (byte)n)).ToArray();
        Append(test.Store, [.. meters.SelectMany(meter => Enumerable.Range(0, 5)
            .Select(n => (meter.Id, Signed((uint)n + 1, (byte)n))))]);
        test.Store.Write(static connection => connection.Execute(
            "UPDATE reading SET state = pagination - 1"));

        Assert.Equal([0, 1, 3], Carried(test.Store, meters[1].Address, isAll: false));
        Assert.Equal([0, 1, 3, 0, 1, 3], Carried(test.Store, null, isAll: false));
        Assert.Equal([0, 1, 2, 3, 4], Carried(test.Store, meters[0].Address, isAll: true));
    }

    [Theory]
    [InlineData(StoreKind.Sqlite)]
    [InlineData(StoreKind.PostgreSql)]
    public async Task What_is_not_worth_its_gas_rests_until_due_with_all_that_is_older(
        StoreKind kind)
    {
        using var test = await TestStore.NewAsync(kind, postgres);
        var meters = Enumerable.Range(1, 2).Select(n => AddMeter(test.Store, (byte)n)).ToArray();
        Append(test.Store, [.. meters.SelectMany(meter => Enumerable.Range(1, 4)
            .Select(n => (meter.Id, Signed((uint)n, (byte)n))))]);
        var first = meters[0].Id;
        test.Store.Write(connection => connection.Execute(
            "UPDATE reading SET not_before = 9000 WHERE meter_id = @first AND pagination = 1;"
                + "UPDATE reading SET state = 1 WHERE meter_id = @first AND pagination = 2",
            new { first }));

        // Stored at 50: due at 150.
        test.Store.Write(connection => ReadingStates.PostponeUntilDue(
            connection, new Dictionary<long, long> { [first] = 3 }, dueAfterS: 100, now: 60));
        Assert.Equal([9000, 0, 150, 0, 0, 0, 0, 0], NotBefore(test.Store));
        test.Store.Write(connection => ReadingStates.PostponeUntilDue(
            connection, new Dictionary<long, long> { [first] = 9 }, dueAfterS: 10, now: 60));
        Assert.Equal([9000, 0, 150, 0, 0, 0, 0, 0], NotBefore(test.Store));
    }

    private static long[] NotBefore(IRelayStore store) =>
        store.Read(static connection => connection.Query<long>(
            "SELECT not_before FROM reading ORDER BY meter_id, pagination").ToArray());

    private static ReadingState[] StatesOf(IRelayStore store, MeterRow meter) =>
        store.Read(connection => ReadingHistory.Of(connection, meter.Address)
            .Select(static one => one.State).ToArray());

    private static int[] Carried(IRelayStore store, Address? meter, bool isAll) =>
        store.Read(connection => ReadingHistory.ToCarry(connection, meter, isAll)
            .Select(static one => (int)one.Signed[0]).ToArray());

    private static int Claim(IRelayStore store, long copy, ulong now, int limit)
    {
        store.Write(connection => MeterTable.Claim(connection, store.Sql, copy, now, limit));
        return store.Read(connection => ReadingTable.Candidates(connection, copy, now, 9)).Count;
    }

    private static IRelayStore Open(StoreKind kind, string database, int schema) =>
        kind == StoreKind.Sqlite
            ? SqliteStore.Open(database, TestStore.ChainId, TestStore.Ledger, schema)
            : PostgresStore.Open(database, TestStore.ChainId, TestStore.Ledger, schema);

    private static MeterRow AddMeter(IRelayStore store, byte number) =>
        store.Write(connection => MeterTable.Add(
            connection, new Address(Fill(Address.Length, number)),
            new MeterRegisters(0, 0, 0, 0, 0, 0)));

    private static AppendOutcome[] Append(
        IRelayStore store, params (long MeterId, VerifiedReading Reading)[] readings) =>
        store.Write(connection => ReadingTable.Append(connection, readings, 50));

    private static VerifiedReading Signed(uint pagination, byte content) => new(
        default,
        new Reading(pagination, 100 * pagination, 0, 0, 0, 0, 0),
        Fill(99, content));

    private static byte[] Fill(int length, byte content)
    {
        var bytes = new byte[length];
        Array.Fill(bytes, content);
        return bytes;
    }
}
