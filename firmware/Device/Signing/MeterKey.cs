using System;
using Helios.Signing;

namespace Helios.Device
{
    /// <summary>The meter's key in files, in clear: assurance 0.</summary>
    public sealed class MeterKey : IMeterKey
    {
        private readonly Platform _platform;
        private readonly KeyStore _store;
        private readonly byte[] _secret = new byte[SigningKey.SecretLength];
        private SigningKey _key;
        private bool _isStirred;

        /// <param name="platform">Flash, HMAC, entropy and the radio.</param>
        public MeterKey(Platform platform)
        {
            _platform = platform;
            _store = new KeyStore(platform.Flash);
        }

        /// <inheritdoc/>
        public KeyResult State { get; private set; } = KeyResult.Missing;

        /// <inheritdoc/>
        public byte Assurance
        {
            get { return Enrolment.SoftwareKey; }
        }

        /// <inheritdoc/>
        public string DescribePlace()
        {
            return "files that whoever has the board can read";
        }

        /// <inheritdoc/>
        public KeyResult Load()
        {
            State = _store.Load(_secret);
            return State;
        }

        /// <inheritdoc/>
        public bool TryPrepare(out string obstacle)
        {
            obstacle = null;
            return true;
        }

        /// <summary>While the radio is on: without it the chip's random bytes are none.</summary>
        public bool CanBeMade
        {
            get { return _platform.Link.IsUp; }
        }

        /// <summary>Makes the key of a meter that never signed, if it can be made.</summary>
        /// <param name="nonce">The configuration's provisioning nonce.</param>
        /// <returns>Found if it is there now.</returns>
        public KeyResult TryMake(byte[] nonce)
        {
            if (!CanBeMade)
            {
                return State;
            }

            byte[] made = new KeyMaker(_platform.Entropy, _platform.Hmac).TryMake(nonce);
            if (made == null)
            {
                return State;
            }

            State = _store.Create(made);
            if (State == KeyResult.Found)
            {
                Array.Copy(made, 0, _secret, 0, made.Length);
            }

            Array.Clear(made, 0, made.Length);
            return State;
        }

        /// <summary>
        /// The signer with this key; the secret is only in there after that. Once, after Found.
        /// </summary>
        /// <param name="domain">The deployment for which is signed.</param>
        /// <param name="address">Receives the meter's address, 20 bytes.</param>
        public IMeterSigner CreateSigner(Eip712Domain domain, byte[] address)
        {
            _key = new SigningKey(_secret, _platform.Hmac);
            Array.Clear(_secret, 0, _secret.Length);
            _key.CopyAddressTo(address, 0);
            return new SoftwareSigner(_key, domain);
        }

        /// <summary>Mixes random bytes into the key's masks, once the radio is on.</summary>
        public void StirOnce()
        {
            if (_isStirred || !_platform.Link.IsUp)
            {
                return;
            }

            byte[] entropy = new byte[SigningKey.SecretLength];
            _platform.Entropy.Fill(entropy);
            _key.Stir(entropy);
            Array.Clear(entropy, 0, entropy.Length);
            _isStirred = true;
        }
    }
}
