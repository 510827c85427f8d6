using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SafeCast.TokenMonitor.Configuration;
using SafeCast.TokenMonitor.Inspection;
using SafeCast.TokenMonitor.Tests.Support;

namespace SafeCast.TokenMonitor.Tests.Infrastructure;

/// <summary>Tests that the app accepts the app settings that the Bicep writes.</summary>
public sealed class AppSettingsTests
{
    public static TheoryData<string> Variants => new(Deployment.Variants);

    [Theory]
    [MemberData(nameof(Variants))]
    public void The_settings_of_every_variant_are_valid(string variant) => Assert.NotNull(Settings(variant));

    [Fact]
    public void Every_parameter_becomes_a_setting()
    {
        var settings = Settings("everything");

        Assert.Equal(new Uri("https://kv-contoso-tokens.vault.azure.net/"), settings.VaultUri);
        Assert.Equal("30 23 */2 * * *", settings.Schedule);
        Assert.Matches("^https://sttm[a-z0-9]{13}\\.blob\\.core\\.windows\\.net/token-monitor-state$", settings.StateContainerUri!.AbsoluteUri);
        Assert.Equal(TimeSpan.FromHours(30), settings.RemindEvery);
        Assert.Equal(TimeSpan.FromDays(14), settings.RemindOfWarningsEvery);
        Assert.Equal(4, settings.UnknownAfter);
        Assert.Equal("teams-webhook-url", settings.Teams!.WebhookUrlSecretName);
        Assert.Equal("v26.0", settings.Graph.Version);

        var email = settings.Email!;
        Assert.Equal("token-monitor@contoso.com", email.From);
        Assert.Equal(["oncall@contoso.com", "messaging@contoso.com"], email.To);
        Assert.Equal("sendgrid-api-key", email.ApiKeySecretName);
        Assert.Equal("messaging-team@contoso.com", email.ReplyTo);
        Assert.Equal(new Uri("https://api.eu.sendgrid.com"), email.BaseUrl);

        Assert.Equal(["production", "staging_eu"], settings.Tokens.Keys);
        var production = settings.Tokens["production"];
        Assert.Equal("whatsapp-system-user-token", production.SecretName);
        Assert.Equal("123456789012345", production.AppId);
        Assert.Equal("whatsapp-app-secret", production.AppSecretName);
        Assert.Equal("102290129340398", production.BusinessAccountId);
        Assert.Equal("106540352242922", production.PhoneNumberId);
        Assert.Equal("506914307656634", production.BusinessPortfolioId);
        Assert.Equal(["whatsapp_business_messaging", "whatsapp_business_management", "business_management"], production.RequiredScopes);
        Assert.Equal(ExpiryPolicy.Never, production.Expiry);
        Assert.Equal(["app-not-subscribed"], production.Ignore);
        Assert.Equal(ExpiryPolicy.Renewed, settings.Tokens["staging_eu"].Expiry);
    }

    [Fact]
    public void An_omitted_parameter_results_in_no_setting()
    {
        var settings = Deployment.Of("smallest").AppSettings();

        Assert.DoesNotContain(settings, setting => setting.Value.Length == 0);
        Assert.DoesNotContain(settings.Keys, key => key.StartsWith("TokenMonitor__Email", StringComparison.Ordinal));
        Assert.DoesNotContain(settings.Keys, key => key.StartsWith("TokenMonitor__Graph", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void The_host_and_the_monitor_use_the_identity_instead_of_keys(string variant)
    {
        var deployment = Deployment.Of(variant);
        var settings = deployment.AppSettings();

        Assert.Equal(ArmExpression.ClientId, settings["AZURE_CLIENT_ID"]);
        Assert.Equal("ManagedIdentityCredential", settings["AZURE_TOKEN_CREDENTIALS"]);
        Assert.Equal(deployment.The("Microsoft.Storage/storageAccounts").Name, settings["AzureWebJobsStorage__accountName"]);
        Assert.Equal("managedidentity", settings["AzureWebJobsStorage__credential"]);
        Assert.Equal(ArmExpression.ClientId, settings["AzureWebJobsStorage__clientId"]);
        Assert.Equal($"ClientId={ArmExpression.ClientId};Authorization=AAD", settings["APPLICATIONINSIGHTS_AUTHENTICATION_STRING"]);
        Assert.Equal(ArmExpression.ConnectionString, settings["APPLICATIONINSIGHTS_CONNECTION_STRING"]);
        Assert.DoesNotContain("AzureWebJobsStorage", settings.Keys);
        Assert.DoesNotContain(settings.Values, value => value.Contains("AccountKey", StringComparison.OrdinalIgnoreCase));
    }

    // functions-app-settings, "Flex Consumption plan deprecations"; App Service accepts letters, digits, periods and underscores in a name.
    [Theory]
    [MemberData(nameof(Variants))]
    public void Flex_Consumption_accepts_the_names_of_all_settings(string variant)
    {
        var names = Deployment.Of(variant).AppSettings().Keys;

        Assert.All(names, name => Assert.Matches("^[A-Za-z][A-Za-z0-9_]*$", name));
        Assert.DoesNotContain(names, name => name.StartsWith("WEBSITE", StringComparison.Ordinal) || name.StartsWith("FUNCTIONS_", StringComparison.Ordinal));
        Assert.DoesNotContain("SCM_DO_BUILD_DURING_DEPLOYMENT", names);
    }

    [Theory]
    [InlineData("param tokens = [{ name: 'production' }]\nparam watcherEmails = ['a@contoso.com']", "Set \"email\" or \"teams\"")]
    [InlineData("param tokens = [{ name: 'staging-eu' }]\nparam teams = { webhookUrlSecretName: 'x' }\nparam watcherEmails = ['a@contoso.com']", "takes no hyphen")]
    [InlineData("param tokens = [{ name: 'a__b' }]\nparam teams = { webhookUrlSecretName: 'x' }\nparam watcherEmails = ['a@contoso.com']", "single underscores")]
    [InlineData("param tokens = [{ name: 'one' }, { name: 'ONE' }]\nparam teams = { webhookUrlSecretName: 'x' }\nparam watcherEmails = ['a@contoso.com']", "same name")]
    [InlineData("param tokens = [{ name: 'production' }]\nparam teams = { webhookUrlSecretName: 'x' }\nparam watcherEmails = []", "minimum allowable length is 1")]
    public async Task A_deployment_with_invalid_tokens_or_without_recipients_is_rejected_with_a_reason(string parameters, string reason)
    {
        using var folder = new TemporaryFolder();
        var main = Path.GetRelativePath(folder.Path, Repository.PathOf("infra/main.bicep")).Replace('\\', '/');
        var file = folder.Write("rejected.bicepparam", $"using '{main}'\n{parameters}\n");

        Assert.Contains(reason, await BicepServer.RejectionAsync(file), StringComparison.Ordinal);
    }

    private static TokenMonitorOptions Settings(string variant)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(Deployment.Of(variant).AppSettings().Select(setting =>
            KeyValuePair.Create(setting.Key.Replace("__", ":", StringComparison.Ordinal), (string?)setting.Value))).Build();
        using var provider = new ServiceCollection().AddTokenMonitor(configuration, MonitorHosting.Unattended).BuildServiceProvider();
        return provider.GetRequiredService<IOptions<TokenMonitorOptions>>().Value;
    }
}
