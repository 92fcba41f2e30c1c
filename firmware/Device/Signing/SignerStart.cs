using Helios.Messaging;
using Helios.Metering;
using Helios.Signing;

namespace Helios.Device
{
    /// <summary>
    /// The way from an opened journal to a meter that signs: provision the journal, test, load or
    /// make the key, enrol. One step a call, each tried again later if it has to wait.
    /// </summary>
    public sealed class SignerStart
    {
        private const ulong RetryMs = 60000;

        private readonly Platform _platform;
        private readonly DeviceConfiguration _configuration;
        private readonly Meter _meter;
        private readonly StageLinks _links;
        private readonly IMeterKey _key;
        private readonly EnrolmentFile _enrolment;
        private readonly byte[] _address = new byte[AddressBytes.Length];
        private IMeterSigner _signer;
        private ulong _retryUptimeMs;
        private bool _isTested;
        private bool _isUnfit;
        private string _told;

        /// <param name="platform">Flash, console and HMAC.</param>
        /// <param name="configuration">Null without a sound one: then there is no step.</param>
        /// <param name="meter">Opened.</param>
        /// <param name="links">Address, trace, time.</param>
        /// <param name="key">Loaded.</param>
        public SignerStart(
            Platform platform,
            DeviceConfiguration configuration,
            Meter meter,
            StageLinks links,
            IMeterKey key)
        {
            _platform = platform;
            _configuration = configuration;
            _meter = meter;
            _links = links;
            _key = key;
            _enrolment = new EnrolmentFile(platform.Flash, platform.Console);
        }

        /// <summary>Signs what is due; null until everything before it is done.</summary>
        public ReadingPublisher Publisher { get; private set; }

        /// <summary>The next step.</summary>
        /// <returns>True if the one after it can be done at once.</returns>
        public bool Step(ulong uptimeMs)
        {
            if (_isUnfit)
            {
                return false;
            }

            if (_meter.State == MeterState.Unprovisioned)
            {
                return TryProvision(uptimeMs);
            }

            if (_meter.State != MeterState.Ready)
            {
                return false;
            }

            if (!_isTested)
            {
                return TryTest(uptimeMs);
            }

            return _signer == null ? TryTakeKey(uptimeMs) : TryEnrol(uptimeMs);
        }

        private bool TryProvision(ulong uptimeMs)
        {
            if (uptimeMs < _retryUptimeMs)
            {
                return false;
            }

            _retryUptimeMs = uptimeMs + RetryMs;
            if (!_key.TryPrepare(out string obstacle))
            {
                return TellObstacle(obstacle);
            }

            obstacle = ObstacleToProvisioning();
            if (obstacle != null)
            {
                return TellObstacle(obstacle);
            }

            ProvisionResult result = _meter.Provision(uptimeMs);
            if (result == ProvisionResult.Provisioned)
            {
                _retryUptimeMs = 0;
                _key.Load();
                return true;
            }

            return TellObstacle(result == ProvisionResult.ElementSilent
                ? ElementSentence.Silent
                : "The journal cannot be written; it is tried every minute. The meter counts, "
                    + "is not provisioned and signs nothing.");
        }

        // Without one there is a next step at once.
        private bool TellObstacle(string obstacle)
        {
            if (obstacle == null)
            {
                _retryUptimeMs = 0;
                return true;
            }

            TellOnce(obstacle);
            return false;
        }

        // Whatever is left of a meter that was made is not written over; null if nothing is.
        private string ObstacleToProvisioning()
        {
            if (_key.State == KeyResult.StorageFailed || !SlotFiles.AreReadable(_platform.Flash))
            {
                return MeterSentence.Unreadable;
            }

            if (_key.State != KeyResult.Missing)
            {
                return _key.Assurance == Enrolment.SecureElement
                    ? ElementSentence.JournalLost
                    : MeterSentence.OnlyKeyLeft;
            }

            return SlotFiles.AreBothThere(_platform.Flash) ? MeterSentence.OnlyJournalLeft : null;
        }

        private bool TryTest(ulong uptimeMs)
        {
            SelfTestResult result = new SelfTest(_platform.Hmac).Run();
            _isTested = result == SelfTestResult.Passed;
            _isUnfit = !_isTested;
            if (_isUnfit)
            {
                _links.Trace.Add(TraceCode.SelfTestFailed, (byte)result, uptimeMs);
                TellOnce("The self-test gave a wrong answer: chip, image or program is broken. The "
                    + "meter counts on and signs nothing.");
            }

            return _isTested;
        }

        private bool TryTakeKey(ulong uptimeMs)
        {
            // A meter that signed without having its key now is KeyLost and does not come here:
            // no key that ever signed is replaced.
            bool isLoaded = _key.State == KeyResult.Found;
            if (!isLoaded && !TryMakeKey(uptimeMs))
            {
                return false;
            }

            MeterConfiguration configuration = _configuration.Meter;
            _signer = _key.CreateSigner(
                new Eip712Domain(configuration.ChainId, configuration.VerifyingContract),
                _address);
            _links.Trace.Add(TraceCode.KeyReady, isLoaded ? 0U : 1U, uptimeMs);
            return true;
        }

        private bool TryMakeKey(ulong uptimeMs)
        {
            if (!_key.CanBeMade || uptimeMs < _retryUptimeMs)
            {
                return false;
            }

            _retryUptimeMs = uptimeMs + RetryMs;
            if (_key.TryMake(_configuration.ProvisioningNonce) == KeyResult.Found)
            {
                _retryUptimeMs = 0;
                return true;
            }

            TellOnce(_key.Assurance == Enrolment.SecureElement
                ? ElementSentence.Silent
                : "The key cannot be made or written; it is tried every minute. The meter counts "
                    + "on and signs nothing.");
            return false;
        }

        private bool TryEnrol(ulong uptimeMs)
        {
            JournalRecord record = _meter.Record;
            byte[] owner = _configuration.Owner;
            bool isSigned = record.IsEnrolled
                && AddressBytes.AreEqual(record.Owner, owner)
                && _enrolment.TryRead(_address, owner, _configuration.Meter.MaxPowerW);
            if (!isSigned && !TrySignEnrolment(owner, uptimeMs))
            {
                return false;
            }

            _platform.Console.WriteLine(MeterSentence.Introduce(_address, _key));
            _enrolment.Print();
            Publisher = new ReadingPublisher(_meter, _signer, _links.Outbox);

            // The network stage connects under the meter's name from now on.
            _links.Identity.Set(_address, _enrolment.Message);
            _links.NetworkSignal.Raise();
            return true;
        }

        private bool TrySignEnrolment(byte[] owner, ulong uptimeMs)
        {
            if (uptimeMs < _retryUptimeMs)
            {
                return false;
            }

            TakeResult taken = _meter.TakeEnrolment(
                owner, _links.Clock.At(uptimeMs), out Reading registers);
            if (taken != TakeResult.Taken)
            {
                return false;
            }

            Enrolment enrolment = Enrolment.Of(
                _address, owner, _configuration.Meter, registers, _key.Assurance);
            byte[] signature = new byte[_signer.SignatureLength];
            if (_signer.Sign(enrolment, signature) != SigningResult.Complete)
            {
                // Each attempt takes a pagination and two writes.
                _retryUptimeMs = uptimeMs + RetryMs;
                return false;
            }

            // Not kept, it is signed again at the next boot, under another pagination.
            _enrolment.Keep(enrolment, signature);
            _links.Trace.Add(TraceCode.Enrolled, registers.Pagination, uptimeMs);
            return true;
        }

        private void TellOnce(string sentence)
        {
            if (!string.Equals(sentence, _told))
            {
                _told = sentence;
                _platform.Console.WriteLine(sentence);
            }
        }
    }
}
