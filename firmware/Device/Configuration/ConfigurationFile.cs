namespace Helios.Device
{
    /// <summary>
    /// Reads <c>helios.cfg</c>: lines of <c>key = value</c>, comments from # to the end of the
    /// line, ASCII but for comments. Each mistake is one sentence on the console.
    /// </summary>
    public sealed class ConfigurationFile
    {
        /// <summary>The file's name.</summary>
        public const string Name = "helios.cfg";

        /// <summary>Bytes of the file at most.</summary>
        public const int LengthMax = 2048;

        private readonly IFlash _flash;
        private readonly IConsole _console;
        private readonly int[] _lineOf = new int[ConfigurationDraft.Names.Length];
        private ConfigurationDraft _draft;
        private bool _isSound;

        /// <param name="flash">Where the file is.</param>
        /// <param name="console">Where the sentences go.</param>
        public ConfigurationFile(IFlash flash, IConsole console)
        {
            _flash = flash;
            _console = console;
        }

        /// <summary>True if the storage did not give it, so that a later look may.</summary>
        public bool IsUnread { get; private set; }

        /// <summary>The configuration; null if there is none or anything in it is wrong.</summary>
        public DeviceConfiguration Read()
        {
            byte[] bytes = new byte[LengthMax];
            FlashResult result = _flash.Read(Name, bytes, out int length);
            if (result != FlashResult.Done)
            {
                IsUnread = result == FlashResult.Failed;
                _console.WriteLine(Sentence(result));
                return null;
            }

            _draft = new ConfigurationDraft();
            _isSound = true;
            TakeLines(bytes, length);
            RefuseMissing();
            if (_isSound)
            {
                RefuseConflict();
            }

            return _isSound ? _draft.Finish() : null;
        }

        private static string Sentence(FlashResult result)
        {
            switch (result)
            {
                case FlashResult.Missing:
                    return "There is no " + Name + " on the device: the meter counts and signs "
                        + "nothing; copy one to the device and restart it.";
                case FlashResult.TooLong:
                    return Name + " is longer than 2,048 bytes; shorten its comments.";
                default:
                    return Name + " could not be read: the meter counts and signs nothing, and "
                        + "restarts in an hour; copy the file again if that does not help.";
            }
        }

        private void TakeLines(byte[] bytes, int length)
        {
            int line = 1;
            int start = 0;
            for (int i = 0; i <= length; i++)
            {
                if (i == length || bytes[i] == (byte)'\n')
                {
                    TakeLine(TextLine.Read(bytes, start, i), line);
                    start = i + 1;
                    line++;
                }
            }
        }

        private void TakeLine(string text, int line)
        {
            if (text.Length == 0)
            {
                return;
            }

            int equals = text.IndexOf('=');
            if (equals < 0)
            {
                Refuse(line, "'" + text + "' has no '='; write key = value.");
                return;
            }

            string name = text.Substring(0, equals).Trim();
            string value = text.Substring(equals + 1).Trim();
            int key = KeyOf(name);
            if (key < 0)
            {
                Refuse(line, "there is no key '" + name + "'; the keys are " + AllNames() + ".");
            }
            else if (_lineOf[key] != 0)
            {
                Refuse(line, name + " stands in line " + _lineOf[key].ToString()
                    + " too; keep one of them.");
            }
            else
            {
                _lineOf[key] = line;
                Judge(key, value, _draft.Take((ConfigurationKey)key, value));
            }
        }

        private void Judge(int key, string value, string expected)
        {
            if (expected != null)
            {
                string name = ConfigurationDraft.Names[key];
                Refuse(_lineOf[key], name + " is '" + value + "'; write " + expected + ".");
            }
        }

        private void RefuseMissing()
        {
            for (int key = 0; key < (int)ConfigurationKey.BrokerPort; key++)
            {
                if (_lineOf[key] == 0)
                {
                    _isSound = false;
                    _console.WriteLine(Name + " lacks " + ConfigurationDraft.Names[key]
                        + "; add a line " + ConfigurationDraft.Names[key] + " = value.");
                }
            }
        }

        private void RefuseConflict()
        {
            string expected = _draft.Conflict(out ConfigurationKey key);
            if (expected != null)
            {
                _isSound = false;
                _console.WriteLine(Name + ": " + ConfigurationDraft.Names[(int)key]
                    + " does not fit the other lines; write " + expected + ".");
            }
        }

        private void Refuse(int line, string what)
        {
            _isSound = false;
            _console.WriteLine(Name + " line " + line.ToString() + ": " + what);
        }

        private static int KeyOf(string name)
        {
            for (int key = 0; key < ConfigurationDraft.Names.Length; key++)
            {
                if (string.Equals(ConfigurationDraft.Names[key], name))
                {
                    return key;
                }
            }

            return -1;
        }

        private static string AllNames()
        {
            string names = ConfigurationDraft.Names[0];
            for (int key = 1; key < ConfigurationDraft.Names.Length; key++)
            {
                names += ", " + ConfigurationDraft.Names[key];
            }

            return names;
        }
    }
}
