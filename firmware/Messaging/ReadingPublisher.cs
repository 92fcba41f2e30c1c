using System;
using Helios.Metering;
using Helios.Signing;

namespace Helios.Messaging
{
    /// <summary>
    /// From the meter to the outbox: takes the reading that is due, which the meter journals
    /// first, signs it, encodes it and keeps it for the network. Used by the signing thread.
    /// </summary>
    public sealed class ReadingPublisher
    {
        private readonly Meter _meter;
        private readonly IMeterSigner _signer;
        private readonly Outbox _outbox;
        private readonly byte[] _signature;
        private readonly byte[] _message;

        /// <param name="meter">Opened by the caller.</param>
        /// <param name="signer">The meter's key.</param>
        /// <param name="outbox">Where signed readings wait.</param>
        public ReadingPublisher(Meter meter, IMeterSigner signer, Outbox outbox)
        {
            _meter = meter;
            _signer = signer;
            _outbox = outbox;
            _signature = new byte[signer.SignatureLength];
            _message = new byte[ReadingCodec.ReadingLength + signer.SignatureLength];
        }

        /// <summary>Publishes the reading that is due, if one is: at most one a call.</summary>
        public PublishResult Publish(MeterTime time)
        {
            // Here and not where it arrives, because the meter's record belongs to this thread.
            _meter.Acknowledge(_outbox.AcknowledgedPagination);

            TakeResult taken = _meter.TakeReading(time, out Reading reading);
            if (taken != TakeResult.Taken)
            {
                return taken == TakeResult.NothingDue
                    ? PublishResult.NothingDue
                    : PublishResult.NotTaken;
            }

            if (_signer.Sign(reading, _signature) != SigningResult.Complete)
            {
                _meter.RepeatReading();
                return PublishResult.SigningFailed;
            }

            if (ReadingCodec.Encode(reading, _signature, _message) != CodecResult.Done)
            {
                // The meter keeps its registers, time and status in range.
                throw new InvalidOperationException();
            }

            _outbox.Add(reading.Pagination, _message);
            return PublishResult.Published;
        }
    }
}
