namespace System;

/// <summary>Part of an array of bytes, as nanoFramework's class library has it.</summary>
public readonly ref struct SpanByte
{
    private readonly byte[]? _array;
    private readonly int _start;

    public SpanByte(byte[]? array)
        : this(array, 0, array?.Length ?? 0)
    {
    }

    public SpanByte(byte[]? array, int start, int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, (array?.Length ?? 0) - start);
        _array = array;
        _start = start;
        Length = length;
    }

    public int Length { get; }

    public bool IsEmpty => Length == 0;

    public static implicit operator SpanByte(byte[]? array) => new(array);

    public byte[] ToArray() => _array is null ? [] : _array[_start..(_start + Length)];

    internal Span<byte> AsSpan() => _array.AsSpan(_start, Length);
}
