namespace Helios.Device
{
    /// <summary>
    /// Which publications the MQTT package has not answered for. Kept here, because the package
    /// may drop one without an event: an acknowledgement that comes between its decision to repeat
    /// and the repetition ends the message silently (M2Mqtt 5.1.220, ProcessInflightThread).
    /// </summary>
    public sealed class InflightWindow
    {
        /// <summary>
        /// Time after which the package has long given a message up, ms: it tries three times, 1 s
        /// apart.
        /// </summary>
        public const ulong ForgetMs = 10000;

        private readonly ushort[] _ids;
        private readonly ulong[] _sinceMs;

        /// <param name="size">Publications at a time, 1 or more.</param>
        public InflightWindow(int size)
        {
            _ids = new ushort[size];
            _sinceMs = new ulong[size];
        }

        /// <summary>True if one more may be handed to the package.</summary>
        public bool HasRoom(ulong uptimeMs)
        {
            for (int i = 0; i < _ids.Length; i++)
            {
                if (IsFree(i, uptimeMs))
                {
                    return true;
                }
            }

            return false;
        }

        /// <summary>One was handed to the package; there was room.</summary>
        /// <param name="id">What the package calls it; never 0 in MQTT.</param>
        /// <param name="uptimeMs">Milliseconds since boot.</param>
        public void Add(ushort id, ulong uptimeMs)
        {
            for (int i = 0; i < _ids.Length; i++)
            {
                if (IsFree(i, uptimeMs))
                {
                    _ids[i] = id;
                    _sinceMs[i] = uptimeMs;
                    return;
                }
            }
        }

        /// <summary>The package answered for it, either way.</summary>
        public void Remove(ushort id)
        {
            for (int i = 0; i < _ids.Length; i++)
            {
                if (_ids[i] == id)
                {
                    _ids[i] = 0;
                }
            }
        }

        private bool IsFree(int place, ulong uptimeMs)
        {
            return _ids[place] == 0 || uptimeMs - _sinceMs[place] >= ForgetMs;
        }
    }
}
