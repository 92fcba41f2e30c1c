using System;

namespace Helios.Metering
{
    /// <content>
    /// What supply asks of the meter: import now, and writes of what stands in the journal for it.
    /// </content>
    public sealed partial class Meter
    {
        private ushort _stateStatus;

        /// <summary>Import since the meter was made, Wh, rounded down. Any thread.</summary>
        public ulong ImportWhDown
        {
            get { return _registers.ImportWhDown; }
        }

        /// <summary>
        /// True if the last call of <see cref="Count"/> found both lines as they should be.
        /// Counting thread.
        /// </summary>
        public bool AreLinesSound
        {
            get { return _registers.IsSound; }
        }

        /// <summary>
        /// Status that holds at the moment: told by each reading until it is set anew. Signing
        /// thread.
        /// </summary>
        /// <param name="status">SwitchClosed and LowCredit, or neither.</param>
        public void SetStateStatus(ushort status)
        {
            _stateStatus = status;
        }

        /// <summary>
        /// Copies what the journal holds of supply, and brings the registers of <see
        /// cref="Record"/> up to now. Throws without a journal. Signing thread.
        /// </summary>
        public void CopySupplyTo(SupplyRecord copy)
        {
            _stored.Refresh();
            JournalRecordCodec.Copy(_stored.Record.Supply, copy, _scratch);
        }

        /// <summary>
        /// Lowers the mark of <see cref="Record"/>, since no more than this flows from now on. The
        /// next write of the journal keeps it. Signing thread.
        /// </summary>
        /// <param name="flowWh">Wh beyond import now.</param>
        public void LimitMark(ulong flowWh)
        {
            _stored.Refresh();
            JournalRecord record = _stored.Record;
            ulong markWh = record.ImportWhDown + flowWh;
            if (record.Supply.MarkWh > markWh)
            {
                record.Supply.MarkWh = markWh;
            }
        }

        /// <summary>
        /// Writes what changed of supply to both slots, together with the registers that <see
        /// cref="CopySupplyTo"/> left in <see cref="Record"/>, in one write: all of it or nothing.
        /// A mark below that import becomes that import. Signing thread.
        /// </summary>
        /// <param name="changed">A copy, changed; throws if what only rises fell.</param>
        /// <param name="uptimeMs">Milliseconds since boot.</param>
        public AppendResult StoreSupply(SupplyRecord changed, ulong uptimeMs)
        {
            if (!changed.IsAtLeast(_stored.Record.Supply))
            {
                throw new ArgumentException("A register of supply fell.", nameof(changed));
            }

            StartDraft();
            JournalRecordCodec.Copy(changed, _draft.Supply, _scratch);
            ulong importWh = _draft.ImportWhDown;
            if (_draft.Supply.MarkWh < importWh)
            {
                _draft.Supply.MarkWh = importWh;
            }

            return _stored.Commit(ref _draft, uptimeMs);
        }
    }
}
