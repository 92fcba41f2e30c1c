// nanoFramework.CoreLibrary 1.17.11: mscorlib, native 100.5.0.24, checksum 0x1549C856.
namespace System;

public class Object
{
    public extern Object();
    public virtual extern string ToString();
    public virtual extern bool Equals(object obj);
    public static extern bool Equals(object objA, object objB);
    public static extern bool ReferenceEquals(object objA, object objB);
    public virtual extern int GetHashCode();
    public extern Type GetType();
    protected extern object MemberwiseClone();
}

public abstract class ValueType
{
    protected extern ValueType();
    public override extern bool Equals(object obj);
}

public abstract class Enum : ValueType
{
    protected extern Enum();
    public extern bool HasFlag(Enum flag);
    public override extern string ToString();
}

public struct Void { }

public struct IntPtr { }

public struct UIntPtr { }

public readonly ref struct SpanByte
{
    private readonly byte[] _array;
    public extern SpanByte(byte[] array);
    public extern SpanByte(byte[] array, int start, int length);
    public extern byte this[int index] { get; set; }
    public static extern SpanByte Empty { get; }
    public extern int Length { get; }
    public extern bool IsEmpty { get; }
    public extern void CopyTo(SpanByte destination);
    public extern SpanByte Slice(int start);
    public extern SpanByte Slice(int start, int length);
    public extern byte[] ToArray();
    public static extern implicit operator SpanByte(byte[] array);
}

public struct RuntimeTypeHandle { }

public struct RuntimeFieldHandle { }

public struct RuntimeMethodHandle { }

public struct Boolean
{
    public static readonly string FalseString;
    public static readonly string TrueString;
    public override extern string ToString();
}

public struct Char
{
    public const char MaxValue = '\uFFFF';
    public const char MinValue = '\0';
    public override extern string ToString();
    public extern char ToLower();
    public extern char ToUpper();
}

public struct SByte
{
    public const sbyte MaxValue = 0x7F;
    public const sbyte MinValue = -0x80;
    public override extern string ToString();
    public extern string ToString(string format);
    public static extern sbyte Parse(string s);
    public static extern bool TryParse(string s, out sbyte result);
}

public struct Byte
{
    public const byte MaxValue = 0xFF;
    public const byte MinValue = 0;
    public override extern string ToString();
    public extern string ToString(string format);
    public static extern byte Parse(string s);
    public static extern bool TryParse(string s, out byte result);
}

public struct Int16
{
    public const short MaxValue = 0x7FFF;
    public const short MinValue = -0x8000;
    public override extern string ToString();
    public extern string ToString(string format);
    public static extern short Parse(string s);
    public static extern bool TryParse(string s, out short result);
}

public struct UInt16
{
    public const ushort MaxValue = 0xFFFF;
    public const ushort MinValue = 0;
    public override extern string ToString();
    public extern string ToString(string format);
    public static extern ushort Parse(string s);
    public static extern bool TryParse(string s, out ushort result);
}

public struct Int32
{
    public const int MaxValue = 0x7FFFFFFF;
    public const int MinValue = unchecked((int)0x80000000);
    public override extern string ToString();
    public extern string ToString(string format);
    public static extern int Parse(string s);
    public static extern bool TryParse(string s, out int result);
}

public struct UInt32
{
    public const uint MaxValue = 0xFFFFFFFF;
    public const uint MinValue = 0;
    public override extern string ToString();
    public extern string ToString(string format);
    public static extern uint Parse(string s);
    public static extern bool TryParse(string s, out uint result);
}

public struct Int64
{
    public const long MaxValue = 0x7FFFFFFFFFFFFFFF;
    public const long MinValue = unchecked((long)0x8000000000000000);
    public override extern string ToString();
    public extern string ToString(string format);
    public static extern long Parse(string s);
    public static extern bool TryParse(string s, out long result);
}

public struct UInt64
{
    public const ulong MaxValue = 0xFFFFFFFFFFFFFFFF;
    public const ulong MinValue = 0;
    public override extern string ToString();
    public extern string ToString(string format);
    public static extern ulong Parse(string s);
    public static extern bool TryParse(string s, out ulong result);
}
