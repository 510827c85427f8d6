using System.Text.Json;
using Azure;
using Azure.Identity;
using Azure.Security.KeyVault.Secrets;
using Microsoft.Extensions.Logging;

namespace SafeCast.TokenMonitor.Secrets;

/// <summary>Secrets from Azure Key Vault, read at each call: a reference in an app setting can be a day stale after a rotation.</summary>
internal sealed partial class KeyVaultSecretStore(SecretClient client, TimeProvider time, ILogger<KeyVaultSecretStore> logger) : ISecretStore
{
    // For each secret, the identity included: a failing identity endpoint takes some 24 s to give up by itself (azure-facts).
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    // contoso.vault.azure.net is known as contoso; an address on this machine has no name but itself.
    public string Name { get; } = $"Key Vault {(client.VaultUri.HostNameType is UriHostNameType.Dns ? client.VaultUri.Host.Split('.')[0] : client.VaultUri.Host)}";

    public async Task<SecretReading> ReadAsync(string name, CancellationToken cancellationToken)
    {
        using var expiry = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, expiry.Token);
        try
        {
            // Some credentials (a CLI that hangs, an endpoint that stalls) heed no cancellation: waiting for them ends all the same.
            var response = await client.GetSecretAsync(name, version: null, either.Token).WaitAsync(either.Token).ConfigureAwait(false);
            var secret = response.Value;

            // An empty secret has an empty value; an answer without one is not the vault's.
            return secret.Value is not { } value
                ? Unreachable(name, "its answer holds no value")
                : new SecretReading.Found(
                    new Secret(value),
                    new SecretAttributes(secret.Properties.Version, secret.Properties.CreatedOn, secret.Properties.ExpiresOn));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (OperationCanceledException)
        {
            return Unreachable(name, $"no answer within {Patience.TotalSeconds:0} s");
        }
        catch (RequestFailedException e) when (e is { Status: 404, ErrorCode: "SecretNotFound" })
        {
            return new SecretReading.Missing();
        }
        catch (RequestFailedException e) when (e.Status == 403 && InnerCode(e) == "SecretDisabled")
        {
            return new SecretReading.Disabled();
        }
        catch (RequestFailedException e) when (e.Status is 401 or 403)
        {
            return Refused(name, $"{e.Status} {UntrustedText.Clean(InnerCode(e) ?? e.ErrorCode ?? "no code given")}");
        }
        catch (AuthenticationFailedException e)
        {
            return Unreachable(name, $"the monitor's identity could not sign in ({FirstSentence(e)})");
        }
        catch (Exception e) when (e is RequestFailedException or AggregateException)
        {
            return Unreachable(name, Cause(e));
        }
        // Whatever else a credential or a transport throws says nothing about the secret either.
        catch (Exception e)
        {
            return Unreachable(name, $"{e.GetType().Name}: {FirstSentence(e)}");
        }
    }

    private static string Cause(Exception e) => e switch
    {
        AggregateException { InnerExceptions: [.., var last] } => Cause(last),
        RequestFailedException { Status: > 0 } failed => $"it answered {failed.Status} {UntrustedText.Clean(failed.ErrorCode)}".TrimEnd(),
        _ => FirstSentence(e),
    };

    private static string FirstSentence(Exception e) => UntrustedText.Clean(e.Message.Split('\n', 2)[0]);

    // {"error":{"code":"Forbidden","message":"...","innererror":{"code":"SecretDisabled"}}}; the SDK passes on the outer code only,
    // and the inner key has been seen in both spellings.
    private static string? InnerCode(RequestFailedException e)
    {
        try
        {
            if (e.GetRawResponse()?.Content is not { } content)
            {
                return null;
            }

            using var body = JsonDocument.Parse(content);
            var error = body.RootElement.GetProperty("error");
            return (error.TryGetProperty("innererror", out var inner) || error.TryGetProperty("innerError", out inner))
                ? inner.GetProperty("code").GetString()
                : null;
        }
        catch (Exception odd) when (odd is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }

    private SecretReading.Refused Refused(string name, string answer)
    {
        LogNotRead(name, $"refused: {answer}");
        return new SecretReading.Refused(
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
}
