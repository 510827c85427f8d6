using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Security.KeyVault.Secrets;
using Microsoft.Extensions.DependencyInjection;
using SafeCast.TokenMonitor.Simulator;
using SafeCast.TokenMonitor.Simulator.Graph;

namespace SafeCast.TokenMonitor.Cli.Simulators;

/// <summary>A complete simulated setup: the secrets in the vault, and the settings.</summary>
internal static class SimulatedSetup
{
    public const string TokenSecret = "whatsapp-system-user-token";
    public const string AppSecret = "whatsapp-app-secret";
    public const string ApiKeySecret = "sendgrid-api-key";
    public const string WebhookUrlSecret = "teams-webhook-url";

    /// <summary>Gets the token, the app secret and the keys of the channels, by the names in <see cref="Settings"/>.</summary>
    public static IReadOnlyDictionary<string, string> Secrets(Simulation simulation, StandardWorld world) => new Dictionary<string, string>
    {
        [TokenSecret] = world.Token.Value,
        [AppSecret] = world.App.Secret,
        [ApiKeySecret] = simulation.SendGrid.ApiKey,
        [WebhookUrlSecret] = simulation.Teams.WebhookUrl,
    };

    /// <summary>Stores them in the simulated vault.</summary>
    public static void FillVault(Simulation simulation, StandardWorld world)
    {
        foreach (var (name, value) in Secrets(simulation, world))
        {
            simulation.Vault.Set(name, value);
        }
    }

    /// <summary>Gets the settings of a typical user, with the addresses of the simulators.</summary>
    public static Dictionary<string, string?> Settings(Simulation simulation, StandardWorld world, string tokenName = "production") => new()
    {
        ["TokenMonitor:VaultUri"] = simulation.Vault.SecureBaseUrl.AbsoluteUri,
        ["TokenMonitor:Graph:BaseUrl"] = simulation.Graph.BaseUrl.AbsoluteUri,
        [$"TokenMonitor:Tokens:{tokenName}:SecretName"] = TokenSecret,
        [$"TokenMonitor:Tokens:{tokenName}:AppId"] = world.App.Id,
        [$"TokenMonitor:Tokens:{tokenName}:AppSecretName"] = AppSecret,
        [$"TokenMonitor:Tokens:{tokenName}:BusinessAccountId"] = world.BusinessAccount.Id,
        [$"TokenMonitor:Tokens:{tokenName}:PhoneNumberId"] = world.PhoneNumber.Id,
        [$"TokenMonitor:Tokens:{tokenName}:BusinessPortfolioId"] = world.Portfolio.Id,
        ["TokenMonitor:Email:From"] = "token-monitor@contoso.com",
        ["TokenMonitor:Email:To:0"] = "oncall@contoso.com",
        ["TokenMonitor:Email:ApiKeySecretName"] = ApiKeySecret,
        ["TokenMonitor:Email:BaseUrl"] = simulation.SendGrid.BaseUrl.AbsoluteUri,
        ["TokenMonitor:Teams:WebhookUrlSecretName"] = WebhookUrlSecret,
    };

    /// <summary>Connects the real vault client to the simulated vault: with an identity that needs no sign-in, and trust in its certificate.</summary>
    public static IServiceCollection AddSimulatedVaultAccess(this IServiceCollection services, Simulation simulation) => services
        .AddSingleton<TokenCredential>(new AnyIdentity())
        .AddSingleton(_ => new SecretClientOptions
        {
            DisableChallengeResourceVerification = true,
            Retry = { MaxRetries = 2, Delay = TimeSpan.FromMilliseconds(100) },
            Transport = new HttpClientTransport(new HttpClient(simulation.CreateHandler())),
        });

    internal sealed class AnyIdentity : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new("simulated-token", DateTimeOffset.MaxValue);

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new(GetToken(requestContext, cancellationToken));
    }
}
