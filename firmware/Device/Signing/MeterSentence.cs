using Helios.Metering;

namespace Helios.Device
{
    /// <summary>What the console says of a meter that does not sign, and what ends it.</summary>
    internal static class MeterSentence
    {
        private const string Counts = " The meter counts on and signs nothing.";

        /// <summary>One sentence or two for a state; null for one that is as it should be.</summary>
        public static string Of(MeterState state)
        {
            switch (state)
            {
                case MeterState.NotConfigured:
                    return "Without a sound " + ConfigurationFile.Name + " there is no meter to be."
                        + Counts;
                case MeterState.JournalLost:
                    return "There is a key but no readable journal, so what was signed is unknown: "
                        + "remove key0 and key1 and enrol the meter anew." + Counts;
                case MeterState.KeyLost:
                    return "The journal is enrolled but the key is gone: remove journal0 and "
                        + "journal1 and enrol the meter anew." + Counts;
                case MeterState.JournalOfOtherVersion:
                    return "The journal was written by other firmware: deploy that one." + Counts;
                case MeterState.StorageFailed:
                    return "The journal cannot be written; it is tried every minute." + Counts;
                default:
                    return null;
            }
        }

        /// <summary>Says of each value that was fixed at provisioning and is another now.</summary>
        public static void WriteDifferences(
            IConsole console, MeterConfiguration given, JournalRecord record)
        {
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
