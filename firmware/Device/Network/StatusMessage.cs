using Helios.Metering;
using nanoFramework.Hardware.Esp32;

namespace Helios.Device
{
    /// <summary>
    /// What the meter publishes of itself, retained: JSON for people and their tools. Nobody
    /// decides anything by it; it is not signed.
    /// </summary>
    public sealed class StatusMessage
    {
        /// <summary>What the broker publishes when the meter is gone: the last will.</summary>
        public const string Offline =
            "{\"online\":false,\"firmware\":\"" + FirmwareVersion.Text + "\"}";

        /// <summary>Newest entries of the trace that are told.</summary>
        public const int TraceEntriesMax = 16;

        // Members and their names 290, trace entries at most 28 each.
        private const int LengthMax = 320 + TraceEntriesMax * 28;

        private readonly StageLinks _links;
        private readonly JsonBuffer _json = new JsonBuffer(LengthMax);

        /// <param name="links">What is told of.</param>
        public StatusMessage(StageLinks links)
        {
            _links = links;
        }

        /// <summary>The message while the meter is connected.</summary>
        /// <param name="uptimeMs">Milliseconds since boot.</param>
        /// <param name="attempts">Attempts that the connection took.</param>
        public byte[] Online(ulong uptimeMs, byte attempts)
        {
            NativeMemory.GetMemoryInfo(
                NativeMemory.MemoryType.All, out _, out uint freeBytes, out _);
            NativeMemory.GetMemoryInfo(
                NativeMemory.MemoryType.Internal, out _, out _, out uint largestBlockBytes);
            MeterTime time = _links.Clock.At(uptimeMs);

            _json.Begin();
            _json.Flag("online", true);
            _json.Text("firmware", FirmwareVersion.Text);
            _json.Number("uptimeS", uptimeMs / 1000);
            _json.Number("freeBytes", freeBytes);
            _json.Number("largestBlockBytes", largestBlockBytes);
            _json.Number("request", _links.Condition.RequestNumber);
            _json.Text("meter", Word(_links.Condition.Meter));
            _json.Text("time", Letter(time.TimeStatus));
            _json.Number("unixS", time.UnixSeconds);
            _json.Number("attempts", attempts);
            _json.Number("waiting", (ulong)_links.Outbox.Count);
            PutTrace();
            return _json.End();
        }

        // Each entry is [uptime in seconds, TraceCode, argument], the newest first.
        private void PutTrace()
        {
            _json.OpenArray("trace");
            for (int age = 0; age < TraceEntriesMax; age++)
            {
                TraceCode code = _links.Trace.Read(age, out uint argument, out uint uptimeS);
                if (code == TraceCode.None)
                {
                    break;
                }

                _json.Triple(uptimeS, (byte)code, argument);
            }

            _json.CloseArray();
        }

        // The letters of OCMF.
        private static string Letter(ushort timeStatus)
        {
            switch (timeStatus)
            {
                case ReadingStatus.TimeInformative:
                    return "I";
                case ReadingStatus.TimeSynchronised:
                    return "S";
                case ReadingStatus.TimeRelative:
                    return "R";
                default:
                    return "U";
            }
        }

        private static string Word(MeterState state)
        {
            switch (state)
            {
                case MeterState.Ready:
                    return "ready";
                case MeterState.Unprovisioned:
                    return "unprovisioned";
                case MeterState.JournalLost:
                    return "journalLost";
                case MeterState.KeyLost:
                    return "keyLost";
                case MeterState.JournalOfOtherVersion:
                    return "journalOfOtherVersion";
                case MeterState.ConfigurationDiffers:
                    return "configurationDiffers";
                case MeterState.StorageFailed:
                    return "storageFailed";
                case MeterState.ElementSilent:
                    return "elementSilent";
                case MeterState.JournalDiffersFromElement:
                    return "journalDiffersFromElement";
                case MeterState.ElementUsedUp:
                    return "elementUsedUp";
                default:
                    return "closed";
            }
        }
    }
}
