using System;

namespace Helios.Element
{
    /// <summary>
    /// Wakes the element, gives it commands, takes its answers and lets it idle again. What went
    /// wrong on the way is tried again, from sleep and the wake pulse on: three times, and nothing
    /// more begins once 2.5 s have passed.
    /// </summary>
    /// <remarks>
    /// Idle and sleep both end with a wake pulse, and both stop its watchdog. Idle keeps its
    /// memory, the seed of its random numbers in it (ATSHA204A datasheet DS40002025A, section
    /// 8.3). After a sleep the next random number writes a new seed to the EEPROM (8.5.14; that
    /// the ATECC608 does so too is assumed, its full datasheet is not public), which bears 400,000
    /// writes (ATECC608A-TFLXTLS datasheet DS40002138A, section 9.2), one a signature.
    /// </remarks>
    internal sealed class ElementLink
    {
        private const int AttemptsMax = 3;
        private const ulong LimitMs = 2500;

        // Wake high delay: 1.5 ms (ATECC608A-TNGTLS datasheet DS40002112, AC parameters).
        private const uint WakeMs = 2;
        private const int WakesMax = 2;

        // From the time that a command may take, to the last look for its answer.
        private const uint PollMs = 10;
        private const int ReadsMax = 12;

        // Word addresses: the answer from its beginning; sleep, which clears its memory; idle,
        // which keeps it.
        private const byte ResetWord = 0x00;
        private const byte SleepWord = 0x01;
        private const byte IdleWord = 0x02;

        private readonly IElementBus _bus;
        private readonly byte[] _word = new byte[1];
        private readonly byte[] _packet = new byte[ElementCommand.PacketLengthMax];
        private readonly byte[] _answer = new byte[AnswerCode.LengthMax];
        private ulong _endsMs;

        public ElementLink(IElementBus bus)
        {
            _bus = bus;
        }

        private bool IsLate
        {
            get { return _bus.UptimeMs >= _endsMs; }
        }

        /// <summary>From now on 2.5 s count, for all that is run until the next call.</summary>
        public void StartLimit()
        {
            _endsMs = _bus.UptimeMs + LimitMs;
        }

        /// <summary>
        /// Runs commands one after another in one waking, so that what one left in the element's
        /// memory is there for the next.
        /// </summary>
        /// <param name="commands">
        /// One or more; what may not be done twice stands alone, and is tried once.
        /// </param>
        /// <param name="data">Receives what the last one answers, if Done.</param>
        public ElementResult Run(ElementCommand[] commands, byte[] data)
        {
            ElementCommand last = commands[commands.Length - 1];
            ElementResult result = ElementResult.NoAnswer;
            for (int attempt = 0; attempt < AttemptsMax; attempt++)
            {
                result = TryRun(commands);
                if (result == ElementResult.Done)
                {
                    Array.Copy(_answer, 1, data, 0, last.AnswerLength);
                }

                if (!AnswerCode.IsWorthRepeating(result)
                    || last.IsOnceOnly
                    || IsLate)
                {
                    return result;
                }
            }

            return result;
        }

        private ElementResult TryRun(ElementCommand[] commands)
        {
            ElementResult result = Wake();
            for (int i = 0; i < commands.Length && result == ElementResult.Done; i++)
            {
                result = Exchange(commands[i]);
            }

            // A bus that is held carries no word either: then its watchdog puts it to sleep.
            // Nor is anything kept of an attempt that went wrong.
            if (result != ElementResult.BusHeld && !IsLate)
            {
                Tell(result == ElementResult.Done ? IdleWord : SleepWord);
            }

            return result;
        }

        private ElementResult Wake()
        {
            ElementResult result = ElementResult.NoAnswer;
            for (int i = 0; i < WakesMax && !IsLate; i++)
            {
                if (IsHeld(_bus.Wake()))
                {
                    return ElementResult.BusHeld;
                }

                _bus.Wait(WakeMs);
                BusResult read = _bus.Read(_answer, AnswerCode.StatusPacketLength);
                if (IsHeld(read))
                {
                    return ElementResult.BusHeld;
                }

                if (read == BusResult.Done)
                {
                    result = AnswerCode.OfWaking(_answer);
                    if (result == ElementResult.Done || result == ElementResult.SelfTestFailed)
                    {
                        return result;
                    }
                }

                // Awake already, because it did not hear the word at an attempt's end: it tells
                // of a wake pulse only if it sleeps or idles.
                Tell(SleepWord);
                _bus.Wait(WakeMs);
            }

            return result;
        }

        private ElementResult Exchange(ElementCommand command)
        {
            BusResult sent = _bus.Write(_packet, command.WriteTo(_packet));
            if (sent != BusResult.Done)
            {
                return IsHeld(sent) ? ElementResult.BusHeld : ElementResult.NoAnswer;
            }

            _bus.Wait(command.ExecutionMs);
            ElementResult result = ElementResult.NoAnswer;
            for (int i = 0; i < ReadsMax && !IsLate; i++)
            {
                BusResult read = _bus.Read(_answer, command.AnswerLength + AnswerCode.Overhead);
                if (IsHeld(read))
                {
                    return ElementResult.BusHeld;
                }

                result = read == BusResult.Done
                    ? AnswerCode.Of(_answer, command.AnswerLength)
                    : ElementResult.NoAnswer;
                if (result == ElementResult.NoAnswer)
                {
                    _bus.Wait(PollMs);
                }
                else if (result == ElementResult.Garbled)
                {
                    // Perhaps only on its way: it is read again from its beginning.
                    Tell(ResetWord);
                }
                else
                {
                    return result;
                }
            }

            return result;
        }

        // What becomes of it shows at the next transfer.
        private void Tell(byte word)
        {
            _word[0] = word;
            _bus.Write(_word, 1);
        }

        private static bool IsHeld(BusResult result)
        {
            return result == BusResult.Held || result == BusResult.Failed;
        }
    }
}
