using SafeCast.TokenMonitor.Inspection.Graph;
using SafeCast.TokenMonitor.Secrets;

namespace SafeCast.TokenMonitor.Inspection;

/// <summary>
/// Reads a token and asks Graph about it: the token's own app first, which knows everything; the token itself where the app's
/// credential is refused or not configured, which at least tells dead from alive; then the assets that it should reach.
/// </summary>
internal sealed class TokenInspector(ISecretStore secrets, GraphClientFactory graph, TimeProvider time) : ITokenInspector
{
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(60);

    public async Task<TokenInspection> InspectAsync(TokenExpectation expectation, ThrottledApps throttled, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(expectation);
        ArgumentNullException.ThrowIfNull(throttled);

        var start = time.GetTimestamp();
        var reading = secrets.ReadAsync(expectation.SecretName, cancellationToken);
        var appSecret = await AppInspector.ReadSecretAsync(secrets, expectation, cancellationToken).ConfigureAwait(false);
        var inspection = new TokenInspection
        {
            At = time.GetUtcNow(),
            SecretStore = secrets.Name,
            IsSecretInVault = secrets.IsVault,
            Secret = (await reading.ConfigureAwait(false)).Checked(SecretKind.AccessToken),
        };
        if (inspection.Token is { } token)
        {
            var left = CallTimeout - time.GetElapsedTime(start);
            using var expiry = new CancellationTokenSource(left > TimeSpan.Zero ? left : TimeSpan.Zero, time);
            using var timeIsUp = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, expiry.Token);
            var client = graph.Create();
            var session = new GraphSession(
                client,
                appSecret is SecretReading.Found { Value: var secret } ? [token, secret, GraphCredential.Token(token, secret).Proof!] : [token],
                expectation.AppId ?? token.Fingerprint,
                throttled,
                time,
                timeIsUp.Token,
                cancellationToken);
            inspection = await new Conversation(session, expectation, token, appSecret).HoldAsync(inspection).ConfigureAwait(false) with
            {
                RequestedVersion = client.Endpoint.Version,
                AnsweredVersion = session.AnsweredVersion,
                ClockSkew = session.ClockSkew,
                Calls = session.Calls,
            };
        }

        return inspection with { Duration = time.GetElapsedTime(start) };
    }

    private sealed class Conversation(GraphSession graph, TokenExpectation expectation, Secret token, SecretReading? appSecretReading)
    {
        private readonly Secret? _appSecret = (appSecretReading as SecretReading.Found)?.Value;

        public async Task<TokenInspection> HoldAsync(TokenInspection inspection)
        {
            inspection = await AskAppAsync(inspection).ConfigureAwait(false);
            if (inspection.Debug is not { Value: not null } and not { Error.Class: GraphErrorClass.Transient or GraphErrorClass.Throttled })
            {
                inspection = await AskTokenItselfAsync(inspection).ConfigureAwait(false);
            }

            return IsAlive(inspection) ? await ProbeAssetsAsync(inspection).ConfigureAwait(false) : inspection;
        }

        private async Task<TokenInspection> AskAppAsync(TokenInspection inspection)
        {
            if (appSecretReading is null)
            {
                return inspection;
            }

            if (_appSecret is null)
            {
                return inspection with { AppCredential = new AppCredentialStatus.NotRead(appSecretReading) };
            }

            var answer = await graph.DebugTokenAsync(token, GraphCredential.App(expectation.AppId!, _appSecret)).ConfigureAwait(false);
            return answer.Error switch
            {
                null => inspection with
                {
                    Debug = answer,
                    Source = InspectionSource.App,
                    AppCredential = new AppCredentialStatus.Accepted(),
                },
                { Class: GraphErrorClass.AnotherApp } => inspection with
                {
                    Debug = answer,
                    BelongsToAnotherApp = true,
                    AppCredential = new AppCredentialStatus.Accepted(),
                },
                { SaysNothing: true } error => inspection with
                {
                    Debug = answer,
                    AppCredential = new AppCredentialStatus.NotAnswered(error),
                },

                // Whatever else stands at the top level of this answer is about who asked: the app's credential.
                { } error => inspection with { Debug = answer, AppCredential = new AppCredentialStatus.Rejected(error) },
            };
        }

        private async Task<TokenInspection> AskTokenItselfAsync(TokenInspection inspection)
        {
            var credential = GraphCredential.Token(token, appSecret: null);
            var debug = await graph.DebugTokenAsync(token, credential).ConfigureAwait(false);
            if (debug.Value is not null)
            {
                return inspection with { Debug = debug, Source = InspectionSource.SelfInspection };
            }

            inspection = inspection with { Me = await graph.MeAsync(credential).ConfigureAwait(false), Source = InspectionSource.TokenItself };
            return inspection.Me.Value is null
                ? inspection
                : inspection with { ScopeGrants = await graph.ScopeGrantsAsync(credential).ConfigureAwait(false) };
        }

        // Where /me fails for a reason that is not the token's death, the assets are asked all the same: what they say is what counts.
        private static bool IsAlive(TokenInspection inspection) => inspection.Debug?.Value is { } debug
            ? debug.IsValid
            : inspection.Source is InspectionSource.TokenItself
                && inspection.Me?.Error?.Class is not (GraphErrorClass.Token or GraphErrorClass.Transient or GraphErrorClass.Throttled);

        private async Task<TokenInspection> ProbeAssetsAsync(TokenInspection inspection)
        {
            // A proof made with a refused secret, or with another app's, would be refused and say nothing of the asset.
            var provable = inspection is { AppCredential: AppCredentialStatus.Accepted, BelongsToAnotherApp: false };
            var credential = GraphCredential.Token(token, provable ? _appSecret : null);
            var (account, phone, portfolio) = (expectation.BusinessAccountId, expectation.PhoneNumberId, expectation.BusinessPortfolioId);

            var me = inspection.Me is null ? graph.MeAsync(credential) : null;
            var phoneNumber = phone is null ? null : graph.PhoneNumberAsync(phone, credential);
            var businessAccount = account is null ? null : graph.BusinessAccountAsync(account, credential);
            var phoneNumbers = account is null || phone is null ? null : graph.PhoneNumbersAsync(account, credential);
            var subscribedApps = account is null ? null : graph.SubscribedAppsAsync(account, credential);
            var owner = account is null || portfolio is null ? null : graph.OwnerAsync(account, credential);
            var assignedUsers = account is null || portfolio is null ? null : graph.AssignedUsersAsync(account, portfolio, credential);

            return inspection with
            {
                Me = me is null ? inspection.Me : await me.ConfigureAwait(false),
                PhoneNumber = phoneNumber is null ? null : await phoneNumber.ConfigureAwait(false),
                BusinessAccount = businessAccount is null ? null : await businessAccount.ConfigureAwait(false),
                PhoneNumberIds = phoneNumbers is null ? null : await phoneNumbers.ConfigureAwait(false),
                SubscribedAppIds = subscribedApps is null ? null : await subscribedApps.ConfigureAwait(false),
                Owner = owner is null ? null : await owner.ConfigureAwait(false),
                AssignedUsers = assignedUsers is null ? null : await assignedUsers.ConfigureAwait(false),
            };
        }
    }
}
