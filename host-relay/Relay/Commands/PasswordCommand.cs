using System.Security.Cryptography;
using System.Text;
using Helios.Chain;

namespace Helios.Relay;

/// <summary>Gives a client of the relay's own broker a password.</summary>
internal static class PasswordCommand
{
    // 128 random bits: the hash's few rounds are enough for them.
    private const int PasswordLength = 16;

    /// <param name="file">The file of brokerPasswordFile, made if it is missing.</param>
    /// <param name="user">A meter's address in 40 lower-case hex digits, or another name.</param>
    /// <param name="given">Where the password is read from; null makes a random one.</param>
    /// <param name="output">Where a random password is printed, once.</param>
    public static int Run(string file, string user, TextReader? given, TextWriter output)
    {
        if (user.Length == 0
            || user.Any(static letter => letter is ':' or '#' || char.IsWhiteSpace(letter)))
        {
            throw new StartRefusedException(
                $"'{user}' cannot be a user's name: use no colon, #, space or line break.");
        }

        if (TopicRule.IsMisspelt(user))
        {
            throw new StartRefusedException(
                $"'{user}' would not be that meter: its name is "
                + $"{Address.Parse(user).ToTopicLevel()}.");
        }

        var password = given is null
            ? Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(PasswordLength))
            : given.ReadLine();
        if (string.IsNullOrEmpty(password))
        {
            throw new StartRefusedException(
                "There is no password on standard input: give one line, or leave out --stdin.");
        }

        try
        {
            PasswordFile.Set(file, user, PasswordHash.Of(Encoding.UTF8.GetBytes(password)));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException(
                $"The file {file} cannot be written ({failure.Message.TrimEnd('.')}): name "
                    + "another one.",
                failure);
        }

        if (given is null)
        {
            output.WriteLine(password);
        }

        return 0;
    }
}
