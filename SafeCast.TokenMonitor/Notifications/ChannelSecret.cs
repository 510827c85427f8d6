using SafeCast.TokenMonitor.Notifications.Wording;
using SafeCast.TokenMonitor.Secrets;

namespace SafeCast.TokenMonitor.Notifications;

/// <summary>Reads the key of a channel from the secret store at each use.</summary>
internal sealed class ChannelSecret(ISecretStore secrets, string secretName, SecretKind kind, string what)
{
    /// <summary>Reads the key, or the reason why there is none.</summary>
    public async Task<(Secret? Value, string? Failure, bool IsFault)> ReadAsync(CancellationToken cancellationToken)
    {
        var reading = (await secrets.ReadAsync(secretName, cancellationToken).ConfigureAwait(false)).Checked(kind);
        var where = $"{what}, the secret {secretName} in {secrets.Name},";
        return reading switch
        {
            SecretReading.Found found => (found.Value, null, false),
            SecretReading.Missing => (null, $"{where} is missing: store it there.", true),
            SecretReading.Disabled => (null, $"{where} is disabled: enable it there.", true),
            SecretReading.Malformed malformed => (null, $"{where} cannot be used: {EnglishWording.FaultText(malformed.Fault)}.", true),
            SecretReading.Refused refused => (null, refused.Reason, false),
            SecretReading.Unreachable unreachable => (null, unreachable.Reason, false),
            _ => throw new InvalidOperationException($"Unknown reading: {reading.GetType().Name}."),
        };
    }

    /// <summary>Gets the problem of the key and how to fix it; null: no problem is known.</summary>
    public async Task<string?> FindFaultAsync(CancellationToken cancellationToken) =>
        await ReadAsync(cancellationToken).ConfigureAwait(false) is { IsFault: true, Failure: var failure } ? failure : null;
}
