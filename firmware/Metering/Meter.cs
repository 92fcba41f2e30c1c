using System;

namespace Helios.Metering
{
    /// <summary>
    /// A meter as device and virtual board drive it: it counts, keeps a journal, and says which
    /// reading is due after that reading stands in both slots of the journal.
    /// <para>
    /// Threads: <see cref="Count"/> belongs to one counting thread and waits for nothing but the
    /// few assignments of <see cref="RegisterPair"/>. <see cref="RequestReading"/> and the
    /// registers may be used by any thread. Everything else belongs to one other thread, the
    /// signing thread, which may wait for flash. After the constructor only a programmer's error
    /// throws.
    /// </para>
    /// </summary>
    public sealed partial class Meter
    {
        private readonly MeterConfiguration _configuration;
        private readonly RegisterPair _registers;
        private readonly StoredRegisters _stored;
        private readonly JournalBinding _binding;
        private readonly ReadingSchedule _schedule = new ReadingSchedule();
        private readonly PaginationBlock _paginations = new PaginationBlock();
        private readonly ReadingDraft _reading = new ReadingDraft();
        private readonly byte[] _scratch = new byte[JournalRecordCodec.Length];
        private JournalRecord _draft = new JournalRecord();
        private MeterState _openedAs = MeterState.Closed;
        private bool _isConfigured = true;

        /// <param name="configuration">In range: throws otherwise, so check it before.</param>
        /// <param name="exportCounter">Pulses of energy fed out.</param>
        /// <param name="importCounter">Pulses of energy taken in.</param>
        /// <param name="storage">The journal's two slots.</param>
        public Meter(
            MeterConfiguration configuration,
            IPulseCounter exportCounter,
            IPulseCounter importCounter,
            IJournalStorage storage)
            : this(configuration, exportCounter, importCounter, storage, null)
        {
        }

        /// <param name="configuration">In range: throws otherwise, so check it before.</param>
        /// <param name="exportCounter">Pulses of energy fed out.</param>
        /// <param name="importCounter">Pulses of energy taken in.</param>
        /// <param name="storage">The journal's two slots.</param>
        /// <param name="bond">
        /// Binds the journal to what a flash image does not hold; null without a secure element.
        /// </param>
        public Meter(
            MeterConfiguration configuration,
            IPulseCounter exportCounter,
            IPulseCounter importCounter,
            IJournalStorage storage,
            IMonotonicCounter bond)
        {
            if (configuration.Check() != ConfigurationCheck.Sound)
            {
                throw new ArgumentException(
                    "The configuration is out of range.", nameof(configuration));
            }

            uint impulsesPerKwh = configuration.ImpulsesPerKwh;
            uint maxPowerW = configuration.MaxPowerW;
            _configuration = configuration;
            _registers = new RegisterPair(
                new PulseInput(exportCounter, impulsesPerKwh, maxPowerW),
                new PulseInput(importCounter, impulsesPerKwh, maxPowerW),
                impulsesPerKwh);
            _binding = new JournalBinding(bond);
            _stored = new StoredRegisters(
                _registers, storage, new StoreInterval(impulsesPerKwh, maxPowerW), _binding);
        }

        /// <summary>
        /// A meter without a sound configuration: it counts and keeps its journal with what was
        /// fixed there, and signs nothing.
        /// </summary>
        public static Meter WithoutConfiguration(
            IPulseCounter exportCounter, IPulseCounter importCounter, IJournalStorage storage)
        {
            new Journal(storage).Open(out JournalRecord record);
            MeterConfiguration fixedOne = record == null ? null : record.ToConfiguration();
            if (fixedOne == null || fixedOne.Check() != ConfigurationCheck.Sound)
            {
                fixedOne = MeterConfiguration.OfNoMeter();
            }

            Meter meter = new Meter(fixedOne, exportCounter, importCounter, storage);
            meter._isConfigured = false;
            return meter;
        }

        /// <summary>Whether the meter may sign, and if not, why.</summary>
        public MeterState State
        {
            get
            {
                if (_openedAs != MeterState.Ready)
                {
                    return _openedAs;
                }

                return _stored.IsFailing ? MeterState.StorageFailed : OfBinding();
            }
        }

        /// <summary>Impulses of export since the meter was made. Any thread.</summary>
        public ulong ExportImpulses
        {
            get { return _registers.ExportImpulses; }
        }

        /// <summary>Impulses of import since the meter was made. Any thread.</summary>
        public ulong ImportImpulses
        {
            get { return _registers.ImportImpulses; }
        }

        /// <summary>
        /// What the journal holds or will hold next; null without a journal. Another one after
        /// each signature. Signing thread.
        /// </summary>
        public JournalRecord Record
        {
            get { return _stored.Record; }
        }

        /// <summary>Counts what both lines brought since the last call. Counting thread.</summary>
        /// <param name="uptimeMs">Milliseconds since boot.</param>
        public void Count(ulong uptimeMs)
        {
            _registers.Count(uptimeMs);
        }

        /// <summary>Asks for a reading with every register exact. Any thread.</summary>
        public void RequestReading()
        {
            _schedule.Request();
        }

        /// <summary>
        /// Writes the journal if <see cref="StoreInterval"/> says so. To be called every second or
        /// so: what it lets pass adds to what a power cut can cost.
        /// </summary>
        /// <param name="uptimeMs">Milliseconds since boot.</param>
        public AppendResult Keep(ulong uptimeMs)
        {
            if (_openedAs == MeterState.Ready)
            {
                _stored.Bind(uptimeMs);
            }

            return _stored.Keep(uptimeMs);
        }

        /// <summary>
        /// Writes the journal now if it is behind: before every call that may block.
        /// </summary>
        /// <param name="uptimeMs">Milliseconds since boot.</param>
        public AppendResult Store(ulong uptimeMs)
        {
            return _stored.Store(uptimeMs);
        }

        /// <summary>
        /// Stores everything and marks the shutdown clean. The meter is closed after that: it
        /// counts and keeps on, but signs nothing.
        /// </summary>
        /// <param name="uptimeMs">Milliseconds since boot.</param>
        public AppendResult ShutDown(ulong uptimeMs)
        {
            _openedAs = MeterState.Closed;
            return _stored.ShutDown(uptimeMs);
        }

        /// <summary>
        /// The reading that is due, if one is. It stands in both slots when this returns Taken;
        /// its pagination is used up then, whether it is signed or not.
        /// </summary>
        /// <param name="time">Now.</param>
        /// <param name="reading">What is to be signed; null unless Taken.</param>
        public TakeResult TakeReading(MeterTime time, out Reading reading)
        {
            reading = null;
            if (State != MeterState.Ready)
            {
                return TakeResult.NotReady;
            }

            if (!_stored.Record.IsEnrolled)
            {
                return TakeResult.NotEnrolled;
            }

            _stored.Refresh();
            bool isCoinEarned = _reading.IsCoinEarned(_stored.Record);
            ReadingOccasion occasion = _schedule.Due(_stored.Record, isCoinEarned, time);
            if (occasion == ReadingOccasion.None)
            {
                return TakeResult.NothingDue;
            }

            StartDraft();
            _reading.FillReading(_draft, occasion, time);
            _draft.SignedStatus |= _stateStatus;
            TakeResult result = Commit(time.UptimeMs);
            if (result == TakeResult.Taken)
            {
                _stored.StatusTold();
                _schedule.Taken(time.UptimeMs);
                reading = ReadingDraft.ToReading(_stored.Record);
            }
            else if (result == TakeResult.NotCounted)
            {
                RepeatReading();
            }

            return result;
        }

        /// <summary>
        /// The reading taken last could not be signed: what it said, its status too, is due again
        /// under the next pagination.
        /// </summary>
        public void RepeatReading()
        {
            _schedule.Repeat();
            _stored.TellAgain();
        }

        /// <summary>
        /// The registers and the pagination of an Enrolment for an owner, journalled like a
        /// reading. The first fixes the coin grid; a later one, for a new owner, says what the
        /// last reading said, which must be on chain before.
        /// </summary>
        /// <param name="owner">The owner's address, 20 bytes, not zero: throws otherwise.</param>
        /// <param name="time">Now.</param>
        /// <param name="registers">What the Enrolment is to say; null unless Taken.</param>
        public TakeResult TakeEnrolment(byte[] owner, MeterTime time, out Reading registers)
        {
            registers = null;
            if (!AddressBytes.IsSet(owner))
            {
                throw new ArgumentException("The owner is not 20 bytes.", nameof(owner));
            }

            if (State != MeterState.Ready)
            {
                return TakeResult.NotReady;
            }

            _stored.Refresh();
            JournalRecord record = _stored.Record;
            if (!record.IsEnrolled
                && record.ImportWhDown + record.ReturnedWh < record.AuthorisedWh)
            {
                return TakeResult.EnergyOpen;
            }

            StartDraft();
            ReadingDraft.FillEnrolment(_draft, owner, time);
            TakeResult result = Commit(time.UptimeMs);
            if (result == TakeResult.Taken)
            {
                _reading.HangGrids(_stored.Record);
                registers = ReadingDraft.ToReading(_stored.Record);
            }

            return result;
        }

        /// <summary>
        /// A relay stored everything up to this pagination. Above what was signed it means
        /// nothing.
        /// </summary>
        public void Acknowledge(uint pagination)
        {
            JournalRecord record = _stored.Record;
            if (record != null
                && pagination <= record.SignedPagination
                && pagination > record.AcknowledgedPagination)
            {
                record.AcknowledgedPagination = pagination;
            }
        }

        /// <summary>
        /// Status that the next reading is to tell, beyond what counting finds. Any thread.
        /// </summary>
        /// <param name="status">Bits of <see cref="ReadingStatus"/>.</param>
        public void AddStatus(ushort status)
        {
            _registers.AddStatus(status);
        }

        /// <summary>
        /// What the next write says of restarts after faults or dips of the supply. Without a
        /// journal it means nothing.
        /// </summary>
        /// <param name="faultRestarts">Restarts in a row.</param>
        public void NoteFaultRestarts(byte faultRestarts)
        {
            if (_stored.Record != null)
            {
                _stored.Record.FaultRestarts = faultRestarts;
            }
        }

        /// <summary>
        /// What the next write says of attempts to reach the network, so that the back-off
        /// survives a restart. Without a journal it means nothing.
        /// </summary>
        /// <param name="failedAttempts">Attempts in a row that failed.</param>
        public void NoteFailedAttempts(byte failedAttempts)
        {
            if (_stored.Record != null)
            {
                _stored.Record.FailedAttempts = failedAttempts;
            }
        }

        private void StartDraft()
        {
            JournalRecordCodec.Copy(_stored.Record, _draft, _scratch);
        }

        private TakeResult Commit(ulong uptimeMs)
        {
            if (!_paginations.TryDraft(_draft))
            {
                return TakeResult.PaginationsUsedUp;
            }

            AppendResult result = _stored.Commit(ref _draft, uptimeMs);
            if (result == AppendResult.StorageFailed)
            {
                return TakeResult.StorageFailed;
            }

            _paginations.Use(_stored.Record);
            return result == AppendResult.Stored ? TakeResult.Taken : TakeResult.NotCounted;
        }
    }
}
