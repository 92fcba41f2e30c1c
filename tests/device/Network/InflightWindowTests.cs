using Helios.Device;

namespace Helios.Tests.Device.Network;

public class InflightWindowTests
{
    private readonly InflightWindow _window = new(2);

    [Fact]
    public void Is_full_until_one_is_answered_for()
    {
        _window.Add(7, 0);
        Assert.True(_window.HasRoom(0));
        _window.Add(9, 0);
        Assert.False(_window.HasRoom(0));
        _window.Remove(8);
        Assert.False(_window.HasRoom(0));
        _window.Remove(7);
        Assert.True(_window.HasRoom(0));
    }

    [Fact]
    public void Forgets_what_the_package_dropped_without_a_word()
    {
        _window.Add(7, 1000);
        _window.Add(9, 2000);
        Assert.False(_window.HasRoom(1000 + InflightWindow.ForgetMs - 1));
        Assert.True(_window.HasRoom(1000 + InflightWindow.ForgetMs));
    }
}
