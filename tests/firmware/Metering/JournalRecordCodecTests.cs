using System.IO.Compression;
using System.Reflection;
using System.Text;
using CsCheck;
using Helios.Metering;

namespace Helios.Tests.Firmware.Metering;

public class JournalRecordCodecTests
{
    private readonly JournalRecordCodec _codec = new();

    [Fact]
    public void Brings_every_field_back_from_its_largest_value_down() =>
        Gen.ULong.Array[64].Sample(values =>
        {
            JournalRecord record = Filled(values);
            byte[] bytes = new byte[JournalRecordCodec.Length];
            new JournalRecordCodec().Encode(record, bytes);

            JournalRecord read = new();
            Assert.Equal(SlotContent.Valid, new JournalRecordCodec().Decode(bytes, read));
            AssertSame(record, read);

            JournalRecord copy = new();
            JournalRecordCodec.Copy(record, copy, bytes);
            AssertSame(record, copy);
        });

    [Fact]
    public void Refuses_every_single_bit_flip()
    {
        byte[] bytes = new byte[JournalRecordCodec.Length];
        _codec.Encode(Filled([.. Enumerable.Range(1, 64).Select(i => (ulong)i)]), bytes);
        JournalRecord read = new();

        for (int bit = 0; bit < 8 * bytes.Length; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Equal(SlotContent.Unreadable, _codec.Decode(bytes, read));
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        Assert.Equal(0UL, read.Sequence);
    }

    [Fact]
    public void Takes_neither_zeros_nor_erased_flash_for_a_record()
    {
        byte[] bytes = new byte[JournalRecordCodec.Length];
        Assert.Equal(SlotContent.Unreadable, _codec.Decode(bytes, new JournalRecord()));
        Array.Fill(bytes, (byte)0xFF);
        Assert.Equal(SlotContent.Unreadable, _codec.Decode(bytes, new JournalRecord()));
    }

    [Fact]
    public void Knows_a_whole_record_of_another_version()
    {
        byte[] bytes = new byte[JournalRecordCodec.Length];
        _codec.Encode(new JournalRecord(), bytes);
        bytes[4] = JournalRecordCodec.Version + 1;
        Seal(bytes);

        Assert.Equal(SlotContent.OtherVersion, _codec.Decode(bytes, new JournalRecord()));
    }

    [Fact]
    public void Refuses_a_record_of_somebody_else()
    {
        byte[] bytes = new byte[JournalRecordCodec.Length];
        _codec.Encode(new JournalRecord(), bytes);
        bytes[0] ^= 1;
        Seal(bytes);

        Assert.Equal(SlotContent.Unreadable, _codec.Decode(bytes, new JournalRecord()));
    }

    [Fact]
    public void Checksum_is_the_one_of_gzip()
    {
        // The check value of CRC-32 in every catalogue.
        byte[] digits = Encoding.ASCII.GetBytes("123456789");
        Assert.Equal(0xCBF43926, new Crc32().Compute(digits, digits.Length));

        Gen.Byte.Array[1, 600].Sample(bytes =>
        {
            using MemoryStream zipped = new();
            using (GZipStream gzip = new(zipped, CompressionMode.Compress))
            {
                gzip.Write(bytes);
            }

            byte[] zippedBytes = zipped.ToArray();
            uint expected = BitConverter.ToUInt32(zippedBytes, zippedBytes.Length - 8);
            return new Crc32().Compute(bytes, bytes.Length) == expected;
        });
    }

    private static void Seal(byte[] bytes) => BigEndian.Write(
        bytes, bytes.Length - 4, 4, new Crc32().Compute(bytes, bytes.Length - 4));

    /// <summary>
    /// A record whose every settable field holds a value of its own, within its width.
    /// </summary>
    private static JournalRecord Filled(ulong[] values)
    {
        JournalRecord record = new();
        int next = 0;
        Fill(record, values, ref next);
        Fill(record.Supply, values, ref next);
        return record;
    }

    private static void Fill(object record, ulong[] values, ref int next)
    {
        foreach (PropertyInfo field in record.GetType().GetProperties())
        {
            ulong value = values[next++];
            if (field.PropertyType == typeof(byte[]))
            {
                new Random((int)(value & 0xFFFF)).NextBytes((byte[])field.GetValue(record)!);
            }
            else if (field.CanWrite)
            {
                field.SetValue(record, Fitting(field, value));
            }
        }
    }

    private static object Fitting(PropertyInfo field, ulong value) => field.PropertyType.Name switch
    {
        "UInt64" when field.Name.EndsWith("Wh", StringComparison.Ordinal)
            || field.Name is nameof(JournalRecord.WhPerCoin) => value % (1UL << 48),
        "UInt64" when field.Name is nameof(JournalRecord.SignedTakenAt) => value % (1UL << 40),
        "UInt64" => value,
        "UInt32" => (uint)value,
        "UInt16" => (ushort)value,
        "Byte" => (byte)value,
        _ => value % 2 == 0,
    };

    private static void AssertSame(JournalRecord expected, JournalRecord actual)
    {
        AssertSameFields(expected, actual);
        AssertSameFields(expected.Supply, actual.Supply);
    }

    private static void AssertSameFields(object expected, object actual)
    {
        foreach (PropertyInfo field in expected.GetType().GetProperties())
        {
            if (field.CanWrite || field.PropertyType == typeof(byte[]))
            {
                Assert.Equal(field.GetValue(expected), field.GetValue(actual));
            }
        }
    }
}
