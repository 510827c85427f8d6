using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using NCrontab;
using SafeCast.TokenMonitor.Assessment;

namespace SafeCast.TokenMonitor.Configuration;

/// <summary>Validates the settings: every error at once, unknown and renamed settings, and settings that need each other.</summary>
/// <param name="section">The configuration that the options were bound from.</param>
/// <param name="hosting">Where the monitor runs. It decides which settings are required.</param>
/// <param name="nameOf">Gets the name of a setting as the user writes it, from its name as an environment variable.</param>
internal sealed partial class TokenMonitorOptionsValidator(BindableSection section, MonitorHosting hosting, Func<string, string> nameOf)
    : IValidateOptions<TokenMonitorOptions>
{
    private const string Root = TokenMonitorOptions.SectionName;
    private const string Secret = "whatsapp-system-user-token";
    private const string Recipient = "oncall@contoso.com";

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, TokenMonitorOptions options)
    {
        var errors = new SettingErrors(section, nameOf);
        CheckVault(errors, options);
        CheckGraph(errors, options.Graph);
        CheckTokens(errors, options);
        CheckLimits(errors, options);
        CheckEmail(errors, options.Email);
        CheckTeams(errors, options.Teams);
        CheckState(errors, options);
        CheckSchedule(errors, options.Schedule);
        CheckChannels(errors);
        CheckNames(errors);
        return errors.All is { Count: > 0 } all ? ValidateOptionsResult.Fail(all.Select(error => error.ToString())) : ValidateOptionsResult.Success;
    }

    private void CheckVault(SettingErrors errors, TokenMonitorOptions options)
    {
        const string Path = $"{Root}:{nameof(TokenMonitorOptions.VaultUri)}";
        const string Example = "https://contoso-whatsapp.vault.azure.net/";
        errors.Address(Path, options.VaultUri, Example);
        if (options.VaultUri is { IsAbsoluteUri: true } vault && vault.Scheme != Uri.UriSchemeHttps)
        {
            errors.Add(Path, "is not an https:// address: Key Vault accepts no other.", Example);
        }

        if (options.VaultUri is { IsAbsoluteUri: true, AbsolutePath: not "/" })
        {
            errors.Add(Path, "has a path after the host: set the address of the vault, not of one of its secrets.", Example);
        }

        if (hosting is MonitorHosting.Unattended)
        {
            errors.Require(Path, options.VaultUri, "it is the address of the vault that holds the token.", Example);
        }
    }

    private static void CheckGraph(SettingErrors errors, GraphOptions graph)
    {
        const string Path = $"{Root}:{nameof(TokenMonitorOptions.Graph)}";
        errors.Address($"{Path}:{nameof(graph.BaseUrl)}", graph.BaseUrl, "https://graph.facebook.com");
        errors.Shape($"{Path}:{nameof(graph.Version)}", graph.Version, GraphVersion(), "is not a Graph API version.", "v26.0");
    }

    private void CheckTokens(SettingErrors errors, TokenMonitorOptions options)
    {
        const string Path = $"{Root}:{nameof(TokenMonitorOptions.Tokens)}";
        foreach (var (name, token) in options.Tokens)
        {
            CheckToken(errors, $"{Path}:{name}", name, token);
        }

        if (options.Tokens.Count == 0)
        {
            errors.Add($"{Path}:production:{nameof(TokenOptions.SecretName)}", "is missing: configure at least one token.", Secret);
        }
    }

    private void CheckToken(SettingErrors errors, string path, string name, TokenOptions token)
    {
        errors.Shape(
            path, name, TokenName(), "is not a valid token name: use a letter, then letters, digits, - and _, at most 32 characters.", $"{Root}__Tokens__production");
        errors.SecretName($"{path}:{nameof(token.SecretName)}", token.SecretName, Secret);
        errors.Id($"{path}:{nameof(token.AppId)}", token.AppId, "an app id");
        errors.SecretName($"{path}:{nameof(token.AppSecretName)}", token.AppSecretName, "whatsapp-app-secret");
        errors.Id($"{path}:{nameof(token.BusinessAccountId)}", token.BusinessAccountId, "a WhatsApp Business account id");
        errors.Id($"{path}:{nameof(token.PhoneNumberId)}", token.PhoneNumberId, "a phone number id");
        errors.Id($"{path}:{nameof(token.BusinessPortfolioId)}", token.BusinessPortfolioId, "a business portfolio id");
        errors.OneOf($"{path}:{nameof(token.Expiry)}", token.Expiry);
        CheckList(errors, $"{path}:{nameof(token.RequiredScopes)}", token.RequiredScopes, "whatsapp_business_messaging", "is not the name of a scope.", Scope().IsMatch);
        CheckList(
            errors, $"{path}:{nameof(token.Ignore)}", token.Ignore, "token-expires", "is not the id of a finding: see the table of findings in README.md.",
            id => FindingCatalogue.Find(id) is not null);
        CheckSettingsThatNeedEachOther(errors, path, token);
    }

    private static void CheckSettingsThatNeedEachOther(SettingErrors errors, string path, TokenOptions token)
    {
        if (token.AppSecretName is not null)
        {
            errors.Require(
                $"{path}:{nameof(token.AppId)}", token.AppId, "AppSecretName is set, and an app secret can only be used together with the app id.", "123456789012345");
        }

        if (token.BusinessPortfolioId is not null)
        {
            errors.Require(
                $"{path}:{nameof(token.BusinessAccountId)}", token.BusinessAccountId,
                "BusinessPortfolioId is set, and the monitor compares it with the owner of this account.", "102290129340398");
        }

        if (token.BusinessAccountId is { } account && account == token.PhoneNumberId)
        {
            errors.Add(
                $"{path}:{nameof(token.PhoneNumberId)}", "is the same as BusinessAccountId: one of the two is wrong. WhatsApp Manager > API setup shows both ids.",
                "106540352242922");
        }
    }

    private void CheckList(SettingErrors errors, string path, IList<string> values, string example, string problem, Predicate<string> isValid)
    {
        errors.List(path, example);
        foreach (var (item, value) in section.Items(path).Zip(values))
        {
            if (!isValid(value))
            {
                errors.Add(item, problem, example);
            }
        }
    }

    private static void CheckLimits(SettingErrors errors, TokenMonitorOptions options)
    {
        var defaults = new TokenMonitorOptions();
        errors.Integer($"{Root}:{nameof(options.Concurrency)}", options.Concurrency, from: 1, to: 64, defaults.Concurrency);
        errors.Integer($"{Root}:{nameof(options.UnknownAfter)}", options.UnknownAfter, from: 1, to: 1000, defaults.UnknownAfter);
        errors.Interval($"{Root}:{nameof(options.RemindEvery)}", options.RemindEvery, defaults.RemindEvery);
        errors.Interval($"{Root}:{nameof(options.RemindOfWarningsEvery)}", options.RemindOfWarningsEvery, defaults.RemindOfWarningsEvery);
    }

    private void CheckEmail(SettingErrors errors, EmailOptions? email)
    {
        const string Path = $"{Root}:{nameof(TokenMonitorOptions.Email)}";
        const string Sender = "token-monitor@contoso.com";
        const string ApiKey = "sendgrid-api-key";
        if (!section.Has(Path))
        {
            return;
        }

        email ??= new EmailOptions();
        errors.Mail($"{Path}:{nameof(email.From)}", email.From, Sender);
        errors.Require($"{Path}:{nameof(email.From)}", email.From, "set a sender address that SendGrid has verified.", Sender);
        errors.Mail($"{Path}:{nameof(email.ReplyTo)}", email.ReplyTo, Recipient);
        errors.List($"{Path}:{nameof(email.To)}", Recipient);
        foreach (var (item, address) in section.Items($"{Path}:{nameof(email.To)}").Zip(email.To))
        {
            errors.Mail(item, address, Recipient);
        }

        errors.Require($"{Path}:{nameof(email.To)}:0", email.To.FirstOrDefault(), "set at least one recipient.", Recipient);
        errors.SecretName($"{Path}:{nameof(email.ApiKeySecretName)}", email.ApiKeySecretName, ApiKey);
        errors.Require($"{Path}:{nameof(email.ApiKeySecretName)}", email.ApiKeySecretName, "set the name of the secret that holds the SendGrid API key.", ApiKey);
        errors.Address($"{Path}:{nameof(email.BaseUrl)}", email.BaseUrl, "https://api.eu.sendgrid.com");
    }

    private static void CheckTeams(SettingErrors errors, TeamsOptions? teams)
    {
        const string Path = $"{Root}:{nameof(TokenMonitorOptions.Teams)}:{nameof(TeamsOptions.WebhookUrlSecretName)}";
        if (teams is not null)
        {
            errors.SecretName(Path, teams.WebhookUrlSecretName, "teams-webhook-url");
            errors.Require(Path, teams.WebhookUrlSecretName, "set the name of the secret that holds the URL of the Teams workflow.", "teams-webhook-url");
        }
    }

    private void CheckState(SettingErrors errors, TokenMonitorOptions options)
    {
        const string Path = $"{Root}:{nameof(TokenMonitorOptions.StateContainerUri)}";
        const string Example = "https://contosomonitor.blob.core.windows.net/token-monitor-state";
        errors.Address(Path, options.StateContainerUri, Example);
        if (options.StateContainerUri is not null)
        {
            return;
        }

        if (options.StateConnectionString is { } connection
            && !connection.Contains("AccountName=", StringComparison.OrdinalIgnoreCase)
            && connection != "UseDevelopmentStorage=true")
        {
            errors.Add(TokenMonitorOptions.HostStorageKey, "is not the connection string of a storage account.", "UseDevelopmentStorage=true");
        }
        else if (hosting is MonitorHosting.Unattended)
        {
            errors.Require(
                Path, options.StateConnectionString, "without a blob container for its state, the monitor would send every alert again each hour.", Example);
        }
    }

    private void CheckSchedule(SettingErrors errors, string? schedule)
    {
        const string Example = "0 7 * * * *";
        if (schedule is not null && CrontabSchedule.TryParse(schedule, new CrontabSchedule.ParseOptions { IncludingSeconds = true }) is null)
        {
            errors.Add(TokenMonitorOptions.ScheduleKey, "is not an NCRONTAB expression with six fields (the first is seconds).", Example);
        }

        // The Functions host resolves this setting itself and has no default: without it the timer never starts, and no error says so.
        if (hosting is MonitorHosting.Unattended)
        {
            errors.Require(TokenMonitorOptions.ScheduleKey, schedule, "set the schedule of the check.", Example);
        }
    }

    private void CheckChannels(SettingErrors errors)
    {
        const string Email = $"{Root}:{nameof(TokenMonitorOptions.Email)}";
        if (hosting is MonitorHosting.Unattended && !section.Has(Email) && !section.Has($"{Root}:{nameof(TokenMonitorOptions.Teams)}"))
        {
            errors.Add(
                $"{Email}:{nameof(EmailOptions.To)}:0",
                "is missing, and no Teams channel is configured: configure at least one channel, or no alert is ever sent.", Recipient);
        }
    }

    private void CheckNames(SettingErrors errors)
    {
        foreach (var path in section.SectionsWithValue)
        {
            errors.Add(path, "has a value, but only the settings below it may have one.", $"{Root}__Tokens__production__SecretName={Secret}");
        }

        foreach (var (old, current) in section.SetTwice)
        {
            errors.Add(old, $"is the old name of {errors.Name(current)}, and both are set: remove the old one.", errors.Name(current));
        }

        foreach (var (path, nearest) in section.Unknown)
        {
            errors.Add(path, "is not a setting of the monitor: see the table of settings in docs/configuration.md.", errors.Name(nearest ?? $"{Root}:VaultUri"));
        }
    }

    [GeneratedRegex(@"^v\d{1,3}\.\d{1,2}$", RegexOptions.CultureInvariant)]
    private static partial Regex GraphVersion();

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_-]{0,31}$", RegexOptions.CultureInvariant)]
    private static partial Regex TokenName();

    // Alerts show scopes, so a value that looks like an app secret (32 hexadecimal digits) is rejected.
    [GeneratedRegex("^(?![0-9a-f]{32,}$)[a-z][a-z0-9_]{2,79}$", RegexOptions.CultureInvariant)]
    private static partial Regex Scope();
}
