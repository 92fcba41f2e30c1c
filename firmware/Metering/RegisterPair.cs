namespace Helios.Metering
{
    /// <summary>
    /// Export and import together, between the counting thread that raises them and the other that
    /// journals and signs them. The lock is held for a few assignments only: no reading of a
    /// counter, one division at the most, no flash inside, so that neither thread ever waits for
    /// the other's work.
    /// </summary>
    public sealed class RegisterPair
    {
        private readonly object _lock = new object();
        private readonly PulseInput _exportInput;
        private readonly PulseInput _importInput;
        private EnergyRegister _export;
        private EnergyRegister _import;
        private ushort _pendingStatus;

        /// <param name="exportInput">The line of what is fed out.</param>
        /// <param name="importInput">The line of what is taken in.</param>
        /// <param name="impulsesPerKwh">Impulse constant of both lines, imp/kWh.</param>
        public RegisterPair(PulseInput exportInput, PulseInput importInput, uint impulsesPerKwh)
        {
            _exportInput = exportInput;
            _importInput = importInput;
            _export = new EnergyRegister(impulsesPerKwh, 0, 0);
            _import = new EnergyRegister(impulsesPerKwh, 0, 0);
        }

        /// <summary>Impulses of export since the meter was made. Any thread.</summary>
        public ulong ExportImpulses
        {
            get
            {
                lock (_lock)
                {
                    return _export.Impulses;
                }
            }
        }

        /// <summary>Impulses of import since the meter was made. Any thread.</summary>
        public ulong ImportImpulses
        {
            get
            {
                lock (_lock)
                {
                    return _import.Impulses;
                }
            }
        }

        /// <summary>Import, Wh, rounded down, 0 to 2^48 - 1. Any thread.</summary>
        public ulong ImportWhDown
        {
            get
            {
                lock (_lock)
                {
                    return _import.EnergyWhDown;
                }
            }
        }

        /// <summary>
        /// True if the last count found nothing wrong on either line. Counting thread only.
        /// </summary>
        public bool IsSound { get; private set; }

        /// <summary>Counts what both lines brought. Counting thread only.</summary>
        public void Count(ulong uptimeMs)
        {
            // One line is counted even if reading the other throws.
            try
            {
                ulong exportImpulses = _exportInput.TakeImpulses(uptimeMs);
                lock (_lock)
                {
                    _export.Add(exportImpulses);
                }
            }
            finally
            {
                CountImport(uptimeMs);
            }
        }

        /// <summary>
        /// Puts what was counted since boot on top of what the journal knows, in the journal's
        /// impulse constant. Once, at boot.
        /// </summary>
        public void Restore(JournalRecord record)
        {
            // Both are made before either is taken: without memory all stays as it was.
            EnergyRegister export = new EnergyRegister(
                record.ImpulsesPerKwh, record.ExportImpulses, 0);
            EnergyRegister import = new EnergyRegister(
                record.ImpulsesPerKwh, record.ImportImpulses, record.ImportStepThousandths);
            lock (_lock)
            {
                export.Add(_export.Impulses);
                import.Add(_import.Impulses);
                _export = export;
                _import = import;
                _pendingStatus |= record.PendingStatus;
            }
        }

        /// <summary>Puts the registers and the status still to be told into a record.</summary>
        public void CopyTo(JournalRecord record)
        {
            lock (_lock)
            {
                record.ExportImpulses = _export.Impulses;
                record.ImportImpulses = _import.Impulses;
                record.PendingStatus = _pendingStatus;
            }
        }

        /// <summary>
        /// Takes back what a reading is about to tell, so that what happens from now on is told by
        /// the next one.
        /// </summary>
        public void ClearStatus(ushort told)
        {
            lock (_lock)
            {
                _pendingStatus = (ushort)(_pendingStatus & ~told);
            }
        }

        /// <summary>Adds status that the next reading must tell.</summary>
        public void AddStatus(ushort status)
        {
            lock (_lock)
            {
                _pendingStatus |= status;
            }
        }

        private void CountImport(ulong uptimeMs)
        {
            ulong importImpulses = _importInput.TakeImpulses(uptimeMs);
            bool isFaulty = _exportInput.IsFaulty || _importInput.IsFaulty;
            bool isAboveRatedPower = _exportInput.IsAboveRatedPower
                || _importInput.IsAboveRatedPower;
            IsSound = !isFaulty && !isAboveRatedPower;

            lock (_lock)
            {
                _import.Add(importImpulses);
                if (isFaulty)
                {
                    _pendingStatus |= ReadingStatus.PulseLineFault;
                }

                if (isAboveRatedPower)
                {
                    _pendingStatus |= ReadingStatus.AboveRatedPower;
                }
            }
        }
    }
}
