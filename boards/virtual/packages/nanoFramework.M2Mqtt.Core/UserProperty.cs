namespace nanoFramework.M2Mqtt.Messages;

/// <summary>A property of MQTT 5.</summary>
/// <param name="name">Its name.</param>
/// <param name="value">Its value.</param>
public class UserProperty(string name, string value)
{
    /// <summary>Its name.</summary>
    public string Name { get; set; } = name;

    /// <summary>Its value.</summary>
    public string Value { get; set; } = value;
}
