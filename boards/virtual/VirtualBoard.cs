using System.Security.Cryptography;
using Helios.Boards.Simulated;
using Helios.Boards.Virtual.Pins;
using Helios.Boards.Virtual.Power;
using Helios.Messaging;
using Helios.Metering;
using Helios.Signing;
using PulseOutput = Helios.Boards.Virtual.Pins.PulseOutput;

namespace Helios.Boards.Virtual;

/// <summary>
/// A board that is this computer: the firmware's own code from the pulse counter to the outbox, with
/// simulated pulse outputs and storage. It has no threads; whoever owns the time drives it.
/// </summary>
public sealed class VirtualBoard
{
    private readonly PowerCursor _power;
    private readonly PulseOutput _export;
    private readonly PulseOutput _import;
    private readonly Meter _meter;
    private readonly MeterConfiguration _configuration;
    private readonly SoftwareSigner _signer;
    private readonly ReadingPublisher _publisher;

    /// <summary>Makes a board, provisions its journal, then makes its key.</summary>
    /// <param name="configuration">What the meter is provisioned with.</param>
    /// <param name="power">The power that flows through its kWh meter.</param>
    public VirtualBoard(MeterConfiguration configuration, PowerCursor power)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        _configuration = configuration;
        _power = power;
        _export = new PulseOutput(configuration.ImpulsesPerKwh);
        _import = new PulseOutput(configuration.ImpulsesPerKwh);
        _meter = new Meter(configuration, _export, _import, new SimulatedSlots());
        Require(_meter.Open(keyExists: false, uptimeMs: 0) == MeterState.Unprovisioned, "open");
        Require(_meter.Provision(uptimeMs: 0) == ProvisionResult.Provisioned, "provision");

        var secret = RandomNumberGenerator.GetBytes(SigningKey.SecretLength);
        var key = new SigningKey(secret, new DotnetHmacSha256());
        CryptographicOperations.ZeroMemory(secret);
        key.CopyAddressTo(Address, 0);
        _signer = new SoftwareSigner(
            key, new Eip712Domain(configuration.ChainId, configuration.VerifyingContract));
        Outbox = new Outbox(Outbox.CapacityDefault);
        _publisher = new ReadingPublisher(_meter, _signer, Outbox);
    }

    /// <summary>The meter's address, 20 bytes.</summary>
    public byte[] Address { get; } = new byte[SignerAddress.Length];

    /// <summary>Signed readings that wait for a relay.</summary>
    public Outbox Outbox { get; }

    /// <summary>Readings signed since the start, the Enrolment not counted.</summary>
    public long ReadingsSigned { get; private set; }

    /// <summary>Impulses that the kWh meter made: fed out, taken in.</summary>
    public (long Export, long Import) ImpulsesMade => (_export.ImpulsesMade, _import.ImpulsesMade);

    /// <summary>Impulses that the firmware counted: fed out, taken in.</summary>
    public (long Export, long Import) ImpulsesCounted =>
        ((long)_meter.ExportImpulses, (long)_meter.ImportImpulses);

    /// <summary>The registers as the journal holds them, those signed last among them.</summary>
    public JournalRecord Record => _meter.Record;

    /// <summary>The Enrolment that the meter signs for an owner.</summary>
    /// <param name="owner">Who gets the coins, 20 bytes.</param>
    /// <param name="now">The time that the meter believes.</param>
    /// <returns>What was signed, and the 64 bytes of the signature.</returns>
    public (Enrolment Enrolment, byte[] Signature) Enrol(byte[] owner, DateTimeOffset now)
    {
        var taken = _meter.TakeEnrolment(owner, Synchronised(now, 0), out var registers);
        Require(taken == TakeResult.Taken, "enrol in");
        var enrolment = Enrolment.Of(
            Address, owner, _configuration, registers, Enrolment.SoftwareKey);
        var signature = new byte[SigningKey.SignatureLength];
        Require(_signer.Sign(enrolment, signature) == SigningResult.Complete, "sign with");
        return (enrolment, signature);
    }

    /// <summary>Lets time pass: energy flows, impulses are counted, what is due is signed.</summary>
    /// <param name="startsAt">When the first of these seconds begins.</param>
    /// <param name="uptimeSeconds">Seconds since the board was switched on.</param>
    /// <param name="seconds">Seconds that pass.</param>
    public void Advance(DateTimeOffset startsAt, long uptimeSeconds, int seconds)
    {
        for (var second = 1; second <= seconds; second++)
        {
            var powerMilliwatts = _power.NextMilliwatts();
            _export.FlowForOneSecond(Math.Max(powerMilliwatts, 0));
            _import.FlowForOneSecond(Math.Max(-powerMilliwatts, 0));

            var time = Synchronised(startsAt.AddSeconds(second), uptimeSeconds + second);
            _meter.Count(time.UptimeMs);
            _meter.Keep(time.UptimeMs);
            while (_publisher.Publish(time) == PublishResult.Published)
            {
                ReadingsSigned++;
            }
        }
    }

    /// <summary>What a relay acknowledged; any thread.</summary>
    public void Acknowledge(Acknowledgement acknowledgement)
    {
        ArgumentNullException.ThrowIfNull(acknowledgement);
        Outbox.Acknowledge(acknowledgement.StoredPagination);
    }

    private static MeterTime Synchronised(DateTimeOffset now, long uptimeSeconds) => new(
        (ulong)uptimeSeconds * 1000,
        (ulong)now.ToUnixTimeSeconds(),
        ReadingStatus.TimeSynchronised);

    private static void Require(bool isDone, string step)
    {
        if (!isDone)
        {
            throw new InvalidOperationException($"A new board could not {step} its journal.");
        }
    }
}
