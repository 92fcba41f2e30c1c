using Helios.Messaging;

namespace Helios.Device
{
    /// <summary>
    /// What the stages tell one another. Nothing in here waits: whoever asks another stage goes
    /// on, and is woken.
    /// </summary>
    public sealed class StageLinks
    {
        /// <param name="threads">Makes the stages' signals.</param>
        public StageLinks(IThreads threads)
        {
            CountingSignal = threads.CreateSignal();
            SigningSignal = threads.CreateSignal();
            NetworkSignal = threads.CreateSignal();
            Store = new StoreRequest(SigningSignal, NetworkSignal);
            Restart = new RestartOrder(SigningSignal);
            LastCount = new LastCount(CountingSignal, SigningSignal);
            Inbox = new SupplyInbox(SigningSignal, NetworkSignal);
            Button = new OwnerButton(SigningSignal);
        }

        /// <summary>Wakes the counting stage.</summary>
        public IWakeSignal CountingSignal { get; }

        /// <summary>Wakes the signing stage.</summary>
        public IWakeSignal SigningSignal { get; }

        /// <summary>Wakes the network stage: a reading waits, the meter has an address.</summary>
        public IWakeSignal NetworkSignal { get; }

        /// <summary>Network to signing: write the journal, I am about to block.</summary>
        public StoreRequest Store { get; }

        /// <summary>Network to signing: orders, sets of controllers, requests.</summary>
        public SupplyInbox Inbox { get; }

        /// <summary>Counting to signing: the owner's button.</summary>
        public OwnerButton Button { get; }

        /// <summary>Any to signing: store and restart.</summary>
        public RestartOrder Restart { get; }

        /// <summary>Signing to counting: count now, I am about to store.</summary>
        public LastCount LastCount { get; }

        /// <summary>Signing to network: signed readings.</summary>
        public Outbox Outbox { get; } = new Outbox(Outbox.CapacityDefault);

        /// <summary>Signing to network: the meter's address.</summary>
        public MeterIdentity Identity { get; } = new MeterIdentity();

        /// <summary>Network to signing: the time.</summary>
        public DeviceClock Clock { get; } = new DeviceClock();

        /// <summary>How the device is.</summary>
        public DeviceCondition Condition { get; } = new DeviceCondition();

        /// <summary>What happened last.</summary>
        public Trace Trace { get; } = new Trace();
    }
}
