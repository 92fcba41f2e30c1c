using Helios.Boards.Virtual;
using Helios.Boards.Virtual.Power;

namespace Helios.Tests.Boards;

public sealed class MeasuredPowerTests
{
    private const string Header = "measured_on,volts,ac_power\n";

    [Theory]
    [InlineData("2022-03-18 04:33:00-07:00", "2022-03-18T11:33:00Z")]
    [InlineData("4/14/2021 0:00", "2021-04-14T00:00:00Z")]
    [InlineData("2011-07-01 00:00:00", "2011-07-01T00:00:00Z")]
    [InlineData("2022-03-18T04:33:00Z", "2022-03-18T04:33:00Z")]
    public void Reads_the_times_that_loggers_write(string written, string meant)
    {
        using var file = new TemporaryFile($"{Header}{written},230,5\n2030-01-01,230,6\n");

        var series = Read(file.Path);

        Assert.Equal(DateTimeOffset.Parse(meant), series.StartsAt);
    }

    [Fact]
    public void Holds_each_value_until_the_next_and_the_last_as_long_as_the_one_before()
    {
        using var file = new TemporaryFile(
            Header + "2022-01-01 00:00:00,1,1000\n2022-01-01 00:01:00,1,-20.5\n"
            + "2022-01-01 01:01:00,1,0.0004\n");

        var series = Read(file.Path);

        Assert.Equal((60, -20_500), (series.StartsAtSeconds(1), series.PowerMilliwatts(1)));
        Assert.Equal(60 + 3600 + 3600, series.DurationSeconds);
        Assert.Equal((1_000_000 * 60, 20_500 * 3600), series.EnergyMillijoules());
    }

    [Theory]
    [InlineData("2022-01-01 00:00:00,1,twelve", "line 2", "\"twelve\" in column ac_power")]
    [InlineData("2022-01-01 00:00:00,1,NaN", "line 2", "no number of watts")]
    [InlineData("2022-01-01 00:00:00,1,Infinity", "line 2", "no number of watts")]
    [InlineData("2022-01-01 00:00:00,1,", "line 2", "no number of watts")]
    [InlineData("2022-01-01 00:00:00,1", "line 2", "no number of watts")]
    [InlineData("2022-01-01 00:00:00,1,5000.1", "line 2", "above the rated power of 5000 W")]
    [InlineData("2022-01-01 00:00:00,1,-5001", "line 2", "above the rated power of 5000 W")]
    [InlineData("yesterday,1,5", "line 2", "\"yesterday\" in the first column is no time")]
    [InlineData("2022-01-02,1,5\n2022-01-01,1,5", "line 3", "not at least a second after")]
    [InlineData("2022-01-02,1,5\n2022-01-02,1,5", "line 3", "not at least a second after")]
    [InlineData("2022-01-01,1,5", "1 value(s)", "at least two")]
    public void Says_which_line_is_wrong_and_why(string rows, string where, string what)
    {
        using var file = new TemporaryFile(Header + rows + "\n");

        var mistake = Assert.Throws<BadInputException>(
            () => Read(file.Path));

        Assert.Contains(where, mistake.Message);
        Assert.Contains(what, mistake.Message);
        Assert.DoesNotContain('\n', mistake.Message);
    }

    [Fact]
    public void Names_the_columns_there_are_when_one_is_missing()
    {
        using var file = new TemporaryFile(Header);

        var mistake = Assert.Throws<BadInputException>(
            () => Read(file.Path, "dc_power"));

        Assert.Contains(
            "has no column dc_power; give --column one of: volts, ac_power.", mistake.Message);
    }

    [Fact]
    public void Refuses_a_file_that_is_empty_or_missing()
    {
        using var file = new TemporaryFile("");

        Assert.Contains("is empty", Refusal(file.Path));
        Assert.Contains("There is no file", Refusal(file.Path + ".csv"));
    }

    [Theory]
    [InlineData(PowerMeaning.KilowattsFedOut, 392_000)]
    [InlineData(PowerMeaning.KilowattsTakenIn, -392_000)]
    public void Reads_a_households_kilowatts_in_the_direction_of_their_column(
        PowerMeaning meaning, long milliwatts)
    {
        using var file = new TemporaryFile(
            ",GC\n2011-07-01 00:00:00,0.392\n2011-07-01 00:30:00,0.0\n");

        var series = Read(file.Path, "GC", meaning);

        Assert.Equal((1800, 3600), (series.StartsAtSeconds(1), series.DurationSeconds));
        Assert.Equal((milliwatts, 0), (series.PowerMilliwatts(0), series.PowerMilliwatts(1)));
    }

    [Theory]
    [InlineData("392", "392 kW in column GC is above the rated power of 5000 W")]
    [InlineData("-0.1", "-0.1 kW in column GC is below 0")]
    [InlineData("a lot", "no number of kilowatts")]
    public void Says_what_is_wrong_with_a_households_kilowatts(string number, string what)
    {
        using var file = new TemporaryFile($",GC\n2011-07-01,0.1\n2011-07-02,{number}\n");

        var mistake = Assert.Throws<BadInputException>(
            () => Read(file.Path, "GC", PowerMeaning.KilowattsTakenIn));

        Assert.Contains("line 3", mistake.Message);
        Assert.Contains(what, mistake.Message);
    }

    [Fact]
    public void Names_the_option_that_named_the_file()
    {
        var mistake = Assert.Throws<BadInputException>(
            () => Read("nowhere.csv", "GC", PowerMeaning.KilowattsTakenIn));

        Assert.Contains("give --house the path", mistake.Message);
    }

    private static PowerSeries Read(
        string path,
        string column = "ac_power",
        PowerMeaning meaning = PowerMeaning.Watts) =>
        MeasuredPower.Read(new MeasuredColumn(path, column, meaning), 5000);

    private static string Refusal(string path) => Assert.Throws<BadInputException>(
        () => Read(path)).Message;
}
