using SafeCast.TokenMonitor.Inspection.Graph;
using SafeCast.TokenMonitor.Secrets;

namespace SafeCast.TokenMonitor.Inspection;

/// <summary>
/// Asks Graph about an app with nothing but the app's own credential. A token's inspection tries that credential too; this is for
/// when there is no token yet: one is shown once, and should be made when what inspects it is known to be right.
/// </summary>
internal sealed class AppInspector(ISecretStore secrets, GraphClientFactory graph, TimeProvider time)
{
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(30);

    /// <summary>Reads the app's secret and has Graph look at it.</summary>
    /// <param name="expectation">The token that the app is to inspect.</param>
    /// <param name="inspection">What was found of that token.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What came of reading the secret, null where none is configured; and the inspection with what was found of the app.</returns>
    public async Task<(SecretReading? Secret, TokenInspection Inspection)> InspectAsync(
        TokenExpectation expectation, TokenInspection inspection, CancellationToken cancellationToken)
    {
        var reading = await ReadSecretAsync(secrets, expectation, cancellationToken).ConfigureAwait(false);
        return (reading, reading switch
        {
            null => inspection,
            SecretReading.Found { Value: var secret } => await AskAsync(expectation.AppId!, secret, inspection, cancellationToken).ConfigureAwait(false),
            _ => inspection with { AppCredential = new AppCredentialStatus.NotRead(reading) },
        });
    }

    /// <summary>Reads an app's secret; null where none is configured.</summary>
    public static async Task<SecretReading?> ReadSecretAsync(ISecretStore secrets, TokenExpectation expectation, CancellationToken cancellationToken) =>
        expectation is { AppId: not null, AppSecretName: { } name }
            ? (await secrets.ReadAsync(name, cancellationToken).ConfigureAwait(false)).Checked(SecretKind.AppSecret)
            : null;

    private async Task<TokenInspection> AskAsync(string appId, Secret secret, TokenInspection inspection, CancellationToken cancellationToken)
    {
        using var expiry = new CancellationTokenSource(CallTimeout, time);
        using var timeIsUp = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, expiry.Token);
        var client = graph.Create();

        // An app may require the proof of whoever asks about anything, itself perhaps included.
        var credential = GraphCredential.Token(GraphCredential.App(appId, secret).Bearer, secret);
        var session = new GraphSession(client, [credential.Bearer, secret, credential.Proof!], appId, new ThrottledApps(), time, timeIsUp.Token, cancellationToken);
        var answer = await session.AppAsync(appId, credential).ConfigureAwait(false);
        return inspection with
        {
            AppCredential = answer.Error switch
            {
                null => new AppCredentialStatus.Accepted(),

                // Nobody but the app itself asks here: what is said of a token is said of its credential.
                { Class: GraphErrorClass.App or GraphErrorClass.Token } error => new AppCredentialStatus.Rejected(error),
                { } error => new AppCredentialStatus.NotAnswered(error),
            },
            RequestedVersion = client.Endpoint.Version,
            AnsweredVersion = session.AnsweredVersion,
            ClockSkew = session.ClockSkew,
            Calls = session.Calls,
        };
    }
}
