using Helios.Messaging;
using Helios.Metering;
using Helios.Signing;
using Helios.Tests.Firmware.Metering;

namespace Helios.Tests.Firmware.Messaging;

public class ReadingPublisherTests
{
    private readonly MeterOnTheBench _bench = MeterOnTheBench.Enrolled(whPerCoin: 100);
    private readonly SimulatedSigner _signer = new();
    private readonly Outbox _outbox = new(4);

    [Fact]
    public void Puts_the_due_reading_signed_and_encoded_into_the_outbox()
    {
        ReadingPublisher publisher = new(_bench.Meter, _signer, _outbox);
        Assert.Equal(PublishResult.NothingDue, publisher.Publish(_bench.Time));

        _bench.Feed(100);
        Assert.Equal(PublishResult.Published, publisher.Publish(_bench.Time));

        byte[] message = new byte[99];
        Assert.Equal(PeekResult.Found, _outbox.PeekUnsent(message, out uint pagination));
        Assert.Equal(
            CodecResult.Done,
            ReadingCodec.Decode(message, out Reading reading, out byte[] signature));
        Assert.Equal((2U, 100UL), (pagination, reading.ExportWh));
        Assert.All(signature, value => Assert.Equal(0x5A, value));
    }

    [Fact]
    public void Skips_the_pagination_of_a_signature_that_failed()
    {
        ReadingPublisher publisher = new(_bench.Meter, _signer, _outbox);
        _bench.Feed(100);
        _signer.Result = SigningResult.Failed;
        Assert.Equal(PublishResult.SigningFailed, publisher.Publish(_bench.Time));
        Assert.Equal(0, _outbox.Count);

        _signer.Result = SigningResult.Complete;
        Assert.Equal(PublishResult.Published, publisher.Publish(_bench.Time));
        Assert.Equal([2U, 3U], _signer.Paginations);
        Assert.Equal(1, _outbox.Count);
    }

    [Fact]
    public void Hands_acknowledgements_to_the_meters_journal()
    {
        ReadingPublisher publisher = new(_bench.Meter, _signer, _outbox);
        _bench.Feed(100);
        publisher.Publish(_bench.Time);
        _outbox.Acknowledge(2);
        publisher.Publish(_bench.Time);

        Assert.Equal(2U, _bench.Meter.Record.AcknowledgedPagination);
    }

    [Fact]
    public void Signs_nothing_that_the_meter_does_not_hand_out()
    {
        ReadingPublisher publisher = new(_bench.Meter, _signer, _outbox);
        _bench.Storage.Stuck.Add(0);
        _bench.Feed(200);

        Assert.Equal(PublishResult.NotTaken, publisher.Publish(_bench.Time));
        Assert.Empty(_signer.Paginations);
    }

    private sealed class SimulatedSigner : IMeterSigner
    {
        public SigningResult Result { get; set; } = SigningResult.Complete;

        public List<uint> Paginations { get; } = [];

        public int SignatureLength => 64;

        public SigningResult Sign(Reading reading, byte[] signature)
        {
            Paginations.Add(reading.Pagination);
            Array.Fill(signature, (byte)0x5A);
            return Result;
        }

        public SigningResult Sign(Enrolment enrolment, byte[] signature) =>
            throw new InvalidOperationException("A publisher signs readings only.");
    }
}
