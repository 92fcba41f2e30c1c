using Helios.Metering;
using Helios.Signing;

namespace Helios.Supply
{
    /// <summary>Which owner's requests a meter may obey, and what a return comes to.</summary>
    public static class RequestRules
    {
        /// <summary>
        /// A number is at most this above the last, so that one request cannot use them up.
        /// </summary>
        public const uint StepMax = 1000;

        private const int LevelOffset = AddressBytes.Length - 8;

        /// <summary>
        /// Whether a request may be obeyed, before its signature is looked at.
        /// </summary>
        /// <param name="record">The last number obeyed, and the registers.</param>
        /// <param name="request">What is asked.</param>
        /// <param name="importWh">Import now, Wh.</param>
        /// <param name="maxOpenWh">The largest open rest, Wh.</param>
        public static SupplyResult Check(
            SupplyRecord record, OwnerRequest request, ulong importWh, ulong maxOpenWh)
        {
            if (request.Number <= record.RequestNumber
                || request.Number - record.RequestNumber > StepMax)
            {
                return SupplyResult.WrongNumber;
            }

            if (request.Action != OwnerRequest.Return)
            {
                return SupplyResult.Taken;
            }

            return TryReadLevel(request.Argument, out ulong levelWh)
                && levelWh <= OrderRules.HighestWh(record, importWh, maxOpenWh)
                    ? SupplyResult.Taken
                    : SupplyResult.TooHigh;
        }

        /// <summary>The level of a return, Wh; false if it is above 64 bits.</summary>
        public static bool TryReadLevel(byte[] argument, out ulong levelWh)
        {
            levelWh = BigEndian.Read(argument, LevelOffset, 8);
            for (int i = 0; i < LevelOffset; i++)
            {
                if (argument[i] != 0)
                {
                    return false;
                }
            }

            return true;
        }

        /// <summary>
        /// Gives back what is open up to a level; never less than was given back before.
        /// </summary>
        /// <param name="record">Its returned energy is raised.</param>
        /// <param name="levelWh">A level on the import scale, Wh.</param>
        /// <param name="importWh">Import, measured after the switch has opened, Wh.</param>
        public static void Return(SupplyRecord record, ulong levelWh, ulong importWh)
        {
            if (levelWh > importWh && levelWh - importWh > record.ReturnedWh)
            {
                record.ReturnedWh = levelWh - importWh;
            }
        }
    }
}
