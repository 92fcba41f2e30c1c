using Helios.Metering;

namespace Helios.Tests.OnDevice.Metering
{
    /// <summary>A meter with lines, slots and a clock of its own, to be cut and booted.</summary>
    internal sealed class BenchMeter
    {
        /// <summary>What a cut may take: a minute at 3.6 kW and 1,000 imp/kWh.</summary>
        public const ulong ImpulsesAheadMax = 60;

        private static readonly byte[] Ledger = Hex.Repeated(0x1E, 20);
        private static readonly byte[] Owner = Hex.Repeated(0x0A, 20);

        private readonly MeterConfiguration _configuration;

        public BenchMeter()
        {
            _configuration = new MeterConfiguration(31337, Ledger, 1000, 3600, 100, 1000000, 0);
            Boot();
        }

        public CutSlots Slots { get; } = new CutSlots();

        public PulseLine ExportLine { get; private set; }

        public Meter Meter { get; private set; }

        /// <summary>The key is made once the journal is provisioned, and stays.</summary>
        public bool HasKey { get; private set; }

        public ulong UptimeMs { get; private set; }

        public ulong ExportMade { get; private set; }

        public MeterTime Time
        {
            get
            {
                return new MeterTime(
                    UptimeMs, 1750000000 + UptimeMs / 1000, ReadingStatus.TimeSynchronised);
            }
        }

        /// <summary>A restart: counters from zero, a new program, the same storage.</summary>
        public MeterState Boot()
        {
            UptimeMs = 0;
            ExportLine = new PulseLine();
            Meter = new Meter(_configuration, ExportLine, new PulseLine(), Slots);
            return Meter.Open(HasKey, UptimeMs);
        }

        public bool Provision()
        {
            HasKey = Meter.Provision(UptimeMs) == ProvisionResult.Provisioned;
            return HasKey;
        }

        public TakeResult Enrol(out Reading registers)
        {
            return Meter.TakeEnrolment(Owner, Time, out registers);
        }

        /// <summary>Export impulses at a second each, kept while there is power.</summary>
        public void Feed(int impulses)
        {
            for (int i = 0; i < impulses && !Slots.IsOff; i++)
            {
                UptimeMs += 1000;
                ExportLine.Count++;
                ExportMade++;
                Meter.Count(UptimeMs);
                Meter.Keep(UptimeMs);
            }
        }
    }
}
