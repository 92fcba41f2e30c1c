// nanoFramework.CoreLibrary 1.17.11: mscorlib, native 100.5.0.24, checksum 0x1549C856.
namespace System;

public static class BitConverter
{
    public static extern bool IsLittleEndian { get; }
    public static extern byte[] GetBytes(bool value);
    public static extern byte[] GetBytes(char value);
    public static extern byte[] GetBytes(short value);
    public static extern byte[] GetBytes(ushort value);
    public static extern byte[] GetBytes(int value);
    public static extern byte[] GetBytes(uint value);
    public static extern byte[] GetBytes(long value);
    public static extern byte[] GetBytes(ulong value);
    public static extern bool ToBoolean(byte[] value, int startIndex);
    public static extern char ToChar(byte[] value, int startIndex);
    public static extern short ToInt16(byte[] value, int startIndex);
    public static extern ushort ToUInt16(byte[] value, int startIndex);
    public static extern int ToInt32(byte[] value, int startIndex);
    public static extern uint ToUInt32(byte[] value, int startIndex);
    public static extern long ToInt64(byte[] value, int startIndex);
    public static extern ulong ToUInt64(byte[] value, int startIndex);
    public static extern string ToString(byte[] value);
    public static extern string ToString(byte[] value, int startIndex);
    public static extern string ToString(byte[] value, int startIndex, int length);
}

public static class Convert
{
    public static extern bool ToBoolean(byte value);
    public static extern char ToChar(ushort value);
    public static extern byte ToByte(bool value);
    public static extern byte ToByte(string value, int fromBase = 10);
    public static extern sbyte ToSByte(string value, int fromBase = 10);
    public static extern short ToInt16(string value, int fromBase = 10);
    public static extern ushort ToUInt16(string value, int fromBase = 10);
    public static extern int ToInt32(string value, int fromBase = 10);
    public static extern uint ToUInt32(string value, int fromBase = 10);
    public static extern long ToInt64(string value, int fromBase = 10);
    public static extern ulong ToUInt64(string value, int fromBase = 10);
    public static extern string ToBase64String(byte[] inArray);
    public static extern string ToBase64String(byte[] inArray, int offset, int length);
    public static extern byte[] FromBase64String(string inString);
    public static extern byte[] FromBase64CharArray(char[] inArray, int offset, int length);
}
