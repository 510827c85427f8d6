using SafeCast.TokenMonitor.Incidents.Stores;
using SafeCast.TokenMonitor.Inspection;
using SafeCast.TokenMonitor.Monitoring;
using SafeCast.TokenMonitor.Notifications.Wording;
using SafeCast.TokenMonitor.Secrets;

namespace SafeCast.TokenMonitor.Setup;

/// <inheritdoc cref="ISetupDiagnostics"/>
internal sealed class SetupDiagnostics(
    ITokenMonitor monitor, ISecretStore secrets, AppInspector apps, IDocumentStore documents, CheckSettings checks, DiagnosticsSettings settings, IAlertWording wording, TimeProvider time) : ISetupDiagnostics
{
    // No token can have this name, so the document never replaces the state of a token.
    private const string Probe = "doctor.probe";

    public async Task<DiagnosticsReport> DiagnoseAsync(bool sendTest, CancellationToken cancellationToken)
    {
        var check = await monitor.CheckWithoutNotifyingAsync(cancellationToken).ConfigureAwait(false);
        return DiagnosticsEvaluator.Report(new DiagnosticsFacts
        {
            Now = time.GetUtcNow(),
            Settings = settings,
            Check = check,
            AppOnlyInspections = await InspectAppsAsync(check, cancellationToken).ConfigureAwait(false),
            SecretStore = secrets.Name,
            Identity = secrets is ISecretVault vault ? await vault.GetIdentityAsync(cancellationToken).ConfigureAwait(false) : null,
            ChannelKeys = await ReadChannelKeysAsync(cancellationToken).ConfigureAwait(false),
            TestMessages = sendTest ? await monitor.SendTestAsync(cancellationToken).ConfigureAwait(false) : null,
            StateStore = documents.Name,
            StateProblem = await ProbeStateAsync(cancellationToken).ConfigureAwait(false),
            Statuses = await monitor.GetStatusAsync(cancellationToken).ConfigureAwait(false),
        }, wording);
    }

    // Where a check has no token, it asks nobody; that the vault does not answer at all, it has found out.
    private async Task<IReadOnlyDictionary<string, AppOnlyInspection>> InspectAppsAsync(CheckReport check, CancellationToken cancellationToken)
    {
        var inspections = new Dictionary<string, AppOnlyInspection>();
        foreach (var (expectation, inspection) in check.Tokens.Select(token => (token.Expectation, token.Inspection)))
        {
            if (inspection is { Token: null, Secret: not SecretReading.Unreachable })
            {
                var monitored = checks.Tokens.First(token => token.Expectation.Name == expectation.Name);
                var (secret, inspected) = await apps.InspectAsync(expectation, inspection, cancellationToken).ConfigureAwait(false);
                inspections[expectation.Name] = new AppOnlyInspection(secret, inspected, checks.AssessmentOf(monitored, sharedWith: []));
            }
        }

        return inspections;
    }

    private async Task<IReadOnlyDictionary<string, SecretReading>> ReadChannelKeysAsync(CancellationToken cancellationToken)
    {
        var readings = new Dictionary<string, SecretReading>();
        foreach (var (channel, secret) in settings.ChannelKeys)
        {
            readings[channel] = await secrets.ReadAsync(secret, cancellationToken).ConfigureAwait(false);
        }

        return readings;
    }

    private async Task<string?> ProbeStateAsync(CancellationToken cancellationToken)
    {
        try
        {
            var content = BinaryData.FromString($$"""{"probe":"{{Guid.NewGuid():N}}"}""");
            var left = await documents.ReadAsync(Probe, cancellationToken).ConfigureAwait(false);

            // If another run wrote at the same time, the store works as well.
            var written = await documents.WriteAsync(Probe, content, left?.Version, cancellationToken).ConfigureAwait(false);
            var read = await documents.ReadAsync(Probe, cancellationToken).ConfigureAwait(false);
            await documents.DeleteAsync(Probe, cancellationToken).ConfigureAwait(false);
            return written is null || (read?.Version == written && read.Content.ToMemory().Span.SequenceEqual(content.ToMemory().Span))
                ? null
                : $"{documents.Name} returns other content than was written.";
        }
        catch (StoreUnavailableException e)
        {
            return e.Message;
        }
    }
}
