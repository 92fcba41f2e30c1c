using Helios.Signing;
using nanoFramework.TestFramework;

namespace Helios.Tests.OnDevice.Signing
{
    [TestClass]
    public sealed class HashTests
    {
        // ShortMsgKAT_256 of the Keccak submission: 0, 1, 135, 136, 137 and 255 bytes, around the
        // block of 136; message, then digest.
        private static readonly string[] Keccak =
        {
            "",
            "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470",
            "cc",
            "eead6dbfc7340a56caedc044696a168870549a6a7f6f56961e84a54bd9970b8a",
            "b771d5cef5d1a41a93d15643d7181d2a2ef0a8e84d91812f20ed21f147bef732"
                + "bf3a60ef4067c3734b85bc8cd471780f10dc9e8291b58339a677b960218f71e7"
                + "93f2797aea349406512829065d37bb55ea796fa4f56fd8896b49b2cd19b43215"
                + "ad967c712b24e5032d065232e02c127409d2ed4146b9d75d763d52db98d949d3"
                + "b0fed6a8052fbb",
            "bd6f5492582a7c1b116304de28314df9fffe95b0da11af52fe9440a717a34859",
            "b32d95b0b9aad2a8816de6d06d1f86008505bd8c14124f6e9a163b5a2ade55f8"
                + "35d0ec3880ef50700d3b25e42cc0af050ccd1be5e555b23087e04d7bf9813622"
                + "780c7313a1954f8740b6ee2d3f71f768dd417f520482bd3a08d4f222b4ee9dbd"
                + "015447b33507dd50f3ab4247c5de9a8abd62a8decea01e3b87c8b927f5b08beb"
                + "37674c6f8e380c04",
            "e717a7769448abbe5fef8187954a88ac56ded1d22e63940ab80d029585a21921",
            "04410e31082a47584b406f051398a6abe74e4da59bb6f85e6b49e8a1f7f2ca00"
                + "dfba5462c2cd2bfde8b64fb21d70c083f11318b56a52d03b81cac5eec29eb31b"
                + "d0078b6156786da3d6d8c33098c5c47bb67ac64db14165af65b44544d806dde5"
                + "f487d5373c7f9792c299e9686b7e5821e7c8e2458315b996b5677d926dac57b3"
                + "f22da873c601016a0d",
            "a95d50b50b4545f0947441df74a1e9d74622eb3baa49c1bbfc3a0cce6619c1aa",
            "3a3a819c48efde2ad914fbf00e18ab6bc4f14513ab27d0c178a188b61431e7f5"
                + "623cb66b23346775d386b50e982c493adbbfc54b9a3cd383382336a1a0b2150a"
                + "15358f336d03ae18f666c7573d55c4fd181c29e6ccfde63ea35f0adf5885cfc0"
                + "a3d84a2b2e4dd24496db789e663170cef74798aa1bbcd4574ea0bba40489d764"
                + "b2f83aadc66b148b4a0cd95246c127d5871c4f11418690a5ddf01246a0c80a43"
                + "c70088b6183639dcfda4125bd113a8f49ee23ed306faac576c3fb0c1e256671d"
                + "817fc2534a52f5b439f72e424de376f4c565cca82307dd9ef76da5b7c4eb7e08"
                + "5172e328807c02d011ffbf33785378d79dc266f6a5be6bb0e4a92eceebaeb1",
            "348fb774adc970a16b1105669442625e6adaa8257a89effdb5a802f161b862ea",
        };

        [TestMethod]
        public void Keccak_hashes_the_messages_of_the_submission()
        {
            Keccak256 hash = new Keccak256();
            byte[] digest = new byte[Keccak256.DigestLength];
            for (int i = 0; i < Keccak.Length; i += 2)
            {
                hash.Hash(Hex.Bytes(Keccak[i]), digest);
                Assert.AreEqual(Keccak[i + 1], Hex.Text(digest));
            }
        }

        [TestMethod]
        public void Keccak_does_not_care_how_a_message_is_cut()
        {
            Keccak256 hash = new Keccak256();
            byte[] digest = new byte[Keccak256.DigestLength];
            byte[] message = Hex.Bytes(Keccak[10]);
            for (int cut = 0; cut <= message.Length; cut += 17)
            {
                hash.Reset();
                hash.Append(message, 0, cut);
                hash.Append(message, cut, message.Length - cut);
                hash.Finish(digest, 0);
                Assert.AreEqual(Keccak[11], Hex.Text(digest));
            }
        }

        [TestMethod]
        public void Sha256_hashes_the_example_of_the_standard()
        {
            // FIPS 180-4's example: "abc".
            Sha256 hash = new Sha256();
            byte[] digest = new byte[Sha256.DigestLength];
            hash.Reset();
            hash.Append(Hex.Bytes("616263"), 0, 3);
            hash.Finish(digest);
            Assert.AreEqual(
                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
                Hex.Text(digest));
        }

        [TestMethod]
        public void Hmac_is_that_of_Rfc4231()
        {
            // Test cases 1 ("Hi There"), 2 ("Jefe", "what do ya want for nothing?") and 6, whose
            // key is longer than a block.
            AssertHmac(
                Hex.Repeated(0x0B, 20),
                "4869205468657265",
                "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
            AssertHmac(
                Hex.Bytes("4a656665"),
                "7768617420646f2079612077616e7420666f72206e6f7468696e673f",
                "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
            AssertHmac(
                Hex.Repeated(0xAA, 131),
                "54657374205573696e67204c6172676572205468616e20426c6f636b2d53697a"
                    + "65204b6579202d2048617368204b6579204669727374",
                "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
        }

        private static void AssertHmac(byte[] key, string message, string expected)
        {
            byte[] mac = new ManagedHmacSha256().HashData(key, Hex.Bytes(message));
            Assert.AreEqual(expected, Hex.Text(mac));
        }
    }
}
