using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Security.KeyVault.Secrets;
using Microsoft.Extensions.DependencyInjection;
using SafeCast.TokenMonitor.Simulator;
using SafeCast.TokenMonitor.Simulator.Graph;

namespace SafeCast.TokenMonitor.Cli.Simulators;

/// <summary>A whole set-up on stand-ins: what is in the vault, and the configuration that finds it.</summary>
internal static class SimulatedSetup
{
    public const string TokenSecret = "whatsapp-system-user-token";
    public const string AppSecret = "whatsapp-app-secret";
    public const string ApiKeySecret = "sendgrid-api-key";
    public const string WebhookUrlSecret = "teams-webhook-url";

    /// <summary>The token, the app's secret and the channels' keys, by the names that <see cref="Settings"/> gives them.</summary>
    public static IReadOnlyDictionary<string, string> Secrets(Simulation simulation, StandardWorld world) => new Dictionary<string, string>
    {
        [TokenSecret] = world.Token.Value,
        [AppSecret] = world.App.Secret,
        [ApiKeySecret] = simulation.SendGrid.ApiKey,
        [WebhookUrlSecret] = simulation.Teams.WebhookUrl,
    };

    /// <summary>Puts them into the simulated vault.</summary>
    public static void FillVault(Simulation simulation, StandardWorld world)
    {
        foreach (var (name, value) in Secrets(simulation, world))
        {
            simulation.Vault.Set(name, value);
        }
    }

    /// <summary>The settings that a user would make, and the addresses of the stand-ins.</summary>
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

    /// <summary>Lets the real vault client talk to the simulated vault: an identity that needs no sign-in, and trust in its certificate.</summary>
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
            new("stand-in", DateTimeOffset.MaxValue);

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new(GetToken(requestContext, cancellationToken));
    }
}
