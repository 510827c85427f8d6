using System.Text.Json;
using Azure;
using Azure.Core;
using Azure.Identity;
using Azure.Security.KeyVault.Secrets;
using Microsoft.Extensions.Logging;

namespace SafeCast.TokenMonitor.Secrets;

/// <summary>Reads secrets from Azure Key Vault at each call. Key Vault references in app settings can be a day old after a rotation.</summary>
internal sealed partial class KeyVaultSecretStore(
    SecretClient client, TokenCredential credential, TimeProvider time, ILogger<KeyVaultSecretStore> logger) : ISecretVault
{
    // Per secret, including the access token: a failing identity endpoint takes about 24 s to give up.
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(10);

    // No role and no other identity would help.
    private const string FirewallHint =
        "Its firewall blocks the network address of the monitor. Allow the address under Networking, or run the monitor in an allowed network.";

    private const string PerimeterHint =
        "Its network security perimeter blocks the monitor. Add an inbound access rule for the monitor to the profile of the perimeter.";

    // A user waits for the result, which matters more than the time.
    private static readonly TimeSpan WriteTimeout = TimeSpan.FromSeconds(30);

    // The name of contoso.vault.azure.net is contoso. An IP address has no other name.
    public string Name { get; } = $"Key Vault {(client.VaultUri.HostNameType is UriHostNameType.Dns ? client.VaultUri.Host.Split('.')[0] : client.VaultUri.Host)}";

    public Task<SecretReading> ReadAsync(string name, CancellationToken cancellationToken) => ReadAsync(name, version: null, cancellationToken);

    public Task<SecretReading> ReadVersionAsync(string name, string version, CancellationToken cancellationToken) =>
        ReadAsync(name, version, cancellationToken);

    public async Task<SecretWriting> WriteAsync(string name, Secret value, SecretLabel label, CancellationToken cancellationToken)
    {
        var secret = new KeyVaultSecret(name, value.Reveal()) { Properties = { ContentType = label.ContentType } };
        foreach (var (tag, text) in label.Tags)
        {
            secret.Properties.Tags[tag] = text;
        }

        try
        {
            var response = await WithTimeoutAsync(WriteTimeout, token => client.SetSecretAsync(secret, token), cancellationToken).ConfigureAwait(false);
            return response.Value.Properties.Version is { Length: > 0 } version
                ? new SecretWriting.Written(version)
                : Unanswered("the answer does not contain a version");
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (OperationCanceledException)
        {
            return Unanswered($"no answer within {WriteTimeout.TotalSeconds:0} s");
        }
        catch (RequestFailedException e) when (e.Status is 400 or 401 or 403 or 404 or 409 && !KeyVaultErrors.IsForeign(e))
        {
            return Refused(KeyVaultErrors.Answer(e));
        }
        catch (AuthenticationFailedException e)
        {
            return Refused($"the sign-in failed: {KeyVaultErrors.FirstSentence(e)}");
        }
        // The message may quote the request, so it is scrubbed.
        catch (Exception e)
        {
            return Unanswered(UntrustedText.Clean(KeyVaultErrors.Cause(e), value));
        }

        SecretWriting.Refused Refused(string answer)
        {
            LogNotWritten(name, answer);
            return new SecretWriting.Refused($"{Name} rejected it ({answer}). {HintFor(name, answer)}");
        }

        SecretWriting.Unanswered Unanswered(string cause)
        {
            LogNotWritten(name, cause);
            return new SecretWriting.Unanswered($"{Name} gave no usable answer: {cause}.");
        }
    }

    public async Task<VaultIdentity> GetIdentityAsync(CancellationToken cancellationToken)
    {
        try
        {
            var token = await WithTimeoutAsync(
                CallTimeout, async token => await credential.GetTokenAsync(new TokenRequestContext([Scope()]), token).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
            return VaultIdentity.FromAccessToken(token.Token);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (OperationCanceledException)
        {
            return new VaultIdentity.NotSignedIn($"no answer within {CallTimeout.TotalSeconds:0} s");
        }
        catch (Exception e)
        {
            return new VaultIdentity.NotSignedIn(KeyVaultErrors.FirstSentence(e));
        }
    }

    private async Task<SecretReading> ReadAsync(string name, string? version, CancellationToken cancellationToken)
    {
        try
        {
            var response = await WithTimeoutAsync(CallTimeout, token => client.GetSecretAsync(name, version, token), cancellationToken).ConfigureAwait(false);
            var secret = response.Value;

            // An empty secret has an empty value. An answer without a value does not come from the vault.
            return secret.Value is not { } value
                ? Unreachable(name, "the answer does not contain a value")
                : new SecretReading.Found(
                    new Secret(value),
                    new SecretAttributes(secret.Properties.Version, secret.Properties.CreatedOn, secret.Properties.ExpiresOn)
                    {
                        NotBefore = secret.Properties.NotBefore,
                        ClockSkew = response.GetRawResponse().Headers.Date is { } served ? served - time.GetUtcNow() : null,
                    });
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (OperationCanceledException)
        {
            return Unreachable(name, $"no answer within {CallTimeout.TotalSeconds:0} s");
        }
        catch (RequestFailedException e) when (e is { Status: 404, ErrorCode: "SecretNotFound" })
        {
            return new SecretReading.Missing();
        }
        catch (RequestFailedException e) when (e.Status == 403 && KeyVaultErrors.InnerCode(e) == "SecretDisabled")
        {
            return new SecretReading.Disabled();
        }
        catch (RequestFailedException e) when (e.Status is 401 or 403 && !KeyVaultErrors.IsForeign(e))
        {
            return Refused(name, KeyVaultErrors.Answer(e), KeyVaultErrors.Tenant(e));
        }
        catch (AuthenticationFailedException e)
        {
            return Unreachable(name, $"the identity of the monitor could not sign in ({KeyVaultErrors.FirstSentence(e)})");
        }
        catch (Exception e) when (e is RequestFailedException or AggregateException)
        {
            return Unreachable(name, KeyVaultErrors.Cause(e));
        }
        // The client reads the body of a success without checking that it comes from the vault.
        catch (JsonException)
        {
            return Unreachable(name, KeyVaultErrors.ForeignAnswer);
        }
        // Other exceptions of the credential or the transport show nothing about the secret.
        catch (Exception e)
        {
            return Unreachable(name, $"{e.GetType().Name}: {KeyVaultErrors.FirstSentence(e)}");
        }
    }

    // Some credentials ignore cancellation, for example a CLI that hangs. The wait ends anyway.
    private async Task<T> WithTimeoutAsync<T>(TimeSpan timeout, Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        using var expiry = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, expiry.Token);
        return await call(either.Token).WaitAsync(either.Token).ConfigureAwait(false);
    }

    // contoso.vault.azure.net needs an access token for vault.azure.net. Other clouds have other domains.
    private string Scope() => client.VaultUri.Host.Split('.', 2) is [_, var domain] && domain.StartsWith("vault.", StringComparison.OrdinalIgnoreCase)
        ? $"https://{domain}/.default"
        : "https://vault.azure.net/.default";

    private static string HintFor(string name, string answer) => answer switch
    {
        _ when KeyVaultErrors.IsNetworkBlocked(answer) => NetworkHint(answer),
        _ when KeyVaultErrors.IsPolicyMissing(answer) => "Add an access policy for yourself, with the secret permissions Get and Set.",
        _ when answer.StartsWith("403", StringComparison.Ordinal) =>
            "Assign yourself the role Key Vault Secrets Officer on the vault. A new role takes a few minutes to work.",
        _ when answer.StartsWith("409", StringComparison.Ordinal) =>
            $"The secret {name} was deleted and can be recovered: select Secrets > Manage deleted secrets.",
        _ when answer.StartsWith("404", StringComparison.Ordinal) => "Check that TokenMonitor__VaultUri is the address of your vault.",
        _ when answer.StartsWith("400", StringComparison.Ordinal) => $"Check that {name} is a valid name for a secret.",
        _ => "Sign in with \"az login\" to the tenant of the vault.",
    };

    private static string NetworkHint(string answer) => KeyVaultErrors.IsPerimeter(answer) ? PerimeterHint : FirewallHint;

    private SecretReading.Refused Refused(string name, string answer, string? tenant)
    {
        LogNotRead(name, $"refused: {answer}");
        var identity = $"{Name} rejects the identity of the monitor ({answer}).";
        return answer switch
        {
            _ when KeyVaultErrors.IsNetworkBlocked(answer) => new($"{Name} rejects the network address of the monitor ({answer}). {NetworkHint(answer)}"),
            _ when KeyVaultErrors.IsPolicyMissing(answer) => new(
                $"{identity} The vault uses access policies: add one for this identity, with the secret permission Get (and Set, to store tokens)."),
            _ when answer.StartsWith("401", StringComparison.Ordinal) => new(
                $"{identity} The vault accepts only identities of its own tenant{(tenant is null ? "" : $", {tenant}")}: check that this identity belongs to it."),
            _ => new($"{identity} Assign it the role Key Vault Secrets User. A new role takes a few minutes to work.") { IsRoleMissing = true },
        };
    }

    private SecretReading.Unreachable Unreachable(string name, string cause)
    {
        LogNotRead(name, cause);
        return new SecretReading.Unreachable($"{Name} could not be read: {cause}");
    }

    [LoggerMessage(1, LogLevel.Warning, "Secret {SecretName} could not be read: {Cause}", EventName = "SecretNotRead")]
    private partial void LogNotRead(string secretName, string cause);

    [LoggerMessage(2, LogLevel.Warning, "Secret {SecretName} could not be written: {Cause}", EventName = "SecretNotWritten")]
    private partial void LogNotWritten(string secretName, string cause);
}
