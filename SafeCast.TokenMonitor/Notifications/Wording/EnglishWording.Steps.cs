using SafeCast.TokenMonitor.Assessment;
using SafeCast.TokenMonitor.Inspection;
using SafeCast.TokenMonitor.Secrets;

namespace SafeCast.TokenMonitor.Notifications.Wording;

/// <summary>
/// The words for steps. Each is one thing to do, with the page where it is done; where the setup procedure has a step for it, that is
/// named. The labels of buttons and pages are Meta's of November 2026; the runbook says where they differ.
/// </summary>
public sealed partial class EnglishWording
{
    // A step is read at night: the whole of Meta's text is in the evidence.
    private const int LongestFix = 160;

    private static readonly Link BusinessSettings = new("Business Settings", new Uri("https://business.facebook.com/settings"));
    private static readonly Link Debugger = new("Access token debugger", new Uri("https://developers.facebook.com/tools/debug/accesstoken"));
    private static readonly Link WhatsAppManager = new("WhatsApp Manager", new Uri("https://business.facebook.com/wa/manage/home"));
    private static readonly Link Apps = new("Your apps at Meta", new Uri("https://developers.facebook.com/apps"));
    private static readonly Link Registration = new("Meta's registration page", new Uri("https://developers.facebook.com/docs/whatsapp/cloud-api/reference/registration"));
    private static readonly Link Changelog = new("Graph API changelog", new Uri("https://developers.facebook.com/docs/graph-api/changelog"));
    private static readonly Link KeyVaults = new("Key vaults in the Azure portal", new Uri("https://portal.azure.com/#browse/Microsoft.KeyVault%2Fvaults"));
    private static readonly Link MetaStatus = new("Meta's status", new Uri("https://metastatus.com"));
    private static readonly Link Rotating = new("the runbook on rotating", Runbook.SectionOf("rotating-a-token-without-a-gap"));

    /// <inheritdoc/>
    public StepText Describe(RemediationStep step, TokenContext token)
    {
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(token);
        var name = $"\"{token.TokenName}\"";
        return step.Kind switch
        {
            StepKind.GenerateToken => Generate(step, SystemUser(token)),

            // The system user that Graph names belongs to the wrong token.
            StepKind.GenerateTokenForApp => Generate(step, $"the system user of {App(token)}"),
            StepKind.SelectAppAndExpiration => new(
                $"Select {App(token)} and the expiration \"{Expiration(token)}\" (setup step {(int)SetupStep.GenerateToken}).", SetupLink(SetupStep.GenerateToken)),
            StepKind.SelectScopes => new($"Select {ScopesToSelect(token)}, generate, and copy the token: it is shown only once."),
            StepKind.StoreToken when token.IsInVault => new(
                $"Run \"tokenmonitor store --token {Argument(token.TokenName)}\" and paste the token; it is checked, then stored as {token.SecretName} in {token.StoreName} (setup step {(int)SetupStep.StoreToken}).",
                SetupLink(SetupStep.StoreToken)),
            StepKind.StoreToken => new($"Replace {EnvironmentSecretStore.VariableFor(token.SecretName)} in {token.StoreName} with the new token."),
            StepKind.RestartIntegration => new("If your integration reads the token only at startup, restart it."),
            StepKind.Verify => new($"Run \"tokenmonitor check\", or wait for the hourly check, and verify that {name} is healthy."),

            StepKind.RecoverSecret => new($"In {token.StoreName}, open Secrets > Manage deleted secrets, and recover {token.SecretName} if listed.", VaultLink(token)),
            StepKind.EnableSecret => new(
                $"In {token.StoreName}, open the secret {token.SecretName} and enable its current version, unless it was disabled because it leaked.", VaultLink(token)),
            StepKind.FindCorrectToken when token.IsInVault => new(
                $"Get the correct token from the person who created it, or from the previous version of the secret {token.SecretName} in {token.StoreName}.", VaultLink(token)),
            StepKind.FindCorrectToken => new(
                $"Get the correct token from the person who created it and compare it with {EnvironmentSecretStore.VariableFor(token.SecretName)} in {token.StoreName}."),
            StepKind.ExtendSecretDate => new(
                $"To keep the token, correct or remove the date of the secret {token.SecretName} in {token.StoreName}.", VaultLink(token)),
            StepKind.CompareTokens => new(
                "If both are tokens, check which one your integration uses. The debugger shows their apps; paste tokens into no other page.", Debugger),
            StepKind.SetBothVariables => new(
                "Set WHATSAPP_SYSTEM_USER_TOKEN to the correct token. On a line below, without single quotes, set WHATSAPP_API_TOKEN to ${WHATSAPP_SYSTEM_USER_TOKEN}."),

            StepKind.AssignApp => new(
                $"In Business Settings, open Users > System users > {SystemUser(token)} > Assign assets > Apps; select {App(token)} with \"Manage app\".", BusinessSettings),
            StepKind.AssignAccount => Assign(token, Account(token)),
            StepKind.AssignAccountOfNumber => Assign(token, $"the account that has {PhoneNumber(token)}"),
            StepKind.CreateSystemUser => new(
                $"If there is no system user yet, add one and assign {App(token)} and {Account(token)} to it (setup step {(int)SetupStep.SystemUser}).", SetupLink(SetupStep.SystemUser)),
            StepKind.CheckAccount => new(
                "If it is already assigned, check in WhatsApp Manager whether the account was restricted, moved or deleted.", WhatsAppManager),
            StepKind.CheckNumber => new("If it is already assigned, check in WhatsApp Manager whether the number was removed or moved.", WhatsAppManager),
            StepKind.FindAccountInPortfolio => new(
                $"In Business Settings of {Portfolio(token)}, open Accounts > WhatsApp accounts and look for {Account(token)}.", BusinessSettings),
            StepKind.AskAccountOwner => new("If it is not listed, ask the owner named in this message whether it was moved or shared."),
            StepKind.FindAccountOfNumber => new(
                $"In WhatsApp Manager, find the account that has {PhoneNumber(token)}; expected: {Account(token)}.", WhatsAppManager),
            StepKind.SubscribeApp => new(
                $"Subscribe {App(token)} to {Account(token)} with the command in setup step {(int)SetupStep.SubscribeApp}.", SetupLink(SetupStep.SubscribeApp)),
            StepKind.CheckWebhook => new(
                "On the app's page, open WhatsApp > Configuration; check that the callback URL is yours and the field \"messages\" is subscribed.", AppPage(token)),
            StepKind.ShowAppSecret => new(
                $"On the page of {App(token)}, open App settings > Basic and select \"Show\" beside the app secret; do not reset it.", AppPage(token)),
            StepKind.StoreAppSecret => new(
                $"Store it as {token.AppSecretName ?? "the app secret"} in {token.StoreName}, without displaying it (setup step {(int)SetupStep.StoreAppSecret}).", SetupLink(SetupStep.StoreAppSecret)),

            StepKind.FollowMetaAsAdministrator => new("Log in to Business Settings as an administrator and follow Meta's instructions.", BusinessSettings),
            StepKind.FollowMetaAboutAccount => new(
                "Open WhatsApp Manager and follow Meta's instructions: Meta restricts the account. A new token does not help.", WhatsAppManager),
            StepKind.FollowMetaAboutApp => new(
                $"Open the page of {App(token)}, check what Meta says about the app, and follow the instructions there.", AppPage(token) ?? Apps),
            StepKind.SetUpAnotherApp => new(
                $"If the app no longer exists, set up another one with its own token, from setup step {(int)SetupStep.AssignApp} on, and correct AppId of {name}.", SetupLink(SetupStep.AssignApp)),
            StepKind.FixPayment => new($"In WhatsApp Manager, open the payment settings of {Account(token)} and fix its payment method.", WhatsAppManager),
            StepKind.RegisterNumber => new(
                $"Register {PhoneNumber(token)} again with its PIN: POST /{token.PhoneNumber?.Id ?? "PHONE_NUMBER_ID"}/register, as Meta's page shows.", Registration),
            StepKind.VerifyNumber => new($"In WhatsApp Manager, open {PhoneNumber(token)} and finish its verification by SMS or call.", WhatsAppManager),
            StepKind.RequestNumberReview => new($"In WhatsApp Manager, open {PhoneNumber(token)}, read Meta's reason, and request a review.", WhatsAppManager),
            StepKind.AddNumberAgain => new($"In WhatsApp Manager, check whether {PhoneNumber(token)} was removed from the account; if so, add and register it again.", WhatsAppManager),
            StepKind.WaitForMessagingLimit => new(
                $"Wait until the messaging limit of {PhoneNumber(token)} resets, usually after 24 hours; WhatsApp Manager shows the limit.", WhatsAppManager),
            StepKind.SendMoreSlowly => new($"Reduce the sending rate of your integration; WhatsApp Manager shows the state of {PhoneNumber(token)}.", WhatsAppManager),
            StepKind.ImproveQuality => new(
                "In WhatsApp Manager, check which templates recipients block or report, and pause those.", WhatsAppManager),
            StepKind.FollowMetaAboutSending => new("Open WhatsApp Manager and follow Meta's instructions; Meta's reasons are listed below.", WhatsAppManager),
            StepKind.RequestDisplayNameApproval => new("Wait for the approval of the display name, or request it in WhatsApp Manager.", WhatsAppManager),
            StepKind.ApplyMetasFix => new(
                $"Open WhatsApp Manager and apply Meta's fix: \"{Shortening.Of((step.MetasFix ?? "").TrimEnd('.'), LongestFix)}\"{(step.HasMoreFixes ? ", and the other fixes listed below" : "")}.",
                WhatsAppManager),

            StepKind.CorrectSetting => new($"{If(step.When)}, correct {SettingText(step.Setting)} of {name} in the monitor's settings."),
            StepKind.CorrectAppIdAndStop => new($"If the token's app is the intended one, correct AppId of {name} in the monitor's settings and stop here."),
            StepKind.CorrectAppIdAndRepeat => new($"If the token's app is the intended one, correct AppId of {name} in the monitor's settings and run this command again."),
            StepKind.SetCorrectId => new(
                $"Set {SettingText(step.Setting)} of {name} to the correct ID{(step.Mistake is { } mistake ? $": {MistakeText(mistake, step.Setting is SettingName.PhoneNumberId)}" : "")}.",
                WhatsAppManager),
            StepKind.CorrectIntegration => new("Correct your integration too: it may send from the wrong number."),
            StepKind.IgnoreSharedEnvironment => new("If sharing is intended, add environment-shared to Ignore of both in the monitor's settings."),
            StepKind.SetGraphVersion => new("Set TokenMonitor__Graph__Version to a current version in the monitor's settings.", Changelog),
            StepKind.CheckIntegrationGraphVersion => new("Check which version your integration uses and update it too."),

            StepKind.KeepToken => new("Keep the token: a new one does not fix this."),
            StepKind.RevokeNothingOtherSystem => new("Revoke nothing: another system may be sending with this token."),
            StepKind.RevokeNothingUntilExpiry => new("Revoke nothing: the old token works until it expires."),
            StepKind.RevokeNothingShared => new("Revoke nothing: both environments send with this token."),
            StepKind.StoreCorrectTokenFirst => new($"Store the correct token of {name} first (see the other finding). Assign nothing to the current one."),
            StepKind.DecideEnvironmentFirst => new($"First decide which environment keeps this token (see the other finding). If not {name}, assign nothing to it."),
            StepKind.DecideEnvironment => new(
                $"Decide which environment keeps it; give the other its own app and system user (setup step {(int)SetupStep.KeepStagingApart}).", SetupLink(SetupStep.KeepStagingApart)),
            StepKind.SeparateEnvironments => new(
                $"If they must be separate, give each its own account, app and system user (setup step {(int)SetupStep.KeepStagingApart}).", SetupLink(SetupStep.KeepStagingApart)),
            StepKind.AskWhoChangedPassword => new("Then ask who changed a password or logged out: that ends personal tokens, not system user tokens."),
            StepKind.InspectInDebugger => new("To learn why, paste the old token into Meta's debugger, and into no other page.", Debugger),

            StepKind.RunDoctorForMissing => new("Run \"tokenmonitor doctor\": it shows what is missing or refused (often AppId and AppSecretName) and what to do."),
            StepKind.RunDoctorForUnreachable => new("Run \"tokenmonitor doctor\": it shows what does not answer (secret store, identity or Meta) and what to do."),
            StepKind.RunDoctorAgain => new("Run \"tokenmonitor doctor\" again."),
            StepKind.CheckMetaStatus => new("If it is Meta, check Meta's status and wait.", MetaStatus),
            StepKind.TestByMessage => new("Meanwhile, send yourself a WhatsApp message to test the token."),
            StepKind.ConfirmCompleteCheck => new("Run \"tokenmonitor check\" to confirm that everything is checked again."),
            StepKind.ConfirmCheck => new("Run \"tokenmonitor check\" to confirm that the check works again."),
            StepKind.CheckStoreLog => new("If it was not planned, someone else can change your tokens: check the secret store's log."),
            StepKind.ConfirmTokenInUse => new("Send yourself a WhatsApp message to confirm that your integration uses it."),
            StepKind.RotateLeakedToken => new("If the old token leaked, read the runbook on rotating first: \"Revoke tokens\" may end the new token too.", Rotating),
            StepKind.FixChannel => new("Fix the cause shown below, then run \"tokenmonitor test-alert\" to confirm."),

            StepKind.CopyTokenAgain => new("Copy the whole token again from the page where it was generated, with nothing around it."),
            StepKind.RepeatWithSameToken => new("Run this command again with the same token."),
            StepKind.RepeatWithNewToken => new("Run this command again with the new token."),
            StepKind.RepeatWithCorrectToken => new("Run this command again with the correct token."),
            StepKind.UseTokenOfApp => new($"Run this command again with the token that was generated for {App(token)}."),
            _ => throw new ArgumentOutOfRangeException(nameof(step), step.Kind, "Unknown step."),
        };
    }

    private static StepText Generate(RemediationStep step, string user) => new(
        $"{(step.When is StepCondition.Always ? "In" : $"{If(step.When)}: in")} Business Settings, open Users > System users > {user} and select \"Generate token\".", BusinessSettings);

    private static StepText Assign(TokenContext token, string account) => new(
        $"In Business Settings, open Users > System users > {SystemUser(token)} > Assign assets > WhatsApp accounts; select {account}, full control.", BusinessSettings);

    private static string If(StepCondition when) => when switch
    {
        StepCondition.SecretHasAnotherName => "If the secret has another name",
        StepCondition.SecretNotRecoverable => "If it cannot be recovered",
        StepCondition.TokenNotAtHand => "If you do not have the token",
        StepCondition.TokenLeaked => "If it leaked or you are not sure",
        StepCondition.NoOneHasToken => "If no one has it",
        StepCondition.StillRejected => "If Meta still rejects the token",
        StepCondition.OtherAccountIntended => "If this is not the intended account",
        StepCondition.OtherAccountOrPortfolioIntended => "If this is not the intended account or portfolio",
        StepCondition.OtherNumberIntended => "If this is not the intended number",
        StepCondition.ThatAccountIntended => "If that is the intended account",
        StepCondition.AppIdWrong => "If the app ID is wrong",
        StepCondition.ThisEnvironmentGetsNewToken => "If this environment gets a new token",
        StepCondition.IdOfOtherEnvironment => "If an ID belongs to the other environment",
        StepCondition.DateIntended => "If the date is intended",
        _ => throw new ArgumentOutOfRangeException(nameof(when), when, "A step that always applies has no condition."),
    };

    private static string SettingText(SettingName? setting) => setting switch
    {
        SettingName.BusinessAccountIdOrPortfolioId => "BusinessAccountId or BusinessPortfolioId",
        SettingName.BusinessAccountIdOrPhoneNumberId => "BusinessAccountId or PhoneNumberId",
        { } one => one.ToString(),
        null => "the setting",
    };

    private static Link SetupLink(SetupStep step) => new($"setup step {(int)step}", Runbook.SectionOf(step));

    private static Link? VaultLink(TokenContext token) => token.IsInVault ? KeyVaults : null;

    private static Link? AppPage(TokenContext token) =>
        token.App?.Id is { } id && id.All(char.IsAsciiDigit) ? new Link("the app's page", new Uri($"https://developers.facebook.com/apps/{id}")) : null;

    private static string SystemUser(TokenContext token) => Called(token.SystemUser, "the user with the ID", "your system user");

    private static string App(TokenContext token) => Called(token.App, "the app", "your app");

    private static string Account(TokenContext token) => Called(token.BusinessAccount, "the account", "your WhatsApp account");

    private static string PhoneNumber(TokenContext token) => Called(token.PhoneNumber, "the number", "your phone number");

    private static string Portfolio(TokenContext token) => Called(token.Portfolio, "the portfolio", "your business portfolio");

    // Reads well in the middle of a sentence, whatever is known.
    private static string Called(NamedId? named, string what, string otherwise) => named switch
    {
        { Name: { } name, Id: { } id } => $"\"{name}\" ({id})",
        { Name: { } name } => $"\"{name}\"",
        { Id: { } id } => $"{what} {id}",
        _ => otherwise,
    };

    private static string Expiration(TokenContext token) => token.Expiry is ExpiryPolicy.Never ? "Never" : "60 days";

    private static string ScopesToSelect(TokenContext token) => token.RequiredScopes.Count > 0 ? string.Join(" and ", token.RequiredScopes) : "the scopes";

    private static string Argument(string name) =>
        name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.') ? name : $"'{name}'";
}
