using Dapper;
using Helios.Chain;
using Helios.Metering;
using Helios.Relay;

namespace Helios.Tests.HostRelay.Proofs;

/// <summary>
/// A random history of one sender and three meters, played on a store and on the model beside it;
/// after every step both must hold the same.
/// </summary>
internal sealed class StoreHistory
{
    private const int Meters = 3;
    private const int StepsMax = 40;
    private const int PaginationMax = 8;
    private const ulong LaterMax = 100;

    private readonly IRelayStore _store;
    private readonly Random _random;
    private readonly StoreModel _model = new();
    private readonly Address _sender;
    private readonly (long Id, Address Address)[] _meters;
    private readonly SenderLease _lease;
    private ulong _block = 1;

    public StoreHistory(IRelayStore store, int seed)
    {
        (_store, _random) = (store, new Random(seed));
        Empty(store);
        _sender = NewAddress();
        _meters = [.. Enumerable.Range(0, Meters).Select(_ => AddMeter(NewAddress()))];
        _lease = store.Write(connection => SenderLease.Take(connection, _sender, 0));
        store.Write(connection => connection.Execute(
            "UPDATE meter SET claimed_by = @Id, claimed_until = @LaterMax",
            new { _lease.Id, LaterMax = (long)LaterMax }));
    }

    /// <summary>Null, or the first difference and the steps that led to it.</summary>
    public string? Play()
    {
        var steps = new List<string>();
        for (var left = _random.Next(1, StepsMax); left > 0; left--)
        {
            steps.Add(Step());
            if (Difference() is { } difference)
            {
                return $"{difference} after {string.Join(", ", steps)}";
            }
        }

        return null;
    }

    // A new database for each history would cost more than the history.
    private static void Empty(IRelayStore store) => store.Write(static connection =>
        connection.Execute(
            """
            DELETE FROM reading; DELETE FROM replaced; DELETE FROM outgoing; DELETE FROM meter;
            DELETE FROM sender;
            """));

    private string Step()
    {
        switch (_random.Next(16))
        {
            case < 5:
                return Append();
            case < 8:
                return Send();
            case 8:
                return OnOne(OutgoingState.Sent, Replace);
            case < 11:
                return OnOne(OutgoingState.Sent, Confirm);
            case 11:
                return OnOne(OutgoingState.Mined, Undo);
            case 12:
                return OnOne(OutgoingState.Sent, Lose);
            case 13:
                return _random.Next(2) == 0 ? CloseGaps() : FinalizeUpTo();
            case 14:
                return _random.Next(3) == 0 ? TryAgain() : SetAccepted();
            default:
                return _random.Next(4) == 0 ? Fail() : Postpone();
        }
    }

    private string Append()
    {
        var given = Enumerable.Range(0, _random.Next(1, 6)).Select(_ => (
            _meters[_random.Next(Meters)].Id,
            Pagination: (uint)_random.Next(1, PaginationMax),
            Content: (byte)(_random.Next(8) == 0 ? 2 : 1))).ToArray();
        var outcomes = _store.Write(connection => ReadingTable.Append(
            connection, [.. given.Select(static one => (one.Id, ReadingOf(one)))], 0));

        // Within one call the first of a pagination is stored, whatever comes after it.
        var expected = given
            .Select(one => _model.Append(one.Id, one.Pagination, one.Content)).ToArray();
        Assert.Equal(expected, outcomes);
        return $"append {string.Join(' ', given)}";
    }

    private string Send()
    {
        var contents = _model.Readings
            .Where(one => one.State == ReadingState.Pending || _random.Next(10) == 0)
            .OrderBy(_ => _random.Next()).Take(_random.Next(1, 4)).ToList();
        if (contents.Count == 0)
        {
            return "nothing";
        }

        var nonceOnChain = (ulong)_random.Next(3);
        var transaction = new ModelTransaction
        {
            Nonce = _model.NextNonce(nonceOnChain),
            Hash = NewHash(),
            Contents = contents,
        };
        var row = _store.Write(connection => OutgoingTable.Add(
            connection,
            _sender,
            new SignedTransaction(
                OutgoingTable.NextNonce(connection, _sender, nonceOnChain),
                [1, 2, 3],
                transaction.Hash),
            [.. contents.Select(one => RowOf(connection, one))],
            _block));
        Assert.Equal(_model.Send(transaction), row is not null);
        transaction.Id = row?.Id ?? 0;
        Assert.Equal(transaction.Nonce, row?.Nonce ?? transaction.Nonce);
        return $"send {transaction.Nonce} with {contents.Count}";
    }

    private string OnOne(OutgoingState state, Func<ModelTransaction, string> act)
    {
        var some = _model.Transactions.Where(one => one.State == state).ToArray();
        return some.Length == 0 ? "nothing" : act(some[_random.Next(some.Length)]);
    }

    private string Replace(ModelTransaction transaction)
    {
        transaction.Hash = NewHash();
        _store.Write(connection => OutgoingTable.Replace(
            connection, RowOf(transaction), new SignedTransaction(
                transaction.Nonce, [4, 5], transaction.Hash), ++_block));
        return $"replace {transaction.Nonce}";
    }

    private string Confirm(ModelTransaction transaction)
    {
        var isReverted = _random.Next(4) == 0;
        var counted = new List<(ModelReading Reading, ulong Coins)>();
        var putOff = new List<(ModelReading, bool Passes, bool IsTooEarly, long Reason)>();
        var skipped = new List<ReadingSkipped>();
        foreach (var reading in isReverted ? [] : transaction.Contents)
        {
            if (_random.Next(3) > 0 && counted.TrueForAll(
                one => one.Reading.Meter != reading.Meter))
            {
                counted.Add((reading, (ulong)_random.Next(5)));
                continue;
            }

            var reason = (SkipReason)_random.Next(1, 7);
            var passes = reason is SkipReason.MeterNotEnrolled or SkipReason.MeterNotAccepting
                or SkipReason.NotYetPlausible;
            putOff.Add((reading, passes, reason == SkipReason.NotYetPlausible, (long)reason));
            skipped.Add(new ReadingSkipped(0, AddressOf(reading), reading.Pagination, reason));
        }

        var receipt = new Receipt(!isReverted, ++_block, $"0x{_block}", 21_000, null, []);
        _store.Write(connection => OutgoingTable.Confirm(
            connection,
            RowOf(transaction),
            receipt,
            [.. counted.Select(one => new ReadingAccepted(
                AddressOf(one.Reading), one.Reading.Pagination, 0, 0, 0, 0, one.Coins))],
            skipped));
        _model.Confirm(transaction, _block, counted, putOff);
        return $"confirm {transaction.Nonce}: {counted.Count} counted, {putOff.Count} put off";
    }

    private string Undo(ModelTransaction transaction)
    {
        _store.Write(connection => OutgoingTable.Undo(connection, transaction.Id));
        _model.Undo(transaction);
        return $"undo {transaction.Nonce}";
    }

    private string Lose(ModelTransaction transaction)
    {
        _store.Write(connection => OutgoingTable.Lose(connection, transaction.Id));
        _model.Lose(transaction);
        return $"lose {transaction.Nonce}";
    }

    private string CloseGaps()
    {
        var nonceOnChain = (ulong)_random.Next(6);
        _store.Write(connection => OutgoingTable.CloseGaps(connection, _sender, nonceOnChain));
        _model.CloseGaps(nonceOnChain);
        return $"close gaps from {nonceOnChain}";
    }

    private string FinalizeUpTo()
    {
        var block = (ulong)_random.Next((int)_block + 1);
        _store.Write(connection => OutgoingTable.Finalize(connection, block));
        _model.FinalizeUpTo(block);
        return $"finalize {block}";
    }

    private string SetAccepted()
    {
        var (meter, pagination) =
            (_meters[_random.Next(Meters)].Id, (uint)_random.Next(PaginationMax));
        _store.Write(connection => ReadingStates.SetAccepted(
            connection, meter, new MeterRegisters(pagination, 0, 0, 0, 0, 0)));
        _model.SetAccepted(meter, pagination);
        return $"ledger at {meter}/{pagination}";
    }

    private string TryAgain()
    {
        _store.Write(static connection => ReadingStates.TryAgain(connection, 0));
        _model.TryAgain();
        return "try again";
    }

    private string Postpone()
    {
        if (_model.Readings.Find(static one => one.State == ReadingState.Pending)
            is not { } reading)
        {
            return "nothing";
        }

        var isSkipped = _random.Next(3) == 0;
        var later = (ulong)_random.NextInt64(1, (long)LaterMax);
        _store.Write(connection =>
        {
            var row = RowOf(connection, reading);
            if (isSkipped)
            {
                ReadingStates.Skip(connection, row, SkipReason.RegisterDecreased);
            }
            else
            {
                ReadingStates.Postpone(connection, row, later);
            }
        });
        (reading.State, reading.Reason, reading.NotBefore) = isSkipped
            ? (ReadingState.Skipped, (long)SkipReason.RegisterDecreased, reading.NotBefore)
            : (reading.State, reading.Reason, later);
        return $"{(isSkipped ? "skip" : "postpone")} {reading.Meter}/{reading.Pagination}";
    }

    // A transaction of the database that ends in the middle changes nothing.
    private string Fail()
    {
        Assert.Throws<InvalidOperationException>(() => _store.Write(connection =>
        {
            ReadingTable.Append(
                connection, [(_meters[0].Id, ReadingOf((_meters[0].Id, 1_000, 1)))], 0);
            ReadingStates.TryAgain(connection, 0);
            ReadingStates.SetAccepted(
                connection, _meters[0].Id, new MeterRegisters(1_000, 0, 0, 0, 0, 0));
            throw new InvalidOperationException();
        }));
        return "a write that throws";
    }

    private string? Difference() => _store.Read(connection =>
    {
        var readings = connection.Query<(long Meter, long Pagination, byte[] Signed, long State,
            long Reason, long NotBefore, long Failures)>(
            """
            SELECT meter_id, pagination, signed, state, reason, not_before, failures FROM reading
            """).ToDictionary(static row => (row.Meter, row.Pagination));
        var rest = connection.Query<(long Meter, long Pagination, long Presented, long Coins,
            long Outgoing)>(
            """
            SELECT meter_id, pagination, was_presented, coins, COALESCE(outgoing_id, 0)
            FROM reading
            """);
        var held = rest.Select(row => (row, main: readings[(row.Meter, row.Pagination)]))
            .Select(static pair => $"{pair.row.Meter}/{pair.row.Pagination}: "
                + $"{pair.main.Signed[50]} {(ReadingState)pair.main.State} reason "
                + $"{pair.main.Reason} not before {pair.main.NotBefore} failures "
                + $"{pair.main.Failures} presented {pair.row.Presented == 1} coins "
                + $"{pair.row.Coins} in {pair.row.Outgoing}");
        var transactions = connection.Query<(long Id, long Nonce, long State, byte[] Hash)>(
            "SELECT id, nonce, state, hash FROM outgoing")
            .Select(static row => $"{row.Id}: nonce {row.Nonce} {(OutgoingState)row.State} "
                + Convert.ToHexStringLower(row.Hash));
        var candidates = ReadingTable.Candidates(connection, _lease.Id, LaterMax / 2, 100)
            .Select(static one => $"candidate {one.MeterId}/{one.Signed[0]} failures "
                + $"{one.Failures} held {one.IsOneHeld}");
        return FirstDifference(
            [.. _model.Readings.Select(static one => one.Line),
                .. _model.Transactions.Select(static one => one.Line),
                .. _model.Candidates(LaterMax / 2).Select(static one =>
                    $"candidate {one.Meter}/{one.Pagination} failures {one.Failures} "
                    + $"held {one.IsOneHeld}")],
            [.. held, .. transactions, .. candidates]);
    });

    private static string? FirstDifference(string[] expected, string[] actual)
    {
        var missing = expected.Except(actual).FirstOrDefault();
        var extra = actual.Except(expected).FirstOrDefault();
        return missing is null && extra is null && expected.Length == actual.Length
            ? null
            : $"expected {missing ?? "nothing more"}, found {extra ?? "nothing more"}";
    }

    private static VerifiedReading ReadingOf((long Id, uint Pagination, byte Content) one)
    {
        var signed = new byte[99];
        Array.Fill(signed, one.Content);
        signed[0] = (byte)one.Pagination;
        return new VerifiedReading(
            default, new Reading(one.Pagination, one.Pagination, 0, 0, 0, 0, 0), signed);
    }

    private OutgoingRow RowOf(ModelTransaction one) =>
        new(one.Id, _sender, one.Nonce, one.Hash, [], "", 0);

    private Address AddressOf(ModelReading reading) =>
        Array.Find(_meters, one => one.Id == reading.Meter).Address;

    private static long RowOf(System.Data.Common.DbConnection connection, ModelReading reading) =>
        connection.ExecuteScalar<long>(
            "SELECT id FROM reading WHERE meter_id = @meter AND pagination = @pagination",
            new { meter = reading.Meter, pagination = (long)reading.Pagination });

    private (long Id, Address Address) AddMeter(Address address) =>
        (_store.Write(connection => MeterTable.Add(
            connection, address, new MeterRegisters(0, 0, 0, 0, 0, 0))).Id, address);

    private Address NewAddress() => new(NewHash().AsSpan(0, Address.Length));

    private byte[] NewHash()
    {
        var hash = new byte[32];
        _random.NextBytes(hash);
        return hash;
    }
}
