using System;

namespace Helios.Element
{
    /// <summary>
    /// An ATECC608A or B on its bus: what a meter asks of it. A call takes what the element takes,
    /// 0.2 s for a signature, and ends within 2.5 s and one transfer of the platform whatever
    /// happens. It throws nothing, and between two calls the element idles. Used by one thread.
    /// </summary>
    public sealed class SecureElement
    {
        /// <summary>Bytes of a digest to be signed.</summary>
        public const int DigestLength = 32;

        /// <summary>Bytes of r and s, and of X and Y.</summary>
        public const int SignatureLength = 64;

        /// <summary>Bytes of the chip's serial number.</summary>
        public const int SerialLength = 9;

        /// <summary>Bytes of the revision.</summary>
        public const int RevisionLength = ElementCommand.WordLength;

        /// <summary>Random bytes of one call.</summary>
        public const int RandomLength = ElementCommand.BlockLength;

        /// <summary>
        /// Where a counter ends, and counts no further (cryptoauthlib 788acf6f,
        /// COUNTER_MAX_VALUE).
        /// </summary>
        public const uint CounterMax = 2097151;

        // Of the meter's key. Counter 0 binds its journal.
        internal const uint KeySlot = 0;
        private const uint JournalCounter = 0;
        private const int CountsMax = 3;

        private readonly ElementLink _link;
        private readonly byte[] _block = new byte[ElementCommand.BlockLength];
        private readonly byte[] _counter = new byte[ElementCommand.WordLength];
        private readonly byte[] _made = new byte[SignatureLength];

        /// <param name="bus">Where it is.</param>
        public SecureElement(IElementBus bus)
        {
            _link = new ElementLink(bus);
        }

        /// <summary>Its revision: 00 00 60 and one more byte of an ATECC608.</summary>
        /// <param name="revision">4 bytes.</param>
        public ElementResult ReadRevision(byte[] revision)
        {
            return Run(ElementCommand.Info(), revision);
        }

        /// <summary>Its serial number, fixed by its maker.</summary>
        /// <param name="serial">9 bytes.</param>
        public ElementResult ReadSerial(byte[] serial)
        {
            ElementResult result = Run(ElementCommand.ReadConfiguration(0), _block);
            if (result == ElementResult.Done)
            {
                Array.Copy(_block, 0, serial, 0, 4);
                Array.Copy(_block, 8, serial, 4, 5);
            }

            return result;
        }

        /// <summary>Its whole configuration zone, which anyone on the bus can read.</summary>
        public ElementResult ReadConfiguration(ElementConfiguration configuration)
        {
            _link.StartLimit();
            uint block = 0;
            for (int offset = 0; offset < ElementConfiguration.Length; offset += _block.Length)
            {
                ElementResult result = Link(ElementCommand.ReadConfiguration(block), _block);
                if (result != ElementResult.Done)
                {
                    return result;
                }

                configuration.Take(offset, _block);
                block++;
            }

            return ElementResult.Done;
        }

        /// <summary>Random bytes of its own generator.</summary>
        /// <param name="random">32 bytes.</param>
        public ElementResult FillRandom(byte[] random)
        {
            return Run(ElementCommand.Random(), random);
        }

        /// <summary>The public key of the meter's key.</summary>
        /// <param name="publicKey">X and Y, 64 bytes.</param>
        public ElementResult ReadPublicKey(byte[] publicKey)
        {
            return Run(ElementCommand.PublicKey(KeySlot), publicKey);
        }

        /// <summary>
        /// Signs a digest. The element draws a random number first, as Microchip's library lets it
        /// do, so that its generator is seeded; the digest is loaded anew for each attempt.
        /// </summary>
        /// <param name="digest">32 bytes.</param>
        /// <param name="signature">
        /// Receives r and s, 64 bytes, s in the lower half, if Done.
        /// </param>
        public ElementResult Sign(byte[] digest, byte[] signature)
        {
            _link.StartLimit();
            ElementResult result = _link.Run(
                new[]
                {
                    ElementCommand.Random(),
                    ElementCommand.LoadDigest(digest),
                    ElementCommand.Sign(KeySlot),
                },
                _made);
            if (result != ElementResult.Done)
            {
                return result;
            }

            if (!SignatureRange.TryLowerS(_made))
            {
                return ElementResult.ComputedWrong;
            }

            Array.Copy(_made, 0, signature, 0, SignatureLength);
            return ElementResult.Done;
        }

        /// <summary>Where its counter is.</summary>
        /// <param name="count">0 to 2^21 - 1; 0 unless Done.</param>
        public ElementResult ReadCounter(out uint count)
        {
            _link.StartLimit();
            return LookAtCounter(out count);
        }

        /// <summary>
        /// Lets its counter go one further, to a value. It is looked at before and after, so that
        /// an answer that is lost does not count twice: called again with the same value it does
        /// nothing more.
        /// </summary>
        /// <param name="count">Where it is to be then, 1 to 2^21 - 1.</param>
        public ElementResult CountTo(uint count)
        {
            if (count == 0 || count > CounterMax)
            {
                return ElementResult.CounterUsedUp;
            }

            _link.StartLimit();
            ElementResult result = ElementResult.NoAnswer;
            for (int i = 0; i < CountsMax; i++)
            {
                ElementResult read = LookAtCounter(out uint now);
                if (read != ElementResult.Done)
                {
                    return read;
                }

                if (now == count)
                {
                    return ElementResult.Done;
                }

                if (now != count - 1)
                {
                    return ElementResult.CounterDiffers;
                }

                result = Link(ElementCommand.Count(JournalCounter), _counter);
                if (result == ElementResult.Done && CounterOf(_counter) == count)
                {
                    return ElementResult.Done;
                }
            }

            return result == ElementResult.Done ? ElementResult.CounterDiffers : result;
        }

        internal ElementResult Run(ElementCommand command, byte[] data)
        {
            _link.StartLimit();
            return Link(command, data);
        }

        private ElementResult LookAtCounter(out uint count)
        {
            ElementResult result = Link(ElementCommand.ReadCounter(JournalCounter), _counter);
            count = result == ElementResult.Done ? CounterOf(_counter) : 0;
            return result;
        }

        private ElementResult Link(ElementCommand command, byte[] data)
        {
            return _link.Run(new[] { command }, data);
        }

        private static uint CounterOf(byte[] bytes)
        {
            return bytes[0]
                | ((uint)bytes[1] << 8)
                | ((uint)bytes[2] << 16)
                | ((uint)bytes[3] << 24);
        }
    }
}
