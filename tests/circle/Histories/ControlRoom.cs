using Helios.Metering;
using Helios.Signing;
using Helios.Supply;
using Helios.Tests.Firmware.Supply;

namespace Helios.Tests.Circle.Histories;

/// <summary>
/// The controllers of a history, of which some die, one may sign what nobody paid for, and all may
/// be replaced; and the broker that retains an order of each.
/// </summary>
internal sealed class ControlRoom
{
    private const int ControllersMax = 5;

    private static readonly Signatory[] Pool = [.. SupplyOnTheBench.Keys(0x10, 8)];

    private readonly Random _random;
    private readonly SupplyOnTheBench _bench;
    private readonly HistoryFigures _figures;
    private readonly Dictionary<string, Following> _controllers = new(StringComparer.Ordinal);
    private readonly Dictionary<Following, ulong> _retained = [];
    private readonly Following? _thief;
    private Signatory[] _set;
    private byte _threshold;
    private uint _setNumber;

    /// <param name="random">Of the history.</param>
    /// <param name="bench">The meter, provisioned with controllers.</param>
    /// <param name="threshold">How many of them must agree.</param>
    /// <param name="figures">Counts.</param>
    public ControlRoom(
        Random random, SupplyOnTheBench bench, byte threshold, HistoryFigures figures)
    {
        _random = random;
        _bench = bench;
        _figures = figures;
        _threshold = threshold;
        _set = bench.Controllers;
        Employ(_set);
        if (threshold > 1 && random.Next(2) == 0)
        {
            _thief = _controllers[NameOf(_set[random.Next(_set.Length)])];
        }
    }

    /// <summary>Whoever lives looks at the chain and publishes.</summary>
    public void Follow(PlainChain final)
    {
        foreach (var one in _set.Select(key => _controllers[NameOf(key)]))
        {
            if (one == _thief)
            {
                // In steps, so that its signatures can be kept.
                var level = _bench.Meter.ImportWhDown + _bench.Record.ReturnedWh
                    + (ulong)_random.Next((int)PlainChain.MaxOpenWh + 200);
                one.SignUnpaid(level / 50 * 50);
                _figures.Count("orders that nobody paid for");
            }
            else
            {
                one.Follow(final);
            }

            if (one is { IsAlive: true, SignedWh: > 0 })
            {
                _retained[one] = one.SignedWh;
            }
        }
    }

    /// <summary>The meter is given what the broker retains.</summary>
    public void Deliver()
    {
        foreach (var (one, level) in _retained)
        {
            var result = _bench.Intake.TakeOrder(
                one.Key.Address,
                new SupplyOrder(SupplyOnTheBench.MeterAddress, level),
                one.Signature(SupplyOnTheBench.MeterAddress),
                _bench.UptimeMs);
            _figures.Count(result == SupplyResult.Taken ? "orders" : "orders in vain");
            Assert.True(
                result is SupplyResult.Taken or SupplyResult.NotHigher
                    or SupplyResult.UnknownController
                    || (one == _thief && result == SupplyResult.TooHigh),
                $"An honest order of {level} Wh is {result}.");
        }
    }

    /// <summary>Some die, are started again, or are replaced; or the broker forgets.</summary>
    public void Change()
    {
        switch (_random.Next(4))
        {
            case 0:
                _retained.Clear();
                break;
            case 1:
                Replace();
                break;
            case 2:
                ReviveAll();
                break;
            default:
                _controllers[NameOf(_set[_random.Next(_set.Length)])].IsAlive = false;
                _figures.Count("controllers dead");
                break;
        }
    }

    public void ReviveAll()
    {
        foreach (var dead in _controllers.Values.Where(static one => !one.IsAlive))
        {
            dead.IsAlive = true;
            _figures.Count("controllers back");
        }
    }

    private void Replace()
    {
        // A thief is found out, and out of the next set: one of them is enough where one is asked.
        var trusted = Array.FindAll(
            Pool,
            one => _thief is null
                || !AddressBytes.AreEqual(one.Address, _thief.Key.Address));
        var next = _random.GetItems(trusted, _random.Next(1, ControllersMax + 1)).Distinct()
            .OrderBy(NameOf, StringComparer.Ordinal).ToArray();
        ControllerSet set = new(
            _setNumber + 1,
            (byte)_random.Next(1, next.Length + 1),
            [.. next.Select(static one => one.Address)]);
        byte[][] signatures;
        lock (Following.Signing)
        {
            signatures = [.. _set[.._threshold].Select(one => one.Set(set))];
        }

        Assert.Equal(
            SupplyResult.Taken, _bench.Intake.TakeControllers(set, signatures, _bench.UptimeMs));
        _figures.Count("new sets");
        (_set, _threshold, _setNumber) = (next, set.Threshold, set.Number);
        Employ(next);
    }

    private void Employ(IEnumerable<Signatory> keys)
    {
        foreach (var key in keys)
        {
            _controllers.TryAdd(NameOf(key), new Following(key));
        }
    }

    private static string NameOf(Signatory key) => Convert.ToHexString(key.Address);
}
