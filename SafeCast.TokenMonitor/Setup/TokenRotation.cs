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
                case SecretReading.Refused { IsAboutAddress: true } refused:
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
        var vault = secrets as ISecretVault ?? throw new InvalidOperationException($"{secrets.Name} keeps no versions: there is no vault to store in.");
        var name = newToken.Checkup.Expectation.SecretName;

        // Between the inspection and now somebody may have been asked something, and gone for coffee.
        switch (await vault.ReadAsync(name, cancellationToken).ConfigureAwait(false))
        {
            case SecretReading.Found { Attributes.Version: { } written } found when found.Value.Equals(newToken.Token):
                return await ReadBackAsync(vault, newToken, written, cancellationToken).ConfigureAwait(false);
            case SecretReading.Found found when WasStoredSince(newToken, found):
                return new StoreOutcome.NotStored(
                    $"Somebody stored another token (fingerprint {found.Value.Fingerprint}) meanwhile; run the command again if yours is to replace it.")
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
                    // The answer was lost, not the token.
                    SecretReading.Found { Attributes.Version: { } version } found when found.Value.Equals(newToken.Token) =>
                        await ReadBackAsync(vault, newToken, version, cancellationToken).ConfigureAwait(false),
                    SecretReading.Found or SecretReading.Missing => new StoreOutcome.NotStored($"{reason} What was there before is still there."),
                    _ => new StoreOutcome.NotStored($"{reason} It cannot be read either, so whether the token is stored is not known.") { MayBeStored = true },
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

    // What was deleted, disabled or out of reach at the inspection may have been brought back since: an old version is nobody's new token.
    // The vault's dates are by its own clock, and of whole seconds.
    private static bool WasStoredSince(NewToken newToken, SecretReading.Found now) => newToken.InPlace is SecretReading.Found before
        ? !before.Value.Equals(now.Value)
        : now.Attributes.CreatedOn?.AddSeconds(1) >= newToken.Checkup.Inspection.At + (now.Attributes.ClockSkew ?? TimeSpan.Zero);

    private async Task<string> ObstacleAsync(string name, string reason, CancellationToken cancellationToken) =>
        $"The secret {name} cannot be read. {reason.TrimEnd('.')}. {await StandingAsync(cancellationToken).ConfigureAwait(false)}".TrimEnd();

    private async Task<string> StandingAsync(CancellationToken cancellationToken) =>
        secrets is not ISecretVault vault ? "" : await vault.WhoAsync(cancellationToken).ConfigureAwait(false) switch
        {
            VaultIdentity.SignedIn(var who) =>
                $"You are signed in as {who}; storing takes the role Key Vault Secrets Officer. If that is not the account that has it, sign in with \"az login\".",
            VaultIdentity.NotSignedIn => "You are not signed in: run \"az login\". Storing takes the role Key Vault Secrets Officer.",
            _ => "Storing takes the role Key Vault Secrets Officer; sign in with \"az login\" to an account that has it.",
        };

    private static string? Mismatch(SecretReading reading, Secret written, string where) => reading switch
    {
        SecretReading.Found found when found.Value.Equals(written) => null,
        SecretReading.Found found => $"What {where} holds is another token (fingerprint {found.Value.Fingerprint}): did somebody store one at the same time?",
        SecretReading.Refused refused => $"{where} could not be read back. {refused.Reason}",
        SecretReading.Unreachable unreachable => $"{where} could not be read back. {unreachable.Reason}",
        SecretReading.Disabled => $"{where} is disabled: did somebody disable it at the same time?",
        _ => $"{where} is not there: did somebody delete it at the same time?",
    };

    private async Task<TokenCheckup> CheckUpAsync(
        MonitoredToken monitored, ITokenInspector through, Secret token, SecretReading inPlace, ChecklistSubject subject, CancellationToken cancellationToken)
    {
        var expectation = monitored.Expectation;
        var inspection = await through.InspectAsync(expectation, new ThrottledApps(), cancellationToken).ConfigureAwait(false);
        var now = time.GetUtcNow();
        var (sharedWith, notCompared) = await CompareAsync(monitored, token, cancellationToken).ConfigureAwait(false);
        var assessment = Assessor.Assess(inspection, expectation, settings.AssessmentOf(monitored, sharedWith), now);
        var before = await BeforeAsync(expectation, token, inPlace, cancellationToken).ConfigureAwait(false);
        return new TokenCheckup(expectation, inspection, assessment, Checklist.Of(inspection, expectation, assessment, before, notCompared, subject, wording, now));
    }

    // Only the vault is asked for the others' tokens: whether they are right is not what this is about.
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

    // What is remembered outlives the old token; where nothing is, the old token itself may still say whose it is.
    private async Task<TokenBefore> BeforeAsync(TokenExpectation expectation, Secret token, SecretReading inPlace, CancellationToken cancellationToken)
    {
        if ((await states.ReadAsync(expectation.Name, cancellationToken).ConfigureAwait(false)).State.SystemUser is { } remembered)
        {
            return new TokenBefore(remembered.Id, remembered.Name);
        }

        if (inPlace is not SecretReading.Found { Value: var old } || old.Equals(token))
        {
            return TokenBefore.Unknown;
        }

        var ofOld = new TokenInspector(new NewTokenStore(secrets, expectation.SecretName, old), graph, time);
        var inspection = await ofOld.InspectAsync(
            expectation with { BusinessAccountId = null, PhoneNumberId = null, BusinessPortfolioId = null }, new ThrottledApps(), cancellationToken).ConfigureAwait(false);
        return TokenBefore.From(inspection);
    }

    private static async Task<Dictionary<string, string>> TagsAsync(ISecretVault vault, NewToken newToken, CancellationToken cancellationToken)
    {
        // The vault's own log knows them by the same name; who cannot be named there is at least somebody at some machine.
        var who = await vault.WhoAsync(cancellationToken).ConfigureAwait(false) is VaultIdentity.SignedIn signedIn
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
}
