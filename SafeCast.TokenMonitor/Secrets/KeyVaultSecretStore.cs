using Azure;
using Azure.Core;
using Azure.Identity;
using Azure.Security.KeyVault.Secrets;
using Microsoft.Extensions.Logging;

namespace SafeCast.TokenMonitor.Secrets;

/// <summary>Secrets from Azure Key Vault, read at each call: a reference in an app setting can be a day stale after a rotation.</summary>
internal sealed partial class KeyVaultSecretStore(
    SecretClient client, TokenCredential credential, TimeProvider time, ILogger<KeyVaultSecretStore> logger) : ISecretVault
{
    // For each secret, the identity included: a failing identity endpoint takes some 24 s to give up by itself (azure-facts).
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(10);

    // No role helps there, and no other identity.
    private const string LetIn =
        "Its firewall does not let in the address that the monitor asks from: change that under Networking, or run the monitor where it is let in.";

    // A person waits for it, and would rather wait than not know.
    private static readonly TimeSpan WriteTimeout = TimeSpan.FromSeconds(30);

    // contoso.vault.azure.net is known as contoso; an address on this machine has no name but itself.
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
                : Unanswered("its answer names no version");
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (OperationCanceledException)
        {
            return Unanswered($"no answer within {WriteTimeout.TotalSeconds:0} s");
        }
        catch (RequestFailedException e) when (e.Status is 400 or 401 or 403 or 404 or 409)
        {
            return Refused(KeyVaultErrors.Answer(e));
        }
        catch (AuthenticationFailedException e)
        {
            return Refused($"you could not sign in: {KeyVaultErrors.FirstSentence(e)}");
        }
        // Its message may quote what was sent, which is why it is scrubbed like all the others.
        catch (Exception e)
        {
            return Unanswered(UntrustedText.Clean(KeyVaultErrors.Cause(e), value));
        }

        SecretWriting.Refused Refused(string answer)
        {
            LogNotWritten(name, answer);
            return new SecretWriting.Refused($"{Name} does not take it ({answer}). {RemedyFor(name, answer)}");
        }

        SecretWriting.Unanswered Unanswered(string cause)
        {
            LogNotWritten(name, cause);
            return new SecretWriting.Unanswered($"{Name} gave no answer to rest on: {cause}.");
        }
    }

    public async Task<VaultIdentity> WhoAsync(CancellationToken cancellationToken)
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

            // An empty secret has an empty value; an answer without one is not the vault's.
            return secret.Value is not { } value
                ? Unreachable(name, "its answer holds no value")
                : new SecretReading.Found(
                    new Secret(value),
                    new SecretAttributes(secret.Properties.Version, secret.Properties.CreatedOn, secret.Properties.ExpiresOn)
                    {
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
        catch (RequestFailedException e) when (e.Status is 401 or 403)
        {
            return Refused(name, KeyVaultErrors.Answer(e));
        }
        catch (AuthenticationFailedException e)
        {
            return Unreachable(name, $"the monitor's identity could not sign in ({KeyVaultErrors.FirstSentence(e)})");
        }
        catch (Exception e) when (e is RequestFailedException or AggregateException)
        {
            return Unreachable(name, KeyVaultErrors.Cause(e));
        }
        // Whatever else a credential or a transport throws says nothing about the secret either.
        catch (Exception e)
        {
            return Unreachable(name, $"{e.GetType().Name}: {KeyVaultErrors.FirstSentence(e)}");
        }
    }

    // Some credentials (a CLI that hangs, an endpoint that stalls) heed no cancellation: waiting for them ends all the same.
    private async Task<T> WithTimeoutAsync<T>(TimeSpan timeout, Func<CancellationToken, Task<T>> ask, CancellationToken cancellationToken)
    {
        using var expiry = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, expiry.Token);
        return await ask(either.Token).WaitAsync(either.Token).ConfigureAwait(false);
    }

    // contoso.vault.azure.net is asked with a token for vault.azure.net; other clouds have other endings.
    private string Scope() => client.VaultUri.Host.Split('.', 2) is [_, var domain] && domain.StartsWith("vault.", StringComparison.OrdinalIgnoreCase)
        ? $"https://{domain}/.default"
        : "https://vault.azure.net/.default";

    private static string RemedyFor(string name, string answer) => answer switch
    {
        _ when KeyVaultErrors.IsAboutAddress(answer) => LetIn,
        _ when answer.StartsWith("403", StringComparison.Ordinal) =>
            "Give yourself the role Key Vault Secrets Officer on the vault; a new role takes some minutes to work.",
        _ when answer.StartsWith("409", StringComparison.Ordinal) =>
            $"The secret {name} was deleted and can be recovered: recover it under Secrets > Manage deleted secrets.",
        _ when answer.StartsWith("404", StringComparison.Ordinal) => "See that TokenMonitor__VaultUri is your vault's.",
        _ when answer.StartsWith("400", StringComparison.Ordinal) => $"See that {name} is the name of a secret.",
        _ => "Sign in with \"az login\", to the tenant that the vault is in.",
    };

    private SecretReading.Refused Refused(string name, string answer)
    {
        LogNotRead(name, $"refused: {answer}");
        return KeyVaultErrors.IsAboutAddress(answer)
            ? new SecretReading.Refused($"{Name} refuses the monitor's address ({answer}). {LetIn}") { IsAboutAddress = true }
            : new SecretReading.Refused(
                $"{Name} refuses the monitor's identity ({answer}). "
                + "Give it the role Key Vault Secrets User; a new role takes some minutes to work.");
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
