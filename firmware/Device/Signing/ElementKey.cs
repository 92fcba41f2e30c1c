using Helios.Element;
using Helios.Messaging;
using Helios.Signing;

namespace Helios.Device
{
    /// <summary>
    /// The meter's key in a secure element. An element that never counted never had a journal: it
    /// is Missing, and a journal may be begun; one that did is Found, whatever the flash holds.
    /// </summary>
    public sealed class ElementKey : IMeterKey
    {
        private readonly SecureElement _element;
        private readonly ElementProvisioning _provisioning;
        private readonly byte[] _permitted;
        private readonly byte[] _serial = new byte[SecureElement.SerialLength];
        private readonly byte[] _publicKey = new byte[SignerAddress.PublicKeyLength];

        /// <param name="element">Which.</param>
        /// <param name="permitted">
        /// Serial number of the element that may be locked, 9 bytes; null if none may.
        /// </param>
        public ElementKey(SecureElement element, byte[] permitted)
        {
            _element = element;
            _provisioning = new ElementProvisioning(element);
            _permitted = permitted;
        }

        /// <inheritdoc/>
        public KeyResult State { get; private set; } = KeyResult.StorageFailed;

        /// <inheritdoc/>
        public byte Assurance
        {
            get { return Enrolment.SecureElement; }
        }

        /// <inheritdoc/>
        public string DescribePlace()
        {
            _provisioning.CopySerialTo(_serial);
            return "secure element " + Topics.ToHex(_serial);
        }

        /// <inheritdoc/>
        public KeyResult Load()
        {
            State = Look();
            return State;
        }

        /// <inheritdoc/>
        public bool TryPrepare(out string obstacle)
        {
            obstacle = null;
            if (State == KeyResult.StorageFailed && Load() == KeyResult.StorageFailed)
            {
                obstacle = ElementSentence.Silent;
                return false;
            }

            if (_provisioning.State == ElementState.Ready)
            {
                return true;
            }

            obstacle = Obstacle();
            if (obstacle == null)
            {
                bool isTaken = _provisioning.Step() == ElementResult.Done;
                Load();
                obstacle = isTaken ? null : ElementSentence.StepNotTaken;
            }

            return false;
        }

        /// <inheritdoc/>
        public bool CanBeMade
        {
            get { return true; }
        }

        /// <inheritdoc/>
        public KeyResult TryMake(byte[] nonce)
        {
            // Born in the element when that was provisioned.
            return Load();
        }

        /// <inheritdoc/>
        public IMeterSigner CreateSigner(Eip712Domain domain, byte[] address)
        {
            SignerAddress.Write(_publicKey, address);
            return new ElementSigner(_element, domain, _publicKey);
        }

        /// <inheritdoc/>
        public void StirOnce()
        {
            // Its randomness is the element's own.
        }

        private KeyResult Look()
        {
            if (_provisioning.Look() != ElementResult.Done)
            {
                return KeyResult.StorageFailed;
            }

            if (_provisioning.State != ElementState.Ready)
            {
                return IsForOthers() ? KeyResult.Damaged : KeyResult.Missing;
            }

            if (_element.ReadPublicKey(_publicKey) != ElementResult.Done
                || _element.ReadCounter(out uint count) != ElementResult.Done)
            {
                return KeyResult.StorageFailed;
            }

            return count > 0 ? KeyResult.Found : KeyResult.Missing;
        }

        private string Obstacle()
        {
            if (IsForOthers())
            {
                return _provisioning.State == ElementState.OtherChip
                    ? ElementSentence.OtherChip
                    : ElementSentence.LockedDifferently;
            }

            _provisioning.CopySerialTo(_serial);
            return _permitted != null && IsPermitted()
                ? null
                : ElementSentence.Plan(_provisioning.State, _serial, _permitted);
        }

        private bool IsForOthers()
        {
            return _provisioning.State == ElementState.LockedDifferently
                || _provisioning.State == ElementState.OtherChip;
        }

        private bool IsPermitted()
        {
            for (int i = 0; i < SecureElement.SerialLength; i++)
            {
                if (_serial[i] != _permitted[i])
                {
                    return false;
                }
            }

            return true;
        }
    }
}
