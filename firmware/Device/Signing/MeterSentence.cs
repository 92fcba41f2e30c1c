using Helios.Metering;

namespace Helios.Device
{
    /// <summary>
    /// What the console says of a meter: which it is, or why it does not sign and what ends it.
    /// </summary>
    internal static class MeterSentence
    {
        /// <summary>Why a device whose power-fail input is active goes no further.</summary>
        public const string SupplyFailed = "The power-fail input says that the supply is down: "
            + "all is stored, and the device restarts when it is back. If there is no supply to "
            + "watch, wire the input to its inactive level.";

        /// <summary>What was signed may stand in files that the storage does not give.</summary>
        public const string Unreadable = "The files of the key or of the journal cannot be read."
            + Counts + " They are read again every minute; remove nothing.";

        /// <summary>A key that cannot be used, and no journal.</summary>
        public const string OnlyKeyLeft = "There is no journal, but what is left of a key." + Counts
            + Again + "remove key0 and key1 to make a new meter.";

        /// <summary>Two files of a journal that make no sense, and no key.</summary>
        public const string OnlyJournalLeft = "There is no key, and a journal that makes no sense."
            + Counts + Again + "remove journal0 and journal1 to make a new meter.";

        private const string Counts = " The meter counts on and signs nothing.";
        private const string Again = " Restart the device first; if it says so again, ";

        /// <summary>What to do about a state; null for one that is as it should be.</summary>
        /// <param name="state">The meter's.</param>
        /// <param name="key">What its key's files, or its element, held.</param>
        /// <param name="assurance">Where its key is.</param>
        /// <param name="areSlotsReadable">True if the journal's files could be read.</param>
        public static string Of(
            MeterState state, KeyResult key, byte assurance, bool areSlotsReadable)
        {
            switch (state)
            {
                case MeterState.NotConfigured:
                    return "Without a sound " + ConfigurationFile.Name + " there is no meter to be."
                        + Counts;
                case MeterState.JournalLost:
                    return areSlotsReadable ? OfLostJournal(assurance) : Unreadable;
                case MeterState.KeyLost:
                    return OfLostKey(key);
                case MeterState.JournalOfOtherVersion:
                    return "The journal was written by other firmware: deploy that one." + Counts;
                case MeterState.StorageFailed:
                    return "The journal cannot be written; it is tried every minute." + Counts;
                case MeterState.ElementSilent:
                    return ElementSentence.Silent;
                case MeterState.JournalDiffersFromElement:
                    return ElementSentence.JournalDiffers;
                case MeterState.ElementUsedUp:
                    return ElementSentence.UsedUp;
                default:
                    return null;
            }
        }

        /// <summary>Which meter it is, for whoever enrols it; above its Enrolment.</summary>
        /// <param name="address">The meter's, 20 bytes.</param>
        /// <param name="key">Found.</param>
        public static string Introduce(byte[] address, IMeterKey key)
        {
            return "Meter 0x" + Messaging.Topics.ToHex(address) + ", assurance "
                + key.Assurance.ToString() + ": its key is in " + key.DescribePlace()
                + ". The next line is its signed Enrolment.";
        }

        /// <summary>Says of each value that was fixed at provisioning and is another now.</summary>
        public static void WriteDifferences(
            IConsole console,
            MeterConfiguration given,
            bool isKeyInElement,
            JournalRecord record)
        {
            if (isKeyInElement != record.BoundCount > 0)
            {
                Refuse(console, "key", KeyWord(isKeyInElement), KeyWord(!isKeyInElement));
            }

            Compare(console, "chain-id", given.ChainId, record.ChainId);
            Compare(console, "impulses-per-kwh", given.ImpulsesPerKwh, record.ImpulsesPerKwh);
            Compare(console, "wh-per-coin", given.WhPerCoin, record.WhPerCoin);
            Compare(console, "max-open-wh", given.MaxOpenWh, record.MaxOpenWh);
            Compare(console, "carry-wh", given.CarryWh, record.CarryWh);
            byte[] ledger = record.VerifyingContract;
            if (!AddressBytes.AreEqual(given.VerifyingContract, ledger))
            {
                Refuse(
                    console,
                    "ledger",
                    "0x" + Messaging.Topics.ToHex(given.VerifyingContract),
                    "0x" + Messaging.Topics.ToHex(ledger));
            }
        }

        private static string OfLostJournal(byte assurance)
        {
            if (assurance == Signing.Enrolment.SecureElement)
            {
                return ElementSentence.JournalLost;
            }

            return "There is a key but no readable journal, so what was signed is unknown." + Counts
                + Again + "remove key0 and key1 and enrol the meter anew.";
        }

        // A key that cannot be read now may be read after the next start: nothing is to be removed.
        private static string OfLostKey(KeyResult key)
        {
            if (key == KeyResult.StorageFailed)
            {
                return Unreadable;
            }

            string lost = key == KeyResult.Damaged
                ? "The journal is enrolled but the files of the key are damaged."
                : "The journal is enrolled but the key is gone.";
            return lost + Counts + Again
                + "remove key0, key1, journal0 and journal1 and enrol the meter anew.";
        }

        private static string KeyWord(bool isKeyInElement)
        {
            return isKeyInElement ? "atecc608" : "software";
        }

        private static void Compare(IConsole console, string key, ulong given, ulong fixedOne)
        {
            if (given != fixedOne)
            {
                Refuse(console, key, given.ToString(), fixedOne.ToString());
            }
        }

        private static void Refuse(IConsole console, string key, string given, string fixedOne)
        {
            console.WriteLine(ConfigurationFile.Name + ": " + key + " is " + given
                + ", but this meter was provisioned with " + fixedOne + "; write that." + Counts);
        }
    }
}
