using Org.BouncyCastle.Math;

namespace Helios.Boards.Simulated;

/// <summary>
/// What an ATECC608 keeps without power: configuration, keys, counters. Blank as its maker sells
/// it, but for values that nobody here relies on.
/// </summary>
public sealed class ElementMemory
{
    /// <summary>Bytes of the configuration zone.</summary>
    public const int ConfigurationLength = 128;

    /// <summary>Slots.</summary>
    public const int Slots = 16;

    /// <summary>Where a counter ends.</summary>
    public const uint CounterMax = 2_097_151;

    private const byte Unlocked = 0x55;

    /// <param name="serial">What makes its serial number: 6 bytes in the middle of 9.</param>
    public ElementMemory(ulong serial)
    {
        var zone = Configuration;
        zone[0] = 0x01;
        zone[1] = 0x23;
        zone[2] = (byte)(serial >> 8);
        zone[3] = (byte)serial;
        zone[6] = 0x60;
        zone[7] = 0x02;
        zone[8] = (byte)(serial >> 40);
        zone[9] = (byte)(serial >> 32);
        zone[10] = (byte)(serial >> 24);
        zone[11] = (byte)(serial >> 16);
        zone[12] = 0xEE;
        zone[14] = 0x01;
        zone[16] = 0xC0;
        for (var slot = 0; slot < Slots; slot++)
        {
            zone[20 + (2 * slot)] = 0x83;
            zone[21 + (2 * slot)] = 0x20;
            zone[96 + (2 * slot)] = 0x3C;
        }

        zone.AsSpan(52, 4).Fill(0xFF);
        zone.AsSpan(60, 4).Fill(0xFF);
        zone.AsSpan(86, 2).Fill(Unlocked);
        zone.AsSpan(88, 2).Fill(0xFF);
    }

    private ElementMemory(ElementMemory other)
    {
        other.Configuration.CopyTo(Configuration, 0);
        other.Keys.CopyTo(Keys, 0);
        other.Counters.CopyTo(Counters, 0);
        SeedWrites = other.SeedWrites;
    }

    /// <summary>The configuration zone.</summary>
    public byte[] Configuration { get; } = new byte[ConfigurationLength];

    /// <summary>Its serial number, 9 bytes.</summary>
    public ReadOnlySpan<byte> Serial =>
        (byte[])[.. Configuration.AsSpan(0, 4), .. Configuration.AsSpan(8, 5)];

    /// <summary>Private keys by slot; null where there is none.</summary>
    public BigInteger?[] Keys { get; } = new BigInteger?[Slots];

    /// <summary>The two monotonic counters.</summary>
    public uint[] Counters { get; } = new uint[2];

    /// <summary>
    /// How often a new seed of its random numbers was written; its EEPROM bears 400,000 writes.
    /// </summary>
    public int SeedWrites { get; internal set; }

    /// <summary>True once the configuration zone is locked.</summary>
    public bool IsConfigurationLocked => Configuration[87] != Unlocked;

    /// <summary>True once the data zone is locked.</summary>
    public bool IsDataLocked => Configuration[86] != Unlocked;

    /// <summary>SlotConfig of a slot.</summary>
    public int SlotConfig(int slot) =>
        Configuration[20 + (2 * slot)] | (Configuration[21 + (2 * slot)] << 8);

    /// <summary>KeyConfig of a slot.</summary>
    public int KeyConfig(int slot) =>
        Configuration[96 + (2 * slot)] | (Configuration[97 + (2 * slot)] << 8);

    /// <summary>True if the slot alone is locked.</summary>
    public bool IsSlotLocked(int slot) =>
        (Configuration[88 + (slot / 8)] & (1 << (slot % 8))) == 0;

    /// <summary>Locks the configuration zone.</summary>
    public void LockConfiguration() => Configuration[87] = 0;

    /// <summary>Locks the data zone.</summary>
    public void LockData() => Configuration[86] = 0;

    /// <summary>Locks one slot.</summary>
    public void LockSlot(int slot) =>
        Configuration[88 + (slot / 8)] &= (byte)~(1 << (slot % 8));

    /// <summary>The same again: what a chip was at a moment.</summary>
    public ElementMemory Copy() => new(this);
}
