using Helios.Element;
using Helios.Messaging;

namespace Helios.Device
{
    /// <summary>What the console says of the secure element, and what to do about it.</summary>
    internal static class ElementSentence
    {
        /// <summary>Nothing on the bus.</summary>
        public const string Silent = "The secure element does not answer; it is asked again every "
            + "minute." + Counts + " Check that it has 3.3 V and that SDA and SCL are not swapped.";

        /// <summary>A step that it refused, or did not answer clearly.</summary>
        public const string StepNotTaken = "The secure element did not take a step of what locks "
            + "it; that is tried again every minute." + Counts + " If it says so for longer, check "
            + "its 3.3 V and SDA and SCL, or use another blank ATECC608.";

        /// <summary>An ATECC508A, say, which answers at the same address.</summary>
        public const string OtherChip = "The secure element is no ATECC608 and was not touched."
            + Counts + " Use a blank ATECC608.";

        /// <summary>An element of somebody else.</summary>
        public const string LockedDifferently = "The secure element is locked for something else "
            + "and was not touched." + Counts + " Use a blank ATECC608.";

        /// <summary>A journal that does not fit.</summary>
        public const string JournalDiffers = "The journal does not fit the secure element: the "
            + "flash is of an earlier day, or the element of another meter." + Counts
            + " This cannot be mended: use a blank element, remove journal0 and journal1 and "
            + "enrol the meter anew.";

        /// <summary>An element that has counted, without its journal.</summary>
        public const string JournalLost = "The secure element has signed before, but there is no "
            + "readable journal, so what was signed is unknown." + Counts
            + " Restart the device first; if it says so again, use a blank element and enrol the "
            + "meter anew.";

        /// <summary>The end of the counter.</summary>
        public const string UsedUp = "The counter of the secure element is at its end." + Counts
            + " Use a blank element, remove journal0 and journal1, and let the enroller replace "
            + "this meter by the new one.";

        private const string Counts = " The meter counts on and signs nothing.";

        /// <summary>What is going to be done to an element, and how to permit it.</summary>
        /// <param name="state">How far it is.</param>
        /// <param name="serial">Its serial number, 9 bytes.</param>
        /// <param name="permitted">The one that may be locked; null if none.</param>
        public static string Plan(ElementState state, byte[] serial, byte[] permitted)
        {
            string number = Topics.ToHex(serial);
            string sentence = "Secure element " + number + " is not this meter's yet. If permitted,"
                + " the meter will, for ever and with no way back:";
            string[] steps = ElementProvisioning.Plan(state);
            for (int i = 0; i < steps.Length; i++)
            {
                sentence += " " + steps[i];
            }

            string line = ConfigurationFile.Name + " and restart." + Counts;
            return permitted == null
                ? sentence + " to permit it, add element-lock = " + number + " to " + line
                : sentence + " element-lock names " + Topics.ToHex(permitted)
                    + "; to permit it, write " + number + " there in " + line;
        }
    }
}
