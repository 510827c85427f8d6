using System.Globalization;
using System.Reflection;
using SafeCast.TokenMonitor.Assessment;
using SafeCast.TokenMonitor.Incidents.Stores;
using SafeCast.TokenMonitor.Inspection;
using SafeCast.TokenMonitor.Inspection.Graph;
using SafeCast.TokenMonitor.Monitoring;
using SafeCast.TokenMonitor.Notifications.Wording;
using SafeCast.TokenMonitor.Secrets;

namespace SafeCast.TokenMonitor.Setup;

/// <inheritdoc cref="ITokenRotation"/>
internal sealed class TokenRotation(
    CheckSettings settings, ISecretStore secrets, ITokenInspector inspector, GraphClientFactory graph, StateStore states, IAlertWording wording, TimeProvider time) : ITokenRotation
{
    private const string ContentType = "WhatsApp system-user access token";

    public IReadOnlyList<string> TokenNames => [.. settings.Tokens.Select(monitored => monitored.Expectation.Name)];

    public string StoreName => secrets.Name;

    public bool CanStore => secrets is ISecretVault;

    public async Task<string?> FindObstacleAsync(string tokenName, CancellationToken cancellationToken)
    {
        var expectation = Monitored(tokenName).Expectation;
        string[] names = expectation.AppSecretName is { } appSecret ? [expectation.SecretName, appSecret] : [expectation.SecretName];
        foreach (var name in names)
        {
            switch (await secrets.ReadAsync(name, cancellationToken).ConfigureAwait(false))
            {
                case SecretReading.Refused { IsRoleMissing: false } refused:
                    return $"The secret {name} cannot be read. {refused.Reason}";
                case SecretReading.Refused refused:
                    return await ObstacleAsync(name, refused.Reason, cancellationToken).ConfigureAwait(false);
                case SecretReading.Unreachable unreachable:
                    return await ObstacleAsync(name, unreachable.Reason, cancellationToken).ConfigureAwait(false);
            }
        }

        return null;
    }

    public async Task<NewToken> InspectAsync(string tokenName, Secret token, CancellationToken cancellationToken)
    {
        var monitored = Monitored(tokenName);
        var expectation = monitored.Expectation;
        var inPlace = await secrets.ReadAsync(expectation.SecretName, cancellationToken).ConfigureAwait(false);
        var asIfStored = new TokenInspector(new NewTokenStore(secrets, expectation.SecretName, token), graph, time);
        var checkup = await CheckUpAsync(monitored, asIfStored, token, inPlace, ChecklistSubject.NewToken, cancellationToken).ConfigureAwait(false);
        return new NewToken
        {
            Token = token,
            InPlace = inPlace,
            AlsoFor = [.. settings.Tokens.Where(other => other != monitored && other.Expectation.SecretName == expectation.SecretName).Select(other => other.Expectation.Name)],
            Checkup = checkup,
        };
    }

    public async Task<StoreOutcome> StoreAsync(NewToken newToken, CancellationToken cancellationToken)
    {
        var vault = secrets as ISecretVault ?? throw new InvalidOperationException($"{secrets.Name} cannot store secrets: no vault is configured.");
        var name = newToken.Checkup.Expectation.SecretName;

        // The user may have answered a prompt late, and someone else may have stored a token in the meantime.
        switch (await vault.ReadAsync(name, cancellationToken).ConfigureAwait(false))
        {
            case SecretReading.Found { Attributes.Version: { } written } found when found.Value.Equals(newToken.Token):
                return await ReadBackAsync(vault, newToken, written, cancellationToken).ConfigureAwait(false);
            case SecretReading.Found found when WasStoredSince(newToken, found):
                return new StoreOutcome.NotStored(
                    $"Another token (fingerprint {found.Value.Fingerprint}) was stored in the meantime. Run the command again if yours should replace it.")
                {
                    IsOvertaken = true,
                };
            case SecretReading.Found found:
                newToken = newToken with { InPlace = found };
                break;
        }

        var label = new SecretLabel(ContentType, await TagsAsync(vault, newToken, cancellationToken).ConfigureAwait(false));
        switch (await vault.WriteAsync(name, newToken.Token, label, cancellationToken).ConfigureAwait(false))
        {
            case SecretWriting.Written(var version):
                return await ReadBackAsync(vault, newToken, version, cancellationToken).ConfigureAwait(false);
            case SecretWriting.Refused(var reason):
                return new StoreOutcome.NotStored(reason);
            case SecretWriting.Unanswered(var reason):
                return await vault.ReadAsync(name, cancellationToken).ConfigureAwait(false) switch
                {
                    // Only the answer was lost; the token was stored.
                    SecretReading.Found { Attributes.Version: { } version } found when found.Value.Equals(newToken.Token) =>
                        await ReadBackAsync(vault, newToken, version, cancellationToken).ConfigureAwait(false),
                    SecretReading.Found or SecretReading.Missing => new StoreOutcome.NotStored($"{reason} The vault is unchanged."),
                    _ => new StoreOutcome.NotStored($"{reason} The secret cannot be read either, so it is unknown whether the token was stored.") { MayBeStored = true },
                };
            case var other:
                throw new InvalidOperationException($"Unknown outcome: {other.GetType().Name}.");
        }
    }

    private async Task<StoreOutcome> ReadBackAsync(ISecretVault vault, NewToken newToken, string version, CancellationToken cancellationToken)
    {
        var monitored = Monitored(newToken.Checkup.Expectation.Name);
        var name = monitored.Expectation.SecretName;
        var byVersion = await vault.ReadVersionAsync(name, version, cancellationToken).ConfigureAwait(false);
        var byName = await vault.ReadAsync(name, cancellationToken).ConfigureAwait(false);
        if (Mismatch(byVersion, newToken.Token, $"version {version}") is { } inVersion)
        {
            return new StoreOutcome.NotReadBack(version, inVersion);
        }

        if (Mismatch(byName, newToken.Token, $"the current version of {name}") is { } inName)
        {
            return new StoreOutcome.NotReadBack(version, inName);
        }

        return new StoreOutcome.Stored(version, await CheckUpAsync(monitored, inspector, newToken.Token, newToken.InPlace, ChecklistSubject.StoredToken, cancellationToken).ConfigureAwait(false))
        {
            FingerprintBefore = newToken.FingerprintInPlace,
        };
    }

    // A secret that was deleted, disabled or unreachable at the inspection may be available again. An old version is not a new token.
    // The dates of the vault have whole seconds and depend on its clock.
    private static bool WasStoredSince(NewToken newToken, SecretReading.Found now) => newToken.InPlace is SecretReading.Found before
        ? !before.Value.Equals(now.Value)
        : now.Attributes.CreatedOn?.AddSeconds(1) >= newToken.Checkup.Inspection.At + (now.Attributes.ClockSkew ?? TimeSpan.Zero);

    private async Task<string> ObstacleAsync(string name, string reason, CancellationToken cancellationToken) =>
        $"The secret {name} cannot be read. {reason.TrimEnd('.')}. {await RoleHintAsync(cancellationToken).ConfigureAwait(false)}".TrimEnd();

    private async Task<string> RoleHintAsync(CancellationToken cancellationToken) =>
        secrets is not ISecretVault vault ? "" : await vault.GetIdentityAsync(cancellationToken).ConfigureAwait(false) switch
        {
            VaultIdentity.SignedIn(var who) =>
                $"You are signed in as {who}. Storing needs the role Key Vault Secrets Officer. If another account has it, sign in to that account with \"az login\".",
            VaultIdentity.NotSignedIn => "You are not signed in: run \"az login\". Storing needs the role Key Vault Secrets Officer.",
            _ => "Storing needs the role Key Vault Secrets Officer. Sign in with \"az login\" to an account that has it.",
        };

    private static string? Mismatch(SecretReading reading, Secret written, string where) => reading switch
    {
        SecretReading.Found found when found.Value.Equals(written) => null,
        SecretReading.Found found => $"{where} contains another token (fingerprint {found.Value.Fingerprint}), which may have been stored at the same time.",
        SecretReading.Refused refused => $"{where} could not be read back. {refused.Reason}",
        SecretReading.Unreachable unreachable => $"{where} could not be read back. {unreachable.Reason}",
        SecretReading.Disabled => $"{where} is disabled. It may have been disabled at the same time.",
        _ => $"{where} does not exist. It may have been deleted at the same time.",
    };

    private async Task<TokenCheckup> CheckUpAsync(
        MonitoredToken monitored, ITokenInspector through, Secret token, SecretReading inPlace, ChecklistSubject subject, CancellationToken cancellationToken)
    {
        var expectation = monitored.Expectation;
        var inspection = await through.InspectAsync(expectation, new ThrottledApps(), cancellationToken).ConfigureAwait(false);
        var now = time.GetUtcNow();
        var (sharedWith, notCompared) = await CompareAsync(monitored, token, cancellationToken).ConfigureAwait(false);
        var assessment = Assessor.Assess(inspection, expectation, settings.AssessmentOf(monitored, sharedWith), now);
        var previousUser = await PreviousUserAsync(expectation, token, inPlace, cancellationToken).ConfigureAwait(false);
        return new TokenCheckup(expectation, inspection, assessment, Checklist.Of(inspection, expectation, assessment, previousUser, notCompared, subject, wording, now));
    }

    // The other tokens are only compared, not inspected.
    private async Task<(List<string> SharedWith, List<string> NotCompared)> CompareAsync(MonitoredToken monitored, Secret token, CancellationToken cancellationToken)
    {
        var (sharedWith, notCompared) = (new List<string>(), new List<string>());
        foreach (var other in settings.Tokens.Where(other => other != monitored).Select(other => other.Expectation))
        {
            if (other.SecretName == monitored.Expectation.SecretName)
            {
                sharedWith.Add(other.Name);
                continue;
            }

            switch (await secrets.ReadAsync(other.SecretName, cancellationToken).ConfigureAwait(false))
            {
                case SecretReading.Found found when found.Value.Equals(token):
                    sharedWith.Add(other.Name);
                    break;
                case SecretReading.Refused or SecretReading.Unreachable:
                    notCompared.Add(other.Name);
                    break;
            }
        }

        return (sharedWith, notCompared);
    }

    // The state knows the system user even if the old token is no longer valid. Without it, the old token itself may still state its user.
    private async Task<Identity?> PreviousUserAsync(TokenExpectation expectation, Secret token, SecretReading inPlace, CancellationToken cancellationToken)
    {
        if ((await states.ReadAsync(expectation.Name, cancellationToken).ConfigureAwait(false)).State.SystemUser is { } stored)
        {
            return stored;
        }

        if (inPlace is not SecretReading.Found { Value: var old } || old.Equals(token))
        {
            return null;
        }

        var ofOld = new TokenInspector(new NewTokenStore(secrets, expectation.SecretName, old), graph, time);
        var inspection = await ofOld.InspectAsync(
            expectation with { BusinessAccountId = null, PhoneNumberId = null, BusinessPortfolioId = null }, new ThrottledApps(), cancellationToken).ConfigureAwait(false);
        return inspection.Me?.Value ?? (inspection.Debug?.Value?.UserId is { } id ? new Identity(id, Name: null) : null);
    }

    private static async Task<Dictionary<string, string>> TagsAsync(ISecretVault vault, NewToken newToken, CancellationToken cancellationToken)
    {
        // The same name as in the log of the vault, or the local user and machine if there is none.
        var who = await vault.GetIdentityAsync(cancellationToken).ConfigureAwait(false) is VaultIdentity.SignedIn signedIn
            ? signedIn.Name
            : $"{Environment.UserName}@{Environment.MachineName}";
        var tags = new Dictionary<string, string>
        {
            ["fingerprint"] = newToken.Token.Fingerprint,
            ["stored-by"] = who.Length <= 256 ? who : who[..256],
            ["stored-with"] = $"tokenmonitor {Assembly.GetExecutingAssembly().GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion}",
        };
        if (newToken.Checkup.Inspection.Debug?.Value?.IssuedAt is { } issued)
        {
            tags["issued-at"] = issued.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        }

        return tags;
    }

    private MonitoredToken Monitored(string tokenName) => settings.Tokens.First(monitored => monitored.Expectation.Name == tokenName);

    // Returns the new token as if it were stored, so that the inspection is the same as in the hourly check.
    private sealed class NewTokenStore(ISecretStore store, string secretName, Secret newToken) : ISecretStore
    {
        public string Name => store.Name;

        public bool IsVault => store.IsVault;

        public Task<SecretReading> ReadAsync(string name, CancellationToken cancellationToken) => name == secretName
            ? Task.FromResult<SecretReading>(new SecretReading.Found(newToken, new SecretAttributes()))
            : store.ReadAsync(name, cancellationToken);
    }
}
