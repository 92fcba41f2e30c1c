using Helios.Messaging;
using Helios.Metering;
using nanoFramework.TestFramework;

namespace Helios.Tests.OnDevice.Messaging
{
    [TestClass]
    public sealed class OutboxTests
    {
        [TestMethod]
        public void Loses_nothing_across_connections_until_it_is_acknowledged()
        {
            Outbox outbox = Filled(4, 3);
            RecordingSender network = new RecordingSender();
            network.Room = 2;
            OutboxDrain drain = new OutboxDrain(outbox, network);
            Assert.AreEqual(DrainResult.Refused, drain.Drain(0));

            network.Room = 100;
            drain.Connected();
            drain.Drain(1000);
            outbox.Acknowledge(2);
            drain.Connected();
            drain.Drain(2000);

            Assert.AreEqual("1 2 1 2 3 3 ", network.Sent);
            Assert.AreEqual(1, outbox.Count);
        }

        [TestMethod]
        public void Sends_again_what_nobody_acknowledged_for_a_minute()
        {
            Outbox outbox = Filled(4, 2);
            RecordingSender network = new RecordingSender();
            OutboxDrain drain = new OutboxDrain(outbox, network);
            drain.Drain(90000);
            outbox.Acknowledge(1);

            drain.Drain(90000 + OutboxDrain.ResendMs - 1);
            Assert.AreEqual("1 2 ", network.Sent);
            drain.Drain(90000 + OutboxDrain.ResendMs);
            Assert.AreEqual("1 2 2 ", network.Sent);
        }

        [TestMethod]
        public void Lets_the_oldest_go_when_full_and_always_keeps_the_newest()
        {
            Outbox outbox = Filled(3, 3);
            Assert.AreEqual(OutboxResult.KeptAndOldestDropped, outbox.Add(9, Message(9)));

            RecordingSender network = new RecordingSender();
            new OutboxDrain(outbox, network).Drain(0);
            Assert.AreEqual("2 3 9 ", network.Sent);
        }

        [TestMethod]
        public void Refuses_what_is_not_newer_even_after_it_was_acknowledged()
        {
            Outbox outbox = Filled(3, 2);
            outbox.Acknowledge(2);
            Assert.AreEqual(OutboxResult.NotNewer, outbox.Add(2, Message(2)));
            Assert.AreEqual(OutboxResult.NotNewer, outbox.Add(1, Message(1)));
            Assert.AreEqual(0, outbox.Count);
        }

        private static Outbox Filled(int capacity, uint count)
        {
            Outbox outbox = new Outbox(capacity);
            for (uint pagination = 1; pagination <= count; pagination++)
            {
                outbox.Add(pagination, Message(pagination));
            }

            return outbox;
        }

        private static byte[] Message(uint pagination)
        {
            byte[] message = new byte[ReadingCodec.Length];
            BigEndian.Write(message, 0, 4, pagination);
            return message;
        }
    }
}
