// nanoFramework.CoreLibrary 1.17.11: mscorlib, native 100.5.0.24, checksum 0x1549C856.
namespace System;

public enum DayOfWeek
{
    Sunday,
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
}

public enum DateTimeKind
{
    Utc = 1,
    Local = 2,
}

public struct DateTime
{
    public static readonly DateTime MinValue;
    public static readonly DateTime MaxValue;
    public static readonly DateTime UnixEpoch;

    private ulong _ticks;

    public extern DateTime(long ticks);
    public extern DateTime(long ticks, DateTimeKind kind);
    public extern DateTime(int year, int month, int day);
    public extern DateTime(int year, int month, int day, int hour, int minute, int second);
    public extern DateTime(
        int year, int month, int day, int hour, int minute, int second, int millisecond);

    public static extern DateTime UtcNow { get; }
    public static extern DateTime Today { get; }
    public extern DateTime Date { get; }
    public extern int Day { get; }
    public extern DayOfWeek DayOfWeek { get; }
    public extern int DayOfYear { get; }
    public extern int Hour { get; }
    public extern DateTimeKind Kind { get; }
    public extern int Millisecond { get; }
    public extern int Minute { get; }
    public extern int Month { get; }
    public extern int Second { get; }
    public extern long Ticks { get; }
    public extern TimeSpan TimeOfDay { get; }
    public extern int Year { get; }

    public static extern DateTime operator +(DateTime d, TimeSpan t);
    public static extern DateTime operator -(DateTime d, TimeSpan t);
    public static extern TimeSpan operator -(DateTime d1, DateTime d2);
    public static extern bool operator ==(DateTime d1, DateTime d2);
    public static extern bool operator !=(DateTime t1, DateTime t2);
    public static extern bool operator <(DateTime t1, DateTime t2);
    public static extern bool operator <=(DateTime t1, DateTime t2);
    public static extern bool operator >(DateTime t1, DateTime t2);
    public static extern bool operator >=(DateTime t1, DateTime t2);

    public extern DateTime Add(TimeSpan val);
    public extern DateTime AddTicks(long val);
    public extern TimeSpan Subtract(DateTime val);
    public extern DateTime Subtract(TimeSpan val);
    public static extern int Compare(DateTime t1, DateTime t2);
    public extern int CompareTo(object val);
    public static extern int DaysInMonth(int year, int month);
    public override extern bool Equals(object obj);
    public static extern bool Equals(DateTime t1, DateTime t2);
    public override extern int GetHashCode();
    public static extern DateTime FromUnixTimeSeconds(long seconds);
    public extern long ToUnixTimeSeconds();
    public static extern DateTime Parse(string s);
    public static extern bool TryParse(string s, out DateTime result);
    public override extern string ToString();
    public extern string ToString(string format);
}

public struct TimeSpan
{
    public const long TicksPerMillisecond = 10000;
    public const long TicksPerSecond = 1000 * TicksPerMillisecond;
    public const long TicksPerMinute = 60 * TicksPerSecond;
    public const long TicksPerHour = 60 * TicksPerMinute;
    public const long TicksPerDay = 24 * TicksPerHour;

    public static readonly TimeSpan Zero;
    public static readonly TimeSpan MaxValue;
    public static readonly TimeSpan MinValue;

    private long _ticks;

    public extern TimeSpan(long ticks);
    public extern TimeSpan(int hours, int minutes, int seconds);
    public extern TimeSpan(int days, int hours, int minutes, int seconds);
    public extern TimeSpan(int days, int hours, int minutes, int seconds, int milliseconds);

    public extern long Ticks { get; }
    public extern int Days { get; }
    public extern int Hours { get; }
    public extern int Milliseconds { get; }
    public extern int Minutes { get; }
    public extern int Seconds { get; }

    public static extern TimeSpan operator +(TimeSpan t);
    public static extern TimeSpan operator -(TimeSpan t);
    public static extern TimeSpan operator +(TimeSpan t1, TimeSpan t2);
    public static extern TimeSpan operator -(TimeSpan t1, TimeSpan t2);
    public static extern bool operator ==(TimeSpan t1, TimeSpan t2);
    public static extern bool operator !=(TimeSpan t1, TimeSpan t2);
    public static extern bool operator <(TimeSpan t1, TimeSpan t2);
    public static extern bool operator <=(TimeSpan t1, TimeSpan t2);
    public static extern bool operator >(TimeSpan t1, TimeSpan t2);
    public static extern bool operator >=(TimeSpan t1, TimeSpan t2);

    public extern TimeSpan Add(TimeSpan ts);
    public extern TimeSpan Subtract(TimeSpan ts);
    public extern TimeSpan Duration();
    public extern TimeSpan Negate();
    public static extern int Compare(TimeSpan t1, TimeSpan t2);
    public extern int CompareTo(object value);
    public override extern bool Equals(object value);
    public static extern bool Equals(TimeSpan t1, TimeSpan t2);
    public override extern int GetHashCode();
    public static extern TimeSpan FromTicks(long value);
    public static extern TimeSpan FromMilliseconds(long value);
    public static extern TimeSpan FromSeconds(long value);
    public static extern TimeSpan FromMinutes(long value);
    public static extern TimeSpan FromHours(long value);
    public static extern TimeSpan FromDays(long value);
    public override extern string ToString();
}
