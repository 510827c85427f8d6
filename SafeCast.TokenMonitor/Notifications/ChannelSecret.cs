using SafeCast.TokenMonitor.Notifications.Wording;
using SafeCast.TokenMonitor.Secrets;

namespace SafeCast.TokenMonitor.Notifications;

/// <summary>The key that opens a channel, read from the store whenever it is needed.</summary>
internal sealed class ChannelSecret(ISecretStore secrets, string secretName, SecretKind kind, string what)
{
    /// <summary>The key, or why there is none.</summary>
    public async Task<(Secret? Value, string? Failure, bool IsFault)> ReadAsync(CancellationToken cancellationToken)
    {
        var reading = (await secrets.ReadAsync(secretName, cancellationToken).ConfigureAwait(false)).Checked(kind);
        var where = $"{what}, the secret {secretName} in {secrets.Name},";
        return reading switch
        {
            SecretReading.Found found => (found.Value, null, false),
            SecretReading.Missing => (null, $"{where} is missing: store it there.", true),
            SecretReading.Disabled => (null, $"{where} is disabled: enable it there.", true),
            SecretReading.Malformed malformed => (null, $"{where} is not usable: {EnglishWording.FaultText(malformed.Fault)}.", true),
            SecretReading.Refused refused => (null, refused.Reason, false),
            SecretReading.Unreachable unreachable => (null, unreachable.Reason, false),
            _ => throw new InvalidOperationException($"Unknown reading: {reading.GetType().Name}."),
        };
    }

    /// <summary>What has to be mended for the key to be usable; null when nothing is known to.</summary>
    public async Task<string?> FindFaultAsync(CancellationToken cancellationToken) =>
        await ReadAsync(cancellationToken).ConfigureAwait(false) is { IsFault: true, Failure: var failure } ? failure : null;
}
