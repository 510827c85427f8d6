using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Moq;
using SafeCast.TokenMonitor.Configuration;
using SafeCast.TokenMonitor.Incidents;
using SafeCast.TokenMonitor.Inspection;
using SafeCast.TokenMonitor.Inspection.Graph;
using SafeCast.TokenMonitor.Monitoring;
using SafeCast.TokenMonitor.Notifications.Email;
using SafeCast.TokenMonitor.Notifications.Teams;
using SafeCast.TokenMonitor.Secrets;
using SafeCast.TokenMonitor.Simulator;
using SafeCast.TokenMonitor.Tests.Support;

namespace SafeCast.TokenMonitor.Tests.Configuration;

public sealed partial class TokenMonitorOptionsTests
{
    private static readonly string Webhook = "https://contoso.environment.api.powerplatform.com/workflows/1?sig=" + SampleSecrets.AppSecret("sig");

    [Theory]
    [InlineData(null, "environment")]
    [InlineData("https://contoso-whatsapp.vault.azure.net/", "contoso-whatsapp.vault.azure.net")]
    [InlineData("https://127.0.0.1:8443/", "127.0.0.1_8443")]
    public void Each_vault_has_its_own_state_folder(string? vault, string folder)
    {
        (string, string?)[] name = [("TokenMonitor__Tokens__production__SecretName", "a")];

        Assert.Equal(TokenMonitorOptions.StateFolderFor(folder), Read(MonitorHosting.Terminal, vault is null ? name : [.. name, ("TokenMonitor__VaultUri", vault)]).Options.ToStateFolder());
    }

    [Fact]
    public void A_renamed_setting_still_works_and_a_warning_gives_its_new_name()
    {
        var settings = Read(MonitorHosting.Terminal, Token, ("TokenMonitor__BlindAfter", "5"));

        Assert.Equal(5, settings.Incidents.UnknownAfter);
        Assert.Equal(
            ["TokenMonitor__BlindAfter was renamed to TokenMonitor__UnknownAfter. The old name still works; change it in your settings."], settings.Check.Warnings);
    }

    [Fact]
    public void A_renamed_setting_beside_its_new_name_is_an_error() =>
        Assert.Equal(
            ("TokenMonitor__BlindAfter", "is the old name of TokenMonitor__UnknownAfter, and both are set: remove the old one."),
            Errors(MonitorHosting.Terminal, Token, ("TokenMonitor__BlindAfter", "5"), ("TokenMonitor__UnknownAfter", "4")).Select(error => (error.Key, error.Problem)).Single());

    [Fact]
    public void On_the_command_line_the_name_of_a_token_is_enough()
    {
        var settings = Read(MonitorHosting.Terminal, ("TokenMonitor__Tokens__production__SecretName", "whatsapp-system-user-token"));

        Assert.Null(settings.Options.VaultUri);
        Assert.Null(settings.Options.Schedule);
        Assert.Null(settings.Email);
        Assert.Null(settings.Teams);
        Assert.Equal(("https://graph.facebook.com/", "v26.0"), (settings.Graph.BaseUrl.AbsoluteUri, settings.Graph.Version));
        Assert.Equal(8, settings.Check.Concurrency);
        var token = Assert.Single(settings.Check.Tokens);
        Assert.Equal(("production", "whatsapp-system-user-token"), (token.Expectation.Name, token.Expectation.SecretName));
        Assert.Equal(["whatsapp_business_messaging", "whatsapp_business_management"], token.Expectation.RequiredScopes);
        Assert.Equal(ExpiryPolicy.Never, token.Expectation.Expiry);
        Assert.Equal(
            (null, null, null, null, null),
            (token.Expectation.AppId, token.Expectation.AppSecretName, token.Expectation.BusinessAccountId, token.Expectation.PhoneNumberId, token.Expectation.BusinessPortfolioId));
        Assert.Empty(token.Ignored);
    }

    [Fact]
    public void Every_setting_is_read()
    {
        var settings = Read(
            MonitorHosting.Unattended,
            ("TOKEN_MONITOR_SCHEDULE", "0 */30 * * * *"),
            ("WEBSITE_SITE_NAME", "func-contoso"),
            ("TokenMonitor__VaultUri", "https://contoso.vault.azure.net/"),
            ("TokenMonitor__Concurrency", "3"),
            ("TokenMonitor__StateContainerUri", "https://contoso.blob.core.windows.net/state"),
            ("TokenMonitor__StateFolder", "somewhere"),
            ("TokenMonitor__RemindEvery", "12:00:00"),
            ("TokenMonitor__RemindOfWarningsEvery", "3.00:00:00"),
            ("TokenMonitor__UnknownAfter", "5"),
            ("TokenMonitor__Graph__BaseUrl", "https://graph.example.com"),
            ("TokenMonitor__Graph__Version", "v27.0"),
            ("TokenMonitor__Tokens__staging__SecretName", "staging-token"),
            ("TokenMonitor__Tokens__staging__AppId", "123456789012345"),
            ("TokenMonitor__Tokens__staging__AppSecretName", "staging-app-secret"),
            ("TokenMonitor__Tokens__staging__BusinessAccountId", "102290129340398"),
            ("TokenMonitor__Tokens__staging__PhoneNumberId", "106540352242922"),
            ("TokenMonitor__Tokens__staging__BusinessPortfolioId", "506914307656634"),
            ("TokenMonitor__Tokens__staging__RequiredScopes__0", "whatsapp_business_messaging"),
            ("TokenMonitor__Tokens__staging__Expiry", "renewed"),
            ("TokenMonitor__Tokens__staging__Ignore__0", "token-expires"),
            ("TokenMonitor__Tokens__staging__Ignore__1", "app-not-subscribed"),
            ("TokenMonitor__Email__From", "monitor@contoso.com"),
            ("TokenMonitor__Email__To__0", "a@contoso.com"),
            ("TokenMonitor__Email__To__1", "b@contoso.com"),
            ("TokenMonitor__Email__ReplyTo", "team@contoso.com"),
            ("TokenMonitor__Email__ApiKeySecretName", "sendgrid"),
            ("TokenMonitor__Email__BaseUrl", "https://api.eu.sendgrid.com"),
            ("TokenMonitor__Teams__WebhookUrlSecretName", "teams"));

        Assert.Equal("0 */30 * * * *", settings.Options.Schedule);
        Assert.Equal(("https://contoso.blob.core.windows.net/state", "somewhere"), (settings.Options.StateContainerUri!.AbsoluteUri, settings.Options.StateFolder));
        Assert.Equal(
            (TimeSpan.FromHours(12), TimeSpan.FromDays(3), 5),
            (settings.Incidents.RemindEvery, settings.Incidents.RemindOfWarningsEvery, settings.Incidents.UnknownAfter));
        Assert.Equal("https://contoso.vault.azure.net/", settings.Options.VaultUri!.AbsoluteUri);
        Assert.Equal(("https://graph.example.com/", "v27.0"), (settings.Graph.BaseUrl.AbsoluteUri, settings.Graph.Version));
        Assert.Equal(("function app func-contoso", 3), (settings.Check.MonitorName, settings.Check.Concurrency));
        var (expectation, accepted) = Assert.Single(settings.Check.Tokens);
        Assert.Equal(["token-expires", "app-not-subscribed"], accepted);
        Assert.Equal(["whatsapp_business_messaging"], expectation.RequiredScopes);
        Assert.Equal(ExpiryPolicy.Renewed, expectation.Expiry);
        Assert.Equal(
            ("staging", "staging-token", "123456789012345", "staging-app-secret", "102290129340398", "106540352242922", "506914307656634"),
            (expectation.Name, expectation.SecretName, expectation.AppId, expectation.AppSecretName, expectation.BusinessAccountId, expectation.PhoneNumberId, expectation.BusinessPortfolioId));
        Assert.Equal(("monitor@contoso.com", "sendgrid", "https://api.eu.sendgrid.com/"), (settings.Email!.From, settings.Email.ApiKeySecretName, settings.Email.BaseUrl.AbsoluteUri));
        Assert.Equal(["a@contoso.com", "b@contoso.com"], settings.Email.To);
        Assert.Equal("team@contoso.com", settings.Email.ReplyTo);
        Assert.Equal("teams", settings.Teams!.WebhookUrlSecretName);
    }

    [Fact]
    public void The_sample_settings_in_the_repository_are_valid()
    {
        using var sample = JsonDocument.Parse(File.ReadAllText(Repository.PathOf("local.settings.sample.json")));
        var values = sample.RootElement.GetProperty("Values").EnumerateObject().Select(value => (value.Name, value.Value.GetString()));

        var settings = Read(MonitorHosting.Unattended, [.. values]);

        Assert.Equal("production", Assert.Single(settings.Check.Tokens).Expectation.Name);
        Assert.NotNull(settings.Email);
        Assert.NotNull(settings.Teams);
    }

    [Theory]
    [InlineData("TokenMonitor__Tokens__b2__SecretName", "whatsapp-2")]
    [InlineData("TokenMonitor__Tokens__production__SecretName", "  whatsapp-system-user-token  ")]
    [InlineData("TokenMonitor__Tokens__production__Expiry", "NEVER")]
    [InlineData("TokenMonitor__Tokens__production__Ignore__0", "Token-Expires")]
    [InlineData("TokenMonitor__Tokens__production__PhoneNumberId", "12345")]
    [InlineData("TokenMonitor__Tokens__production__BusinessPortfolioId", "")]
    [InlineData("TokenMonitor__Concurrency", "1")]
    [InlineData("TokenMonitor__Concurrency", "64")]
    [InlineData("TokenMonitor__Graph__BaseUrl", "http://127.0.0.1:8080/graph")]
    [InlineData("TokenMonitor__Graph__BaseUrl", "http://localhost:8080")]
    [InlineData("TokenMonitor__Email__From", "token.monitor+whatsapp@mail.contoso.com")]
    [InlineData("TOKEN_MONITOR_SCHEDULE", "0 7 8-18 * * MON-FRI")]
    public void A_valid_value_is_accepted(string key, string value) => Read(MonitorHosting.Unattended, [.. Complete, (key, value)]);

    [Theory]
    [InlineData("TokenMonitor__VaultUri", "contoso", "is not an https:// address")]
    [InlineData("TokenMonitor__VaultUri", "http://contoso.vault.azure.net", "is not an https:// address")]
    [InlineData("TokenMonitor__VaultUri", "http://localhost/", "is not an https:// address")]
    [InlineData("TokenMonitor__VaultUri", "https://user:password@contoso.vault.azure.net", "is not an https:// address")]
    [InlineData("TokenMonitor__Graph__BaseUrl", "http://graph.facebook.com", "is not an https:// address")]
    [InlineData("TokenMonitor__Graph__BaseUrl", "https://graph.facebook.com/?access_token=x", "or has a query")]
    [InlineData("TokenMonitor__Graph__Version", "26.0", "is not a Graph API version")]
    [InlineData("TokenMonitor__Graph__Version", "v26", "is not a Graph API version")]
    [InlineData("TokenMonitor__Graph__Version", "v26.0/../v1.0", "is not a Graph API version")]
    [InlineData("TokenMonitor__Concurrency", "0", "is not a whole number from 1 to 64")]
    [InlineData("TokenMonitor__Concurrency", "65", "is not a whole number from 1 to 64")]
    [InlineData("TokenMonitor__Concurrency", "-1", "is not a whole number from 1 to 64")]
    [InlineData("TokenMonitor__Concurrency", "many", "is not a whole number from 1 to 64")]
    [InlineData("TokenMonitor__Tokens__production", "whatsapp-system-user-token", "only the settings below it may have one")]
    [InlineData("TokenMonitor__Tokens__production__SecretName", "whatsapp_token", "is not the name of a secret")]
    [InlineData("TokenMonitor__Tokens__production__AppId", "Contoso", "is not an app id")]
    [InlineData("TokenMonitor__Tokens__production__AppId", "1234", "is not an app id")]
    [InlineData("TokenMonitor__Tokens__production__AppId", "١٢٣٤٥٦٧٨٩", "is not an app id")]
    [InlineData("TokenMonitor__Tokens__production__AppSecretName", "whatsapp app secret", "is not the name of a secret")]
    [InlineData("TokenMonitor__Tokens__production__BusinessAccountId", "Contoso Support", "is not a WhatsApp Business account id")]
    [InlineData("TokenMonitor__Tokens__production__PhoneNumberId", "+15550100", "is not a phone number id")]
    [InlineData("TokenMonitor__Tokens__production__PhoneNumberId", "102290129340398", "is the same as BusinessAccountId")]
    [InlineData("TokenMonitor__Tokens__production__BusinessPortfolioId", "Contoso Ltd", "is not a business portfolio id")]
    [InlineData("TokenMonitor__Tokens__production__Expiry", "Sometimes", "must be one of Never, Renewed")]
    [InlineData("TokenMonitor__Tokens__production__Expiry", "1", "must be one of Never, Renewed")]
    [InlineData("TokenMonitor__Tokens__production__Expiry", "+1", "must be one of Never, Renewed")]
    [InlineData("TokenMonitor__Tokens__production__Expiry", "Never, Renewed", "must be one of Never, Renewed")]
    [InlineData("TokenMonitor__Tokens__production__RequiredScopes", "whatsapp_business_messaging", "is a list")]
    [InlineData("TokenMonitor__Tokens__production__RequiredScopes__0", "WhatsApp messaging", "is not the name of a scope")]
    [InlineData("TokenMonitor__Tokens__production__RequiredScopes__0", "c0ffee00c0ffee00c0ffee00c0ffee00", "is not the name of a scope")]
    [InlineData("TokenMonitor__Tokens__production__Ignore", "token-expires", "is a list")]
    [InlineData("TokenMonitor__Tokens__production__Ignore__0", "token-lost", "is not the id of a finding")]
    [InlineData("TokenMonitor__Email__From", "monitor", "is not an e-mail address")]
    [InlineData("TokenMonitor__Email__From", "monitor@localhost", "is not an e-mail address")]
    [InlineData("TokenMonitor__Email__From", "Monitor <monitor@contoso.com>", "is not an e-mail address")]
    [InlineData("TokenMonitor__Email__ReplyTo", "team", "is not an e-mail address")]
    [InlineData("TokenMonitor__Email__To", "oncall@contoso.com", "is a list")]
    [InlineData("TokenMonitor__Email__To__0", "oncall", "is not an e-mail address")]
    [InlineData("TokenMonitor__Email__To__0", "a@contoso.com, b@contoso.com", "is not an e-mail address")]
    [InlineData("TokenMonitor__Email__ApiKeySecretName", "sendgrid key", "is not the name of a secret")]
    [InlineData("TokenMonitor__Email__BaseUrl", "api.sendgrid.com", "is not an https:// address")]
    [InlineData("TokenMonitor__Teams__WebhookUrlSecretName", "teams/webhook", "is not the name of a secret")]
    [InlineData("TOKEN_MONITOR_SCHEDULE", "7 * * * *", "is not an NCRONTAB expression with six fields")]
    [InlineData("TOKEN_MONITOR_SCHEDULE", "hourly", "is not an NCRONTAB expression with six fields")]
    public void An_invalid_value_is_one_error_with_its_key_the_problem_and_an_example(string key, string value, string problem)
    {
        var error = Assert.Single(Errors(MonitorHosting.Unattended, [.. Complete, (key, value)]));

        Assert.Equal(key, error.Key);
        Assert.Contains(problem, error.Problem, StringComparison.Ordinal);
        Assert.NotEmpty(error.Example);
    }

    [Theory]
    [InlineData("TokenMonitor__Tokens__1st__SecretName", "TokenMonitor__Tokens__1st")]
    [InlineData("TokenMonitor__Tokens__my token__SecretName", "TokenMonitor__Tokens__my token")]
    [InlineData("TokenMonitor__Tokens__a123456789012345678901234567890123__SecretName", "TokenMonitor__Tokens__a123456789012345678901234567890123")]
    public void A_token_has_a_short_plain_name(string key, string at)
    {
        var error = Assert.Single(Errors(MonitorHosting.Unattended, [.. Complete, (key, "whatsapp-system-user-token")]));

        Assert.Equal(at, error.Key);
        Assert.Contains("is not a valid token name", error.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("TokenMonitor__VaultUri", "it is the address of the vault")]
    [InlineData("TOKEN_MONITOR_SCHEDULE", "set the schedule of the check")]
    [InlineData("TokenMonitor__Email__From", "set a sender address")]
    [InlineData("TokenMonitor__Email__To__0", "set at least one recipient")]
    [InlineData("TokenMonitor__Email__ApiKeySecretName", "set the name of the secret that holds the SendGrid API key")]
    [InlineData("TokenMonitor__Tokens__production__AppId", "AppSecretName is set")]
    [InlineData("TokenMonitor__Tokens__production__BusinessAccountId", "BusinessPortfolioId is set")]
    public void Missing_required_settings_are_errors_on_Azure(string key, string why)
    {
        var error = Assert.Single(Errors(MonitorHosting.Unattended, [.. Complete.Where(setting => setting.Key != key)]));

        Assert.Equal(key, error.Key);
        Assert.StartsWith("is missing: ", error.Problem, StringComparison.Ordinal);
        Assert.Contains(why, error.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("TokenMonitor__VaultUri")]
    [InlineData("TOKEN_MONITOR_SCHEDULE")]
    public void On_the_command_line_no_vault_and_no_schedule_are_needed(string key) =>
        Read(MonitorHosting.Terminal, [.. Complete.Where(setting => setting.Key != key)]);

    [Fact]
    public void One_channel_is_enough()
    {
        Assert.Null(Read(MonitorHosting.Unattended, [.. Complete.Where(setting => !setting.Key.Contains("__Email__", StringComparison.Ordinal))]).Email);
        Assert.Null(Read(MonitorHosting.Unattended, [.. Complete.Where(setting => !setting.Key.Contains("__Teams__", StringComparison.Ordinal))]).Teams);
    }

    [Fact]
    public void A_channel_is_required_on_Azure_and_not_on_the_command_line()
    {
        (string Key, string? Value)[] silent =
        [
            .. Complete.Where(setting => !setting.Key.Contains("__Email__", StringComparison.Ordinal) && !setting.Key.Contains("__Teams__", StringComparison.Ordinal)),
        ];

        Assert.Contains("configure at least one channel", Assert.Single(Errors(MonitorHosting.Unattended, silent)).Problem, StringComparison.Ordinal);
        Assert.Null(Read(MonitorHosting.Terminal, silent).Email);
    }

    [Fact]
    public void The_address_of_a_secret_is_not_that_of_its_vault()
    {
        var error = Assert.Single(Errors(MonitorHosting.Unattended, [.. Complete.Where(setting => setting.Key != "TokenMonitor__VaultUri"), ("TokenMonitor__VaultUri", "https://contoso.vault.azure.net/secrets/whatsapp-token")]));

        Assert.Equal("TokenMonitor__VaultUri", error.Key);
        Assert.Contains("not of one of its secrets", error.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_channel_whose_settings_are_all_empty_is_not_configured() =>
        Assert.Null(Read(MonitorHosting.Unattended, [.. Complete.Where(setting => !setting.Key.Contains("__Teams__", StringComparison.Ordinal)), ("TokenMonitor__Teams__WebhookUrlSecretName", "")]).Teams);

    [Fact]
    public void An_empty_configuration_reports_every_missing_setting_at_once()
    {
        Assert.Equal(
            ["TOKEN_MONITOR_SCHEDULE", "TokenMonitor__Email__To__0", "TokenMonitor__StateContainerUri", "TokenMonitor__Tokens__production__SecretName", "TokenMonitor__VaultUri"],
            Errors(MonitorHosting.Unattended).Select(error => error.Key).Order(StringComparer.Ordinal));
        Assert.Equal("TokenMonitor__Tokens__production__SecretName", Assert.Single(Errors(MonitorHosting.Terminal)).Key);
    }

    [Fact]
    public void Several_errors_are_one_message_with_a_line_for_each()
    {
        var thrown = Assert.Throws<OptionsValidationException>(() => Read(
            MonitorHosting.Unattended,
            [.. Complete, ("TokenMonitor__Concurrency", "many"), ("TokenMonitor__Tokens__production__Expiry", "Sometimes"), ("TokenMonitor__Tokens__production__AppId", "Contoso")]));

        Assert.Equal(
            [
                "The configuration has 3 errors:",
                "  - TokenMonitor__Tokens__production__AppId: is not an app id: the value must be digits only. Example: 123456789012345",
                "  - TokenMonitor__Tokens__production__Expiry: must be one of Never, Renewed. Example: Never",
                "  - TokenMonitor__Concurrency: is not a whole number from 1 to 64. Example: 8",
            ],
            thrown.Describe().Split(Environment.NewLine));
    }

    [Theory]
    [InlineData("TokenMonitor__Tokens__production__SecertName", "TokenMonitor__Tokens__production__SecretName")]
    [InlineData("TokenMonitor__Tokens__production__PhoneNumber", "TokenMonitor__Tokens__production__PhoneNumberId")]
    [InlineData("TokenMonitor__Tokens__production__ignored__0", null)]
    [InlineData("TokenMonitor__Email__ApiKey", "TokenMonitor__Email__ApiKeySecretName")]
    [InlineData("TokenMonitor__Teams__WebhookUrl", "TokenMonitor__Teams__WebhookUrlSecretName")]
    [InlineData("TokenMonitor__Vault", "TokenMonitor__VaultUri")]
    [InlineData("TokenMonitor__Token__production__SecretName", null)]
    public void A_misspelled_setting_is_an_error_that_shows_the_nearest_one(string key, string? nearest)
    {
        var secret = SampleSecrets.SendGridKey("production");

        var error = Assert.Single(Errors(MonitorHosting.Unattended, [.. Complete, (key, secret)]));

        Assert.Equal(key, error.Key);
        Assert.Contains("is not a setting of the monitor", error.Problem, StringComparison.Ordinal);
        Assert.Equal(nearest ?? error.Example, error.Example);
        Assert.DoesNotContain(secret, error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("TokenMonitor__concurrency", "0", "TokenMonitor__concurrency")]
    [InlineData("TokenMonitor__BlindAfter", "0", "TokenMonitor__BlindAfter")]
    [InlineData("TokenMonitor__Email__To__7", "oncall", "TokenMonitor__Email__To__7")]
    [InlineData("TokenMonitor__Graph", "v26.0", "TokenMonitor__Graph")]
    [InlineData("TokenMonitor__Concurrency__Max", "4", "TokenMonitor__Concurrency__Max")]
    public void An_error_names_the_setting_as_it_is_written(string key, string value, string named) =>
        Assert.Equal(named, Assert.Single(Errors(MonitorHosting.Unattended, [.. Complete, (key, value)])).Key);

    [Fact]
    public void A_list_without_indexes_is_one_error() => Assert.Equal(
        ("TokenMonitor__Email__To", "TokenMonitor__Email__To__0=oncall@contoso.com"),
        Errors(MonitorHosting.Unattended, [.. Complete.Where(setting => setting.Key != "TokenMonitor__Email__To__0"), ("TokenMonitor__Email__To", "oncall@contoso.com")])
            .Select(error => (error.Key, error.Example)).Single());

    [Fact]
    public void A_token_whose_settings_are_all_empty_is_monitored_with_the_defaults() => Assert.Equal(
        ["production:whatsapp-system-user-token", "staging:whatsapp-system-user-token"],
        Read(MonitorHosting.Unattended, [.. Complete, ("TokenMonitor__Tokens__staging__AppId", "")])
            .Check.Tokens.Select(token => $"{token.Expectation.Name}:{token.Expectation.SecretName}"));

    [Fact]
    public void Settings_of_other_programs_are_ignored() =>
        Read(MonitorHosting.Unattended, [.. Complete, ("AzureWebJobsStorage", "x"), ("TokenMonitorX__Y", "z"), ("PATH", "/bin")]);

    [Fact]
    public void A_recipient_that_is_listed_twice_gets_one_mail() => Assert.Equal(
        ["oncall@contoso.com", "b@contoso.com"],
        Read(MonitorHosting.Unattended, [.. Complete, ("TokenMonitor__Email__To__1", "OnCall@Contoso.com"), ("TokenMonitor__Email__To__2", "b@contoso.com")]).Email!.To);

    public static TheoryData<string> Keys => [.. Complete.Select(setting => setting.Key), "TokenMonitor__Concurrency", "TokenMonitor__Graph__Version",
        "TokenMonitor__Graph__BaseUrl", "TokenMonitor__Email__BaseUrl", "TokenMonitor__Tokens__production__RequiredScopes",
        "TokenMonitor__Tokens__production__RequiredScopes__0", "TokenMonitor__Tokens__production__Ignore__0", "TokenMonitor__Tokens__production",
        "TokenMonitor__Tokens__production__Token", "TokenMonitor__Email__ApiKey", "TokenMonitor"];

    [Theory]
    [MemberData(nameof(Keys))]
    public void A_secret_in_the_wrong_place_is_rejected_and_never_quoted(string key)
    {
        string[] secrets =
        [
            SampleSecrets.Token("production"), SampleSecrets.AppSecret("production"), "c0ffee" + SampleSecrets.AppSecret("production")[6..],
            SampleSecrets.SendGridKey("production"), Webhook,
            $"123456789012345|{SampleSecrets.AppSecret("production")}",
        ];
        foreach (var secret in secrets)
        {
            var thrown = Assert.Throws<OptionsValidationException>(() => Read(MonitorHosting.Unattended, [.. Complete, (key, secret)]));

            Assert.DoesNotContain(secret, thrown.ToString(), StringComparison.OrdinalIgnoreCase);
            Assert.Contains(thrown.Failures, error => error.StartsWith(key, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("TokenMonitor__Tokens__production__SecretName")]
    [InlineData("TokenMonitor__Tokens__production__AppSecretName")]
    [InlineData("TokenMonitor__Email__ApiKeySecretName")]
    [InlineData("TokenMonitor__Teams__WebhookUrlSecretName")]
    public void A_secret_in_place_of_its_name_is_reported_as_exposed(string key)
    {
        var secret = key switch
        {
            "TokenMonitor__Tokens__production__SecretName" => SampleSecrets.Token("production"),
            "TokenMonitor__Tokens__production__AppSecretName" => SampleSecrets.AppSecret("production"),
            "TokenMonitor__Email__ApiKeySecretName" => SampleSecrets.SendGridKey("production"),
            _ => Webhook,
        };

        var error = Assert.Single(Errors(MonitorHosting.Unattended, [.. Complete, (key, secret)]));

        Assert.Contains("replace the exposed secret", error.Problem, StringComparison.Ordinal);
    }

    private static readonly (string Key, string? Value) Token = ("TokenMonitor__Tokens__production__SecretName", "whatsapp-system-user-token");

    private static readonly (string Key, string? Value)[] Complete =
    [
        ("TOKEN_MONITOR_SCHEDULE", "0 7 * * * *"),
        ("TokenMonitor__VaultUri", "https://contoso-whatsapp.vault.azure.net/"),
        ("TokenMonitor__StateContainerUri", "https://contosomonitor.blob.core.windows.net/token-monitor-state"),
        ("TokenMonitor__Tokens__production__SecretName", "whatsapp-system-user-token"),
        ("TokenMonitor__Tokens__production__AppId", "123456789012345"),
        ("TokenMonitor__Tokens__production__AppSecretName", "whatsapp-app-secret"),
        ("TokenMonitor__Tokens__production__BusinessAccountId", "102290129340398"),
        ("TokenMonitor__Tokens__production__PhoneNumberId", "106540352242922"),
        ("TokenMonitor__Tokens__production__BusinessPortfolioId", "506914307656634"),
        ("TokenMonitor__Tokens__production__Expiry", "Never"),
        ("TokenMonitor__Email__From", "token-monitor@contoso.com"),
        ("TokenMonitor__Email__To__0", "oncall@contoso.com"),
        ("TokenMonitor__Email__ApiKeySecretName", "sendgrid-api-key"),
        ("TokenMonitor__Teams__WebhookUrlSecretName", "teams-webhook-url"),
    ];

    // Like environment variables and app settings: "__" separates sections, and the last value wins.
    private static IConfiguration Configuration((string Key, string? Value)[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings
            .GroupBy(setting => setting.Key.Replace("__", ":", StringComparison.Ordinal), StringComparer.OrdinalIgnoreCase)
            .ToDictionary(group => group.Key, group => group.Last().Value))
        .Build();

    private static Settings Read(MonitorHosting hosting, params (string Key, string? Value)[] settings)
    {
        using var provider = new ServiceCollection()
            .AddLogging()
            .AddSingleton(Mock.Of<ISecretStore>())
            .AddTokenMonitor(Configuration(settings), hosting)
            .BuildServiceProvider();
        provider.GetRequiredService<IStartupValidator>().Validate();
        return new Settings(
            provider.GetRequiredService<IOptions<TokenMonitorOptions>>().Value,
            provider.GetRequiredService<CheckSettings>(),
            provider.GetRequiredService<IncidentSettings>(),
            provider.GetRequiredService<GraphEndpoint>(),
            provider.GetService<EmailSettings>(),
            provider.GetService<TeamsSettings>());
    }

    private static List<ConfigurationError> Errors(MonitorHosting hosting, params (string Key, string? Value)[] settings) =>
    [
        .. from failure in Assert.Throws<OptionsValidationException>(() => Read(hosting, settings)).Failures
           let line = Line().Match(failure)
           select new ConfigurationError(line.Groups[1].Value, line.Groups[2].Value, line.Groups[3].Value),
    ];

    [GeneratedRegex("^(.+?): (.+) Example: (.+)$", RegexOptions.Singleline)]
    private static partial Regex Line();

    // What the parts of the monitor are given.
    private sealed record Settings(
        TokenMonitorOptions Options, CheckSettings Check, IncidentSettings Incidents, GraphEndpoint Graph, EmailSettings? Email, TeamsSettings? Teams);
}
