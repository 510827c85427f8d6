using SafeCast.TokenMonitor.Inspection.Graph;
using SafeCast.TokenMonitor.Secrets;

namespace SafeCast.TokenMonitor.Inspection;

/// <summary>
/// Queries Graph about an app with the credential of the app alone, for the time before there is a token. Meta shows a token only once, so
/// the credential that inspects it should be validated before the token is generated.
/// </summary>
internal sealed class AppInspector(ISecretStore secrets, GraphClientFactory graph, TimeProvider time)
{
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(30);

    /// <summary>Reads the app secret and validates it at Graph.</summary>
    /// <param name="expectation">The token that the app inspects.</param>
    /// <param name="inspection">The inspection of that token.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The result of reading the secret, null if none is configured; and the inspection with the facts about the app.</returns>
    public async Task<(SecretReading? Secret, TokenInspection Inspection)> InspectAsync(
        TokenExpectation expectation, TokenInspection inspection, CancellationToken cancellationToken)
    {
        var reading = await ReadSecretAsync(secrets, expectation, cancellationToken).ConfigureAwait(false);
        return (reading, reading switch
        {
            null => inspection,
            SecretReading.Found { Value: var secret } => await SendAsync(expectation.AppId!, secret, inspection, cancellationToken).ConfigureAwait(false),
            _ => inspection with { AppCredential = new AppCredentialStatus.NotRead(reading) },
        });
    }

    /// <summary>Reads the app secret; null if none is configured.</summary>
    public static async Task<SecretReading?> ReadSecretAsync(ISecretStore secrets, TokenExpectation expectation, CancellationToken cancellationToken) =>
        expectation is { AppId: not null, AppSecretName: { } name }
            ? (await secrets.ReadAsync(name, cancellationToken).ConfigureAwait(false)).Checked(SecretKind.AppSecret)
            : null;

    private async Task<TokenInspection> SendAsync(string appId, Secret secret, TokenInspection inspection, CancellationToken cancellationToken)
    {
        using var expiry = new CancellationTokenSource(CallTimeout, time);
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, expiry.Token);
        var client = graph.Create();

        // An app may require the proof for every request, possibly also for requests about itself.
        var credential = GraphCredential.Token(GraphCredential.App(appId, secret).Bearer, secret);
        var session = new GraphSession(client, [credential.Bearer, secret, credential.Proof!], appId, new ThrottledApps(), time, timeout.Token, cancellationToken);
        var answer = await session.AppAsync(appId, credential).ConfigureAwait(false);
        return inspection with
        {
            AppCredential = answer.Error switch
            {
                null => new AppCredentialStatus.Accepted(),

                // Only the app sends this request, so an error about a token is about the credential of the app.
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
