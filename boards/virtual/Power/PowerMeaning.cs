namespace Helios.Boards.Virtual.Power;

/// <summary>
/// What the numbers of a measured column are. No file says it, so the option by which it is given
/// does.
/// </summary>
public enum PowerMeaning
{
    /// <summary>Watts; positive is fed out, negative is taken in: <c>--pv</c>.</summary>
    Watts,

    /// <summary>
    /// Kilowatts fed out, 0 or more: the second of <c>--columns</c>. Mean power, so that a value
    /// of half an hour is twice the kilowatt-hours that it stands for.
    /// </summary>
    KilowattsFedOut,

    /// <summary>Kilowatts taken in, 0 or more: the first of <c>--columns</c>.</summary>
    KilowattsTakenIn,
}
