using SafeCast.TokenMonitor.Cli.Simulators;
using SafeCast.TokenMonitor.Simulator;
using SafeCast.TokenMonitor.Simulator.Graph;
using SafeCast.TokenMonitor.Tests.Support;

namespace SafeCast.TokenMonitor.Tests.Monitoring.Scenarios;

/// <summary>All that can come undone of a set-up that was right, as far as it shows on the wire.</summary>
internal static class TokenTroubles
{
    public static IReadOnlyDictionary<string, TokenTrouble> All { get; } = new Dictionary<string, TokenTrouble>
    {
        ["revoked"] = new(State(SimulatedTokenState.Revoked), "token-revoked"),
        ["expired"] = new(State(SimulatedTokenState.Expired), "token-expired"),
        ["expired by its date"] = new(m => m.World.Token.ExpiresAt = In(-1), "token-expired"),
        ["invalidated by a changed password"] = new(State(SimulatedTokenState.Invalidated), "token-invalidated"),
        ["invalidated by a log-out"] = new(State(SimulatedTokenState.LoggedOut), "token-invalidated"),
        ["its app was removed from the system user"] = new(State(SimulatedTokenState.AppRemoved), "app-removed"),
        ["a checkpoint waits for the user"] = new(State(SimulatedTokenState.Checkpoint), "user-action-required"),
        ["the user is not confirmed"] = new(State(SimulatedTokenState.Unconfirmed), "user-action-required"),
        ["invalid with a subcode that is unknown"] = new(
            m =>
            {
                m.World.Token.State = SimulatedTokenState.Other;
                m.World.Token.OtherSubcode = 4711;
            },
            "token-invalid"),
        ["invalid with no subcode"] = new(State(SimulatedTokenState.Other), "token-invalid"),
        ["invalid without a reason"] = new(State(SimulatedTokenState.WithoutReason), "token-invalid"),
        ["cut short when it was pasted"] = new(m => Store(m, m.World.Token.Value[..120]), "token-unreadable"),
        ["a token that Meta never made"] = new(m => Store(m, SampleSecrets.Token("never made")), "token-unreadable"),
        ["a long string that is no token at all"] = new(m => Store(m, "Q" + new string('7', 150)), "token-unreadable"),
        ["valid to debug_token, revoked to every other call"] = new(
            m => m.Simulation.Graph.Script(
                call => call.Operation is not GraphOperation.DebugToken,
                GraphFault.Error(190, "Error validating access token: The session was revoked.", 401, 466)),
            "token-revoked"),

        ["made with the 60-day option"] = new(
            m => (m.World.Token.ExpiresAt, m.World.Token.DataAccessExpiresAt) = (In(60), In(60)), "token-expires"),
        ["expires in three days"] = new(m => m.World.Token.ExpiresAt = In(3), "token-expires"),
        ["a 60-day token that was not renewed"] = new(
            m =>
            {
                m.Settings["TokenMonitor:Tokens:production:Expiry"] = "Renewed";
                m.World.Token.ExpiresAt = In(20);
            },
            "token-expires"),
        ["loses its access to data soon"] = new(m => m.World.Token.DataAccessExpiresAt = In(20), "data-access-expires"),
        ["has lost its access to data"] = new(m => m.World.Token.DataAccessExpiresAt = In(-1), "data-access-expires"),

        ["made without the messaging scope"] = new(m => m.World.Token.Lose(Scope.Messaging), "scope-missing"),
        ["made without the management scope"] = new(m => m.World.Token.Lose(Scope.Management), "scope-missing"),
        ["made without any scope"] = new(m => m.World.Token.Scopes = [], "scope-missing"),
        ["made without a scope that only this set-up needs"] = new(
            m =>
            {
                m.Settings["TokenMonitor:Tokens:production:RequiredScopes:0"] = Scope.Messaging;
                m.Settings["TokenMonitor:Tokens:production:RequiredScopes:1"] = "business_management";
            },
            "scope-missing"),
        ["messaging for another account only"] = new(m => m.World.Token.Narrow(Scope.Messaging, "999999999999"), "scope-narrowed"),

        // The account cannot be accessed without the scope, so that finding must be resolved too.
        ["management for another account only"] = new(
            m => m.World.Token.Narrow(Scope.Management, "999999999999"), "scope-narrowed", "business-account-unreachable"),
        ["both scopes for another account only"] = new(
            m =>
            {
                m.World.Token.Narrow(Scope.Messaging, "999999999999");
                m.World.Token.Narrow(Scope.Management, "999999999999");
            },
            "scope-narrowed", "business-account-unreachable", "phone-number-unreachable"),

        ["a person's token"] = new(m => m.World.Token.Type = "USER", "not-system-user"),
        ["made for another app by the same system user"] = new(
            m => Store(m, m.Simulation.Graph.World.IssueToken(OtherWorld(m).App, m.World.SystemUser).Value), "wrong-app"),
        ["made for another app, which lets tokens inspect themselves"] = new(
            m =>
            {
                m.Simulation.Graph.AllowsInspectionByToken = true;
                Store(m, m.Simulation.Graph.World.IssueToken(OtherWorld(m).App, m.World.SystemUser).Value);
            },
            "wrong-app"),
        ["the staging token pasted into production"] = new(
            m => Store(m, OtherWorld(m).Token.Value), "wrong-app", "business-account-unreachable", "phone-number-unreachable"),
        ["another system user's token of the same app"] = new(
            m => Store(m, m.Simulation.Graph.World.IssueToken(m.World.App, OtherWorld(m).SystemUser).Value),
            "business-account-unreachable", "phone-number-unreachable"),

        ["the account was taken from the system user"] = new(
            m => m.World.BusinessAccount.Unassign(m.World.SystemUser), "business-account-unreachable", "phone-number-unreachable"),
        ["the account was taken from an admin system user"] = new(
            m =>
            {
                m.World.SystemUser.IsAdmin = true;
                m.World.BusinessAccount.Unassign(m.World.SystemUser);
            },
            "access-reduced"),
        ["full control was taken from the system user"] = new(m => m.World.BusinessAccount.Assign(m.World.SystemUser, "DEVELOP"), "access-reduced"),
        ["the account was locked"] = new(
            m => m.Simulation.Graph.Script(call => call.ObjectId == m.World.BusinessAccount.Id, GraphFault.AccountLocked()), "business-account-unreachable"),
        ["the payment of the account failed"] = new(
            m => m.Simulation.Graph.Script(call => call.ObjectId == m.World.BusinessAccount.Id, GraphFault.PaymentFailed()), "business-account-unreachable"),
        ["the account was moved to another portfolio"] = new(m => m.World.BusinessAccount.Owner = OtherWorld(m).Portfolio, "wrong-portfolio"),
        ["the number was moved to another account"] = new(
            m =>
            {
                var other = OtherWorld(m).BusinessAccount;
                other.PhoneNumbers = [m.World.PhoneNumber];
                other.Assign(m.World.SystemUser, "MANAGE");
                m.World.BusinessAccount.PhoneNumbers = [];
            },
            "phone-number-elsewhere"),
        ["the number was removed"] = new(
            m => m.World.BusinessAccount.PhoneNumbers = [], "phone-number-unreachable", "phone-number-elsewhere"),
        ["the system user's id is configured as the phone number's"] = new(
            m => m.Settings["TokenMonitor:Tokens:production:PhoneNumberId"] = m.World.SystemUser.Id, "phone-number-unreachable"),
        ["the app was unsubscribed"] = new(m => m.World.BusinessAccount.SubscribedApps = [], "app-not-subscribed"),
        ["another app is subscribed instead"] = new(m => m.World.BusinessAccount.SubscribedApps = [OtherWorld(m).App], "app-not-subscribed"),

        ["sending is blocked"] = new(
            m => m.World.PhoneNumber.Troubles =
            [
                new HealthEntity("WABA", "BLOCKED")
                {
                    Errors = [new HealthError(141006, "There is an error with the payment method.", "Add a valid payment method in WhatsApp Manager.")],
                },
            ],
            "sending-blocked"),
        ["sending is limited"] = new(
            m => m.World.PhoneNumber.Troubles =
            [
                new HealthEntity("PHONE_NUMBER", "LIMITED") { AdditionalInfo = ["Your display name has not been approved yet."] },
            ],
            "sending-limited"),

        ["the app secret was reset"] = new(ResetAppSecret, "app-credential-rejected"),
        ["the app secret was reset and the app requires proofs"] = new(
            m =>
            {
                ResetAppSecret(m);
                m.World.App.RequiresProof = true;
            },
            "app-credential-rejected"),
        ["the app secret was reset and the token is dead"] = new(
            m =>
            {
                ResetAppSecret(m);
                m.World.Token.State = SimulatedTokenState.Revoked;
            },
            "app-credential-rejected", "token-revoked"),
        ["the app secret is not in the vault"] = new(m => m.Simulation.Vault.Delete(SimulatedSetup.AppSecret), "app-credential-rejected"),
        ["the app secret is disabled"] = new(m => m.Simulation.Vault.Disable(SimulatedSetup.AppSecret), "app-credential-rejected"),
        ["an access token is stored as the app secret"] = new(
            m => m.Simulation.Vault.Set(SimulatedSetup.AppSecret, m.World.Token.Value), "app-credential-rejected"),
        ["the app id is a stranger's"] = new(
            m => m.Settings["TokenMonitor:Tokens:production:AppId"] = "999999999999999", "app-credential-rejected", "app-not-subscribed"),
        ["the app was deleted"] = new(
            m => m.World.App.IsDeleted = true, "app-unavailable"),
        ["the app was blocked"] = new(
            m => m.World.App.IsBlocked = true, "app-unavailable"),
        ["the app was deactivated"] = new(
            m => m.World.App.IsDeactivated = true, "app-unavailable"),
        ["the number is banned"] = new(m => m.World.PhoneNumber.Status = "BANNED", "phone-number-not-connected"),
        ["the number must be registered again"] = new(
            m => m.Simulation.Graph.Script(call => call.ObjectId == m.World.PhoneNumber.Id, GraphFault.NumberNotRegistered()),
            "phone-number-not-connected"),
        ["recipients report the messages of the number"] = new(
            m =>
            {
                m.World.PhoneNumber.Status = "FLAGGED";
                m.World.PhoneNumber.QualityRating = "RED";
            },
            "phone-number-not-connected", "quality-low"),
        ["a temporary developer token"] = new(
            m =>
            {
                m.World.Token.Type = "USER";
                m.World.Token.IssuedAt = DateTimeOffset.UtcNow.AddHours(-20);
                m.World.Token.ExpiresAt = DateTimeOffset.UtcNow.AddHours(4);
            },
            "not-system-user", "token-expires"),
        ["the Graph version expired"] = new(m => m.Simulation.Graph.AnsweredVersion = "v27.0", "graph-version-expired"),

        ["the secret is missing"] = new(m => m.Simulation.Vault.Delete(SimulatedSetup.TokenSecret), "secret-missing"),
        ["the secret is disabled"] = new(m => m.Simulation.Vault.Disable(SimulatedSetup.TokenSecret), "secret-disabled"),
        ["the secret expires soon"] = new(m => m.Simulation.Vault.Expire(SimulatedSetup.TokenSecret, In(20)), "secret-expires"),
        ["the secret is not active yet"] = new(m => m.Simulation.Vault.Activate(SimulatedSetup.TokenSecret, In(20)), "secret-expires"),
        ["the secret has expired"] = new(m => m.Simulation.Vault.Expire(SimulatedSetup.TokenSecret, In(-20)), "secret-expires"),
        ["the secret is empty"] = new(m => Store(m, ""), "secret-malformed"),
        ["the token was pasted in quotes"] = new(m => Store(m, $"\"{m.World.Token.Value}\""), "secret-malformed"),
        ["the token was pasted with a line break"] = new(m => Store(m, $"{m.World.Token.Value}\n"), "secret-malformed"),
        ["the token was pasted with blanks"] = new(m => Store(m, $" {m.World.Token.Value}"), "secret-malformed"),
        ["the token was pasted with its name"] = new(m => Store(m, $"WHATSAPP_TOKEN={m.World.Token.Value}"), "secret-malformed"),
        ["the token was pasted with its scheme"] = new(m => Store(m, $"Bearer {m.World.Token.Value}"), "secret-malformed"),
        ["a placeholder is stored"] = new(m => Store(m, "<your-token-here>"), "secret-malformed"),
        ["the app token is stored"] = new(m => Store(m, m.World.App.Credential), "secret-malformed"),
        ["a password is stored"] = new(m => Store(m, "Tr0ub4dor-and-3"), "secret-malformed"),
        ["a malformed token in a secret that expires"] = new(
            m => m.Simulation.Vault.Set(SimulatedSetup.TokenSecret, $"'{m.World.Token.Value}'", version => version with { ExpiresAt = In(5) }),
            "secret-malformed", "secret-expires"),

        ["several things at once"] = new(
            m =>
            {
                m.World.Token.ExpiresAt = In(3);
                m.World.Token.Lose(Scope.Messaging);
                m.World.BusinessAccount.SubscribedApps = [];
                m.World.PhoneNumber.Troubles = [new HealthEntity("BUSINESS", "BLOCKED")];
                m.Simulation.Graph.AnsweredVersion = "v27.0";
            },
            "token-expires", "scope-missing", "app-not-subscribed", "sending-blocked", "graph-version-expired"),
    };

    public static DateTimeOffset In(double days) => DateTimeOffset.UtcNow.AddDays(days);

    public static StandardWorld OtherWorld(SimulatedMonitor monitor) => monitor.Simulation.Graph.World.AddStandard("Staging");

    public static void Store(SimulatedMonitor monitor, string token) => monitor.Simulation.Vault.Set(SimulatedSetup.TokenSecret, token);

    private static Action<SimulatedMonitor> State(SimulatedTokenState state) => m => m.World.Token.State = state;

    private static void ResetAppSecret(SimulatedMonitor monitor) => monitor.World.App.Secret = SampleSecrets.AppSecret("reset");
}
