using System;
using System.Threading;
using Helios.Element;
using Helios.Metering;
using Helios.Supply;

namespace Helios.Device
{
    /// <summary>
    /// The device from its first instruction on: pins and counters, configuration, meter, then the
    /// stages, counting first. A simulated board starts the same.
    /// </summary>
    public sealed class DeviceProgram
    {
        private readonly Platform _platform;

        /// <param name="platform">What it stands on.</param>
        public DeviceProgram(Platform platform)
        {
            _platform = platform;
            Links = new StageLinks(platform.Threads);
        }

        /// <summary>What the stages tell one another.</summary>
        public StageLinks Links { get; }

        /// <summary>
        /// The meter; null before <see cref="Start"/> and on a chip that cannot count.
        /// </summary>
        public Meter Meter { get; private set; }

        /// <summary>The pins; null where there is no <see cref="Meter"/>.</summary>
        public BoardIo Io { get; private set; }

        /// <summary>Starts everything and returns. Throws nothing.</summary>
        public void Start()
        {
            try
            {
                Io = BoardIo.TryOpen(Links);
                if (Io == null)
                {
                    StartAlone(new NoCounterStage(_platform.Console));
                }
                else
                {
                    StartStages();
                }
            }
            catch (Exception failure)
            {
                _platform.Console.WriteLine("The start failed: " + FaultHandler.Describe(failure)
                    + ". It is tried again every 10 s; see that program and board fit.");
                StartAlone(new FailedStartStage(_platform.Power));
            }
        }

        private void StartStages()
        {
            ConfigurationFile file = new ConfigurationFile(_platform.Flash, _platform.Console);
            DeviceConfiguration configuration = file.Read();
            SecureElement element = configuration != null && configuration.IsKeyInElement
                ? new SecureElement(new I2cElementBus(_platform.Threads))
                : null;
            Meter = CreateMeter(configuration, element);
            LoadSwitch loadSwitch = new LoadSwitch(
                configuration == null ? 1 : configuration.Meter.MaxPowerW);
            RestartSequence restart = new RestartSequence(
                Meter, Links, _platform.Power, Io.PowerFail);
            FaultHandler faults = new FaultHandler(_platform.Console, Links, restart);
            GuardedStage signing = new GuardedStage(
                StageName.Signing,
                new SigningStage(
                    _platform,
                    configuration,
                    file.IsUnread,
                    Meter,
                    loadSwitch,
                    Links,
                    restart,
                    CreateKey(configuration, element)),
                faults);

            // Without a configuration there is nobody to talk to.
            GuardedStage network = configuration == null ? null : new GuardedStage(
                StageName.Network, new NetworkStage(_platform, configuration, Links), faults);
            GuardedStage counting = new GuardedStage(
                StageName.Counting,
                new CountingStage(
                    Meter, Io, loadSwitch, Links, restart, Watched(signing, network)),
                faults);

            IThreads threads = _platform.Threads;
            threads.Start(counting, Links.CountingSignal, ThreadPriority.Highest);
            threads.Start(signing, Links.SigningSignal, ThreadPriority.Normal);
            if (network != null)
            {
                threads.Start(network, Links.NetworkSignal, ThreadPriority.BelowNormal);
            }
        }

        private static GuardedStage[] Watched(GuardedStage signing, GuardedStage network)
        {
            return network == null
                ? new GuardedStage[] { signing }
                : new GuardedStage[] { signing, network };
        }

        private IMeterKey CreateKey(DeviceConfiguration configuration, SecureElement element)
        {
            return element == null
                ? new MeterKey(_platform)
                : (IMeterKey)new ElementKey(element, configuration.ElementLock);
        }

        private Meter CreateMeter(DeviceConfiguration configuration, SecureElement element)
        {
            SlotFiles slots = new SlotFiles(_platform.Flash);
            return configuration == null
                ? Meter.WithoutConfiguration(Io.Export, Io.Import, slots)
                : new Meter(
                    configuration.Meter,
                    Io.Export,
                    Io.Import,
                    slots,
                    element == null ? null : new ElementCounter(element));
        }

        private void StartAlone(IStage stage)
        {
            RestartSequence restart = new RestartSequence(null, Links, _platform.Power, null);
            FaultHandler faults = new FaultHandler(_platform.Console, Links, restart);
            _platform.Threads.Start(
                new GuardedStage(StageName.Counting, stage, faults),
                Links.CountingSignal,
                ThreadPriority.Normal);
        }
    }
}
