using SafeCast.TokenMonitor.Inspection.Graph;
using SafeCast.TokenMonitor.Secrets;

namespace SafeCast.TokenMonitor.Inspection;

/// <summary>
/// Reads a token and inspects it through Graph: first with its app, which gets all facts; if the app credential is rejected or not
/// configured, with the token itself, which shows at least whether it is valid; then the assets that it should be able to access.
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
            using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, expiry.Token);
            var client = graph.Create();
            var session = new GraphSession(
                client,
                appSecret is SecretReading.Found { Value: var secret } ? [token, secret, GraphCredential.Token(token, secret).Proof!] : [token],
                expectation.AppId ?? token.Fingerprint,
                throttled,
                time,
                timeout.Token,
                cancellationToken);
            inspection = await new InspectionRun(session, expectation, token, appSecret).RunAsync(inspection).ConfigureAwait(false) with
            {
                RequestedVersion = client.Endpoint.Version,
                AnsweredVersion = session.AnsweredVersion,
                ClockSkew = session.ClockSkew,
                Calls = session.Calls,
            };
        }

        return inspection with { Duration = time.GetElapsedTime(start) };
    }

    private sealed class InspectionRun(GraphSession graph, TokenExpectation expectation, Secret token, SecretReading? appSecretReading)
    {
        private readonly Secret? _appSecret = (appSecretReading as SecretReading.Found)?.Value;

        public async Task<TokenInspection> RunAsync(TokenInspection inspection)
        {
            inspection = await InspectWithAppAsync(inspection).ConfigureAwait(false);
            if (inspection.Debug is not { Value: not null } and not { Error.StopsInspection: true })
            {
                inspection = await InspectWithTokenAsync(inspection).ConfigureAwait(false);
            }

            return IsAlive(inspection) ? await ProbeAssetsAsync(inspection).ConfigureAwait(false) : inspection;
        }

        private async Task<TokenInspection> InspectWithAppAsync(TokenInspection inspection)
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
                { IsInconclusive: true } error => inspection with
                {
                    Debug = answer,
                    AppCredential = new AppCredentialStatus.NotAnswered(error),
                },

                // Any other error at the top level of this answer is about the caller: the app credential.
                { } error => inspection with { Debug = answer, AppCredential = new AppCredentialStatus.Rejected(error) },
            };
        }

        private async Task<TokenInspection> InspectWithTokenAsync(TokenInspection inspection)
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

        // If /me fails for another reason than an invalid token or an unavailable app, the assets are queried anyway: their answers decide.
        private static bool IsAlive(TokenInspection inspection) => inspection.Debug?.Value is { } debug
            ? debug.IsValid
            : inspection.Source is InspectionSource.TokenItself
                && inspection.Me?.Error is not ({ Class: GraphErrorClass.Token or GraphErrorClass.App } or { StopsInspection: true });

        private async Task<TokenInspection> ProbeAssetsAsync(TokenInspection inspection)
        {
            // A proof from a rejected secret, or from the secret of another app, would be rejected and show nothing about the asset.
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
