using System.Globalization;

namespace Helios.Tests.Boards.Circuits;

/// <summary>All combinations of extremes, and the range of what comes out of them.</summary>
internal sealed class Corners
{
    public double Least { get; private set; } = double.MaxValue;

    public double Most { get; private set; } = double.MinValue;

    /// <summary>Each value with each other.</summary>
    /// <param name="extremes">The two or more values that each part may have.</param>
    /// <param name="result">What one combination gives.</param>
    public static Corners Of(double[][] extremes, Func<double[], double> result)
    {
        var corners = new Corners();
        var count = extremes.Aggregate(1, (product, values) => product * values.Length);
        for (var index = 0; index < count; index++)
        {
            var rest = index;
            var corner = extremes.Select(values =>
            {
                var value = values[rest % values.Length];
                rest /= values.Length;
                return value;
            }).ToArray();
            corners.Add(result(corner));
        }

        return corners;
    }

    /// <summary>A part's two extremes.</summary>
    public static double[] Within(double nominal, double tolerance)
        => [nominal * (1 - tolerance), nominal * (1 + tolerance)];

    /// <summary>"1.2 to 3.4 V", rounded outwards.</summary>
    public string Outward(int decimals, string unit)
    {
        var scale = Math.Pow(10, decimals);
        var format = "F" + decimals.ToString(CultureInfo.InvariantCulture);
        var least = Math.Floor(Least * scale) / scale;
        var most = Math.Ceiling(Most * scale) / scale;
        return $"{least.ToString(format, CultureInfo.InvariantCulture)} to "
            + $"{most.ToString(format, CultureInfo.InvariantCulture)} {unit}";
    }

    private void Add(double value)
    {
        Least = Math.Min(Least, value);
        Most = Math.Max(Most, value);
    }
}
