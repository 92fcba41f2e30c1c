using CsCheck;
using Helios.Metering;

namespace Helios.Tests.Firmware.Metering;

/// <summary>Random lives of a meter against a plain model: a number of impulses made.</summary>
public class MeterHistoryTests
{
    private enum Act
    {
        Feed,
        Take,
        Request,
        Enrol,
        Store,
        ShutDown,
        Cut,
        PassDay,
        StickSlot,
        ForgetSlot,
        Mend,
        RotSlot,
        RevertSlot,
    }

    [Fact]
    public void Never_rises_by_itself_and_falls_by_at_most_the_bound_at_each_power_cut() =>
        Gen.Select(Gen.Int[0, (int)Act.PassDay], Gen.ULong[0, 150], Gen.Long[0, 3000])
            .Array[1, 60]
            .Sample(
                acts =>
                {
                    History history = new();
                    foreach ((int act, ulong impulses, long bytes) in acts)
                    {
                        history.Play((Act)act, impulses, bytes);
                        history.AssertBound();
                    }
                },
                iter: 1000);

    [Fact]
    public void Signs_nothing_twice_and_nothing_backward_whatever_one_slot_does() =>
        Gen.Select(Gen.Int[0, (int)Act.RevertSlot], Gen.ULong[0, 150], Gen.Long[0, 3000])
            .Array[1, 80]
            .Sample(
                acts =>
                {
                    History history = new();
                    foreach ((int act, ulong impulses, long bytes) in acts)
                    {
                        history.Play((Act)act, impulses, bytes);
                    }
                },
                iter: 1500);

    private sealed class History
    {
        private readonly MeterOnTheBench _bench =
            MeterOnTheBench.Enrolled(whPerCoin: 100, carryWh: 7);
        private readonly byte[] _oldSlot = new byte[JournalRecordCodec.Length];
        private ulong _made;
        private ulong _lostAtMost;
        private uint _pagination = 1;
        private ulong _signedWh;

        public void Play(Act act, ulong impulses, long bytes)
        {
            int slot = (int)(bytes % 2);
            switch (act)
            {
                case Act.Feed:
                    Feed(impulses);
                    break;
                case Act.Take:
                    Check(_bench.Meter.TakeReading(_bench.Time, out Reading reading), reading);
                    break;
                case Act.Request:
                    _bench.Meter.RequestReading();
                    break;
                case Act.Enrol:
                    Check(
                        _bench.Meter.TakeEnrolment(
                            MeterOnTheBench.Owner, _bench.Time, out Reading registers),
                        registers);
                    break;
                case Act.Store:
                    _bench.Meter.Store(_bench.UptimeMs);
                    break;
                case Act.ShutDown:
                    _bench.Meter.ShutDown(_bench.UptimeMs);
                    _bench.Boot();
                    break;
                case Act.Cut:
                    _bench.Storage.BytesUntilCut = bytes;
                    Feed(impulses);
                    PowerUp();
                    break;
                case Act.PassDay:
                    _bench.Pass(86_400_000);
                    break;
                default:
                    Break(act, slot, bytes);
                    break;
            }
        }

        public void AssertBound() => Assert.InRange(
            _bench.Meter.ExportImpulses, _made - Math.Min(_made, _lostAtMost), _made);

        /// <summary>One slot fails at a time: two at once are a device without storage.</summary>
        private void Break(Act act, int slot, long bytes)
        {
            SimulatedStorage storage = _bench.Storage;
            if (storage.Stuck.Count + storage.Forgetful.Count > 0)
            {
                act = Act.Mend;
            }

            switch (act)
            {
                case Act.StickSlot:
                    storage.Stuck.Add(slot);
                    break;
                case Act.ForgetSlot:
                    storage.Forgetful.Add(slot);
                    break;
                case Act.Mend:
                    storage.Stuck.Clear();
                    storage.Forgetful.Clear();
                    _bench.Pass(StoreInterval.RetryMs);
                    _bench.Meter.Keep(_bench.UptimeMs);
                    storage.Slot(slot).CopyTo(_oldSlot, 0);
                    break;
                case Act.RotSlot:
                    storage.Slot(slot)[bytes % JournalRecordCodec.Length] ^=
                        (byte)(1 + (bytes % 255));
                    _bench.Boot();
                    break;
                default:
                    _oldSlot.CopyTo(storage.Slot(slot), 0);
                    _bench.Boot();
                    break;
            }
        }

        private void PowerUp()
        {
            _bench.Storage.PowerUp();
            _bench.Boot();
            _lostAtMost += MeterOnTheBench.ImpulsesAheadMax;
        }

        private void Feed(ulong impulses)
        {
            ulong before = _bench.ExportLine.Count;
            _bench.Feed(impulses);
            _made += _bench.ExportLine.Count - before;
        }

        private void Check(TakeResult result, Reading reading)
        {
            if (result != TakeResult.Taken)
            {
                Assert.Null(reading);
                return;
            }

            Assert.True(reading.Pagination > _pagination, "A pagination was used twice.");
            Assert.InRange(reading.ExportWh, _signedWh, _made);
            _pagination = reading.Pagination;
            _signedWh = reading.ExportWh;
        }
    }
}
