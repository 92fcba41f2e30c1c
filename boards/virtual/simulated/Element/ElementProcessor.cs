using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Crypto.EC;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Math;

namespace Helios.Boards.Simulated;

/// <summary>
/// The commands of an ATECC608 that a meter can come across, with the rules of zones, slots and
/// locks. Whatever else it has answers a parse error here.
/// </summary>
internal sealed class ElementProcessor(ElementMemory memory, Random random)
{
    private const byte ParseError = 0x03;
    private const byte EccFault = 0x05;
    private const byte ExecutionError = 0x0F;

    private static readonly X9ECParameters P256 = CustomNamedCurves.GetByName("secp256r1");
    private static readonly ECDomainParameters Domain = new(P256);

    private byte[]? _digest;
    private bool _isSeeded;

    /// <summary>What it held for the moment is gone.</summary>
    internal void Forget()
    {
        _digest = null;
        _isSeeded = false;
    }

    internal ElementAnswer Carry(
        byte opcode, byte mode, int parameter, byte[] data, out int maxMs)
    {
        (maxMs, var answer) = opcode switch
        {
            0x30 => (5, Info(mode)),
            0x02 => (5, Read(mode, parameter)),
            0x12 => (45, Write(mode, parameter, data)),
            0x17 => (35, Lock(mode, parameter)),
            0x1B => (23, RandomBytes(mode)),
            0x40 => (115, GenKey(mode, parameter)),
            0x16 => (20, Nonce(mode, data)),
            0x41 => (115, Sign(mode, parameter)),
            0x24 => (25, Counter(mode, parameter)),
            _ => (1, ElementAnswer.Status(ParseError)),
        };
        return answer;
    }

    private static ElementAnswer Info(byte mode) => mode == 0
        ? ElementAnswer.Of([0x00, 0x00, 0x60, 0x02])
        : ElementAnswer.Status(ParseError);

    private ElementAnswer Read(byte mode, int address)
    {
        var length = (mode & 0x80) != 0 ? 32 : 4;
        var offset = (address >> 3 << 5) + ((address & 7) * 4);
        if ((mode & 0x03) != 0)
        {
            return ElementAnswer.Status(ExecutionError);
        }

        return offset % length == 0 && offset + length <= ElementMemory.ConfigurationLength
            ? ElementAnswer.Of(memory.Configuration[offset..(offset + length)])
            : ElementAnswer.Status(ParseError);
    }

    private ElementAnswer Write(byte mode, int address, byte[] data)
    {
        var offset = (address >> 3 << 5) + ((address & 7) * 4);
        var length = (mode & 0x80) != 0 ? 32 : 4;
        if ((mode & 0x03) != 0 || data.Length != length || offset % length != 0
            || offset + length > ElementMemory.ConfigurationLength)
        {
            return ElementAnswer.Status(ParseError);
        }

        // The maker's 16 bytes, and those that other commands write.
        var isOpen = offset >= 16 && (offset + length <= 84 || offset >= 88);
        return memory.IsConfigurationLocked || !isOpen
            ? ElementAnswer.Status(ExecutionError)
            : ElementAnswer.After(() => data.CopyTo(memory.Configuration, offset));
    }

    private ElementAnswer Lock(byte mode, int summary) => (mode & 0x03) switch
    {
        0 => memory.IsConfigurationLocked || !IsSummary(mode, summary)
            ? ElementAnswer.Status(ExecutionError)
            : ElementAnswer.After(memory.LockConfiguration),
        1 => !memory.IsConfigurationLocked || memory.IsDataLocked || (mode & 0x80) == 0
            ? ElementAnswer.Status(ExecutionError)
            : ElementAnswer.After(memory.LockData),
        2 => LockSlot((mode >> 2) & 0x0F),
        _ => ElementAnswer.Status(ParseError),
    };

    private ElementAnswer LockSlot(int slot)
    {
        var isLockable = (memory.KeyConfig(slot) & 0x20) != 0;
        return memory.IsConfigurationLocked && isLockable && !memory.IsSlotLocked(slot)
            ? ElementAnswer.After(() => memory.LockSlot(slot))
            : ElementAnswer.Status(ExecutionError);
    }

    private bool IsSummary(byte mode, int summary) =>
        (mode & 0x80) != 0 || summary == ElementChecksum.Of(memory.Configuration);

    private ElementAnswer RandomBytes(byte mode)
    {
        if (mode != 0)
        {
            return ElementAnswer.Status(ParseError);
        }

        var bytes = new byte[32];
        for (var i = 0; i < bytes.Length && !memory.IsConfigurationLocked; i++)
        {
            bytes[i] = i % 4 < 2 ? (byte)0xFF : (byte)0;
        }

        if (memory.IsConfigurationLocked)
        {
            random.NextBytes(bytes);
        }

        return new ElementAnswer(bytes, Seed);
    }

    // Mode 0: its seed is renewed if it has had no new one since it slept.
    private void Seed()
    {
        memory.SeedWrites += _isSeeded ? 0 : 1;
        _isSeeded = true;
    }

    private ElementAnswer GenKey(byte mode, int slot)
    {
        if (slot >= ElementMemory.Slots || (mode & ~0x04) != 0)
        {
            return ElementAnswer.Status(ParseError);
        }

        var keyConfig = memory.KeyConfig(slot);
        var isPrivateP256 = (keyConfig & 0x1D) == 0x11;
        if (!memory.IsConfigurationLocked || !isPrivateP256)
        {
            return ElementAnswer.Status(ExecutionError);
        }

        if (mode == 0)
        {
            return memory.Keys[slot] is not { } kept
                ? ElementAnswer.Status(EccFault)
                : (keyConfig & 0x02) != 0
                    ? ElementAnswer.Of(PublicKey(kept))
                    : ElementAnswer.Status(ExecutionError);
        }

        var mayMake = !memory.IsDataLocked || (memory.SlotConfig(slot) & 0x2000) != 0;
        if (memory.IsSlotLocked(slot) || !mayMake)
        {
            return ElementAnswer.Status(ExecutionError);
        }

        var made = NewKey();
        return new ElementAnswer(PublicKey(made), () => memory.Keys[slot] = made);
    }

    private ElementAnswer Nonce(byte mode, byte[] data)
    {
        // Passed through into the message digest buffer: the one use that signing needs.
        if (mode != 0x43 || data.Length != 32)
        {
            return ElementAnswer.Status(ParseError);
        }

        return memory.IsConfigurationLocked
            ? ElementAnswer.After(() => _digest = data)
            : ElementAnswer.Status(ExecutionError);
    }

    private ElementAnswer Sign(byte mode, int slot)
    {
        if (mode != 0xA0 || slot >= ElementMemory.Slots)
        {
            return ElementAnswer.Status(ParseError);
        }

        var maySign = memory.IsDataLocked && (memory.SlotConfig(slot) & 0x01) != 0;
        if (!maySign || _digest is not { } digest || memory.Keys[slot] is not { } key)
        {
            return ElementAnswer.Status(ExecutionError);
        }

        _digest = null;
        var signer = new ECDsaSigner();
        signer.Init(true, new ECPrivateKeyParameters(key, Domain));
        var signature = signer.GenerateSignature(digest);
        return ElementAnswer.Of([.. Bytes(signature[0]), .. Bytes(signature[1])]);
    }

    private ElementAnswer Counter(byte mode, int counter)
    {
        if (counter > 1 || mode > 1)
        {
            return ElementAnswer.Status(ParseError);
        }

        if (!memory.IsConfigurationLocked
            || (mode == 1 && memory.Counters[counter] == ElementMemory.CounterMax))
        {
            return ElementAnswer.Status(ExecutionError);
        }

        var count = memory.Counters[counter] + mode;
        return new ElementAnswer(
            BitConverter.GetBytes(count), () => memory.Counters[counter] = count);
    }

    private BigInteger NewKey()
    {
        var bytes = new byte[32];
        random.NextBytes(bytes);
        return new BigInteger(1, bytes).Mod(Domain.N.Subtract(BigInteger.One)).Add(BigInteger.One);
    }

    private static byte[] PublicKey(BigInteger key) =>
        Domain.G.Multiply(key).Normalize().GetEncoded(compressed: false)[1..];

    private static byte[] Bytes(BigInteger number)
    {
        var bytes = number.ToByteArrayUnsigned();
        return [.. new byte[32 - bytes.Length], .. bytes];
    }
}
