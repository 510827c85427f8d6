using System.Text.RegularExpressions;

namespace SafeCast.TokenMonitor.Cli.EnvFiles;

/// <summary>Names that integrations use for what the monitor reads under another name.</summary>
internal static partial class SimilarNames
{
    /// <summary>Gets the variable that the monitor reads for what this one seems to hold; null: the name is not similar to any.</summary>
    public static string? ExpectedFor(string name) => name.ToUpperInvariant() switch
    {
        var token when Token().IsMatch(token) && !OtherToken().IsMatch(token) => EnvFile.TokenVariable,
        var phone when PhoneId().IsMatch(phone) => EnvFile.PhoneVariable,
        var account when AccountId().IsMatch(account) => EnvFile.AccountVariable,
        var app when App().Match(app) is { Success: true } match => match.Groups[1].Value == "ID" ? EnvFile.AppVariable : EnvFile.AppSecretVariable,
        _ => null,
    };

    [GeneratedRegex("^(WHATSAPP|WA|META|FACEBOOK|FB|CLOUD_API|SYSTEM_USER|ACCESS)(_.+)?_TOKEN$|^(WHATSAPP|WA)_API_KEY$", RegexOptions.CultureInvariant)]
    private static partial Regex Token();

    // What an integration compares or exchanges, and not what it sends with.
    [GeneratedRegex("VERIFY|VERIFICATION|WEBHOOK|REFRESH|PAGE", RegexOptions.CultureInvariant)]
    private static partial Regex OtherToken();

    [GeneratedRegex("^((WHATSAPP|WA|META|FACEBOOK|FB)_(.+_)?)?(PHONE|PHONE_NUMBER|PHONENUMBER)_ID$|^(WHATSAPP|WA)_NUMBER_ID$", RegexOptions.CultureInvariant)]
    private static partial Regex PhoneId();

    [GeneratedRegex("^((WHATSAPP|WA|META|FACEBOOK|FB)_)?(WABA|BUSINESS_ACCOUNT|WHATSAPP_ACCOUNT|WHATSAPP_BUSINESS|WHATSAPP_BUSINESS_ACCOUNT)_ID$", RegexOptions.CultureInvariant)]
    private static partial Regex AccountId();

    [GeneratedRegex("^(?:META|FACEBOOK|FB|WA|WHATSAPP)_APP_(ID|SECRET)$", RegexOptions.CultureInvariant)]
    private static partial Regex App();
}
