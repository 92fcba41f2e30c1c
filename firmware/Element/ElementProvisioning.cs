namespace Helios.Element
{
    /// <summary>
    /// Makes a blank element a meter's, in steps that cannot be undone: its configuration is
    /// written and locked, a key is born in slot 0, data zone and slot are locked. Each step looks
    /// first at what the element is, so that it may be cut off anywhere and called again. An
    /// element that is locked otherwise is refused and not touched.
    /// </summary>
    public sealed class ElementProvisioning
    {
        private readonly SecureElement _element;
        private readonly ElementConfiguration _configuration = new ElementConfiguration();
        private readonly byte[] _word = new byte[ElementCommand.WordLength];
        private readonly byte[] _publicKey = new byte[SecureElement.SignatureLength];

        /// <param name="element">Which.</param>
        public ElementProvisioning(SecureElement element)
        {
            _element = element;
        }

        /// <summary>What it was when it was looked at last.</summary>
        public ElementState State { get; private set; }

        /// <summary>What the steps do from this state on, a sentence each.</summary>
        public static string[] Plan(ElementState state)
        {
            const string LockSlot = "lock slot 0, so that its key can never be made anew;";
            const string MakeKey = "make a private key in slot 0, which never leaves the element,"
                + " and lock the data zone;";
            const string Configure = "write the configuration of a meter and lock it;";
            switch (state)
            {
                case ElementState.Blank:
                    return new[] { Configure, MakeKey, LockSlot };
                case ElementState.Configured:
                    return new[] { MakeKey, LockSlot };
                case ElementState.KeyMade:
                    return new[] { LockSlot };
                default:
                    return new string[0];
            }
        }

        /// <summary>Looks at it and changes nothing.</summary>
        public ElementResult Look()
        {
            ElementResult result = _element.ReadConfiguration(_configuration);
            State = result == ElementResult.Done ? _configuration.State : ElementState.Unknown;
            return result;
        }

        /// <summary>Copies its serial number, once it was looked at.</summary>
        /// <param name="serial">9 bytes.</param>
        public void CopySerialTo(byte[] serial)
        {
            _configuration.CopySerialTo(serial);
        }

        /// <summary>
        /// One step towards Ready; cannot be undone. To be called until it is Ready: what is
        /// unclear after a step shows at the next.
        /// </summary>
        public ElementResult Step()
        {
            ElementResult result = Look();
            if (result != ElementResult.Done)
            {
                return result;
            }

            switch (State)
            {
                case ElementState.Blank:
                    return Configure();
                case ElementState.Configured:
                    result = MakeKey();
                    return result == ElementResult.Done
                        ? _element.Run(ElementCommand.LockData(), _word)
                        : result;
                case ElementState.KeyMade:
                    return LockSlot();
                case ElementState.Ready:
                    return ElementResult.Done;
                default:
                    return ElementResult.LockedDifferently;
            }
        }

        private ElementResult MakeKey()
        {
            return _element.Run(ElementCommand.MakeKey(SecureElement.KeySlot), _publicKey);
        }

        // The data zone of one that came locked so may be without a key.
        private ElementResult LockSlot()
        {
            ElementResult result = _element.ReadPublicKey(_publicKey);
            if (result == ElementResult.ComputedWrong)
            {
                result = MakeKey();
            }

            return result == ElementResult.Done
                ? _element.Run(ElementCommand.LockSlot(SecureElement.KeySlot), _word)
                : result;
        }

        // Locked under the checksum of what was read: if a word went wrong on its way, the element
        // refuses.
        private ElementResult Configure()
        {
            return _configuration.TryNextDifference(out uint word, _word)
                ? _element.Run(ElementCommand.WriteConfiguration(word, _word), _publicKey)
                : _element.Run(
                    ElementCommand.LockConfiguration(_configuration.Summary), _word);
        }
    }
}
