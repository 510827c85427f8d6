using static SafeCast.TokenMonitor.Assessment.StepCondition;
using static SafeCast.TokenMonitor.Assessment.StepKind;

namespace SafeCast.TokenMonitor.Assessment;

/// <summary>How each finding is fixed, as data: which steps, in which order. A pure function of the finding's kind, cause and details.</summary>
public static class Remediation
{
    /// <summary>The steps for a finding.</summary>
    /// <param name="finding">The finding.</param>
    /// <param name="isInVault">The token is in a vault, where secrets can be recovered and have a history.</param>
    public static IReadOnlyList<RemediationStep> Of(Finding finding, bool isInVault)
    {
        ArgumentNullException.ThrowIfNull(finding);
        return OfCause(finding) ?? OfKind(finding, isInVault);
    }

    /// <summary>The steps that store a token and verify it.</summary>
    internal static RemediationStep[] StoreAndVerify { get; } = [new(StoreToken), new(RestartIntegration), new(Verify)];

    private static RemediationStep[]? OfCause(Finding finding) => finding.Cause switch
    {
        FindingCause.WrongConfiguredId =>
        [
            new(SetCorrectId)
            {
                Setting = finding.Kind is FindingKind.PhoneNumberUnreachable ? SettingName.PhoneNumberId : SettingName.BusinessAccountId,
                Mistake = (finding.Details as FindingDetails.ConfiguredId)?.Mistake,
            },
            new(Verify),
        ],
        FindingCause.AccountRestricted => [new(FollowMetaAboutAccount), new(Verify)],
        FindingCause.PaymentFailed => [new(FixPayment), new(KeepToken), new(Verify)],
        FindingCause.TemporaryToken => [new(CreateSystemUser), .. NewToken()],
        FindingCause.AppRestricted => [new(FollowMetaAboutApp), new(Verify)],
        FindingCause.DisplayNamePending => [new(RequestDisplayNameApproval), new(KeepToken), new(Verify)],
        FindingCause.AnotherAppsToken => [new(StoreCorrectTokenFirst), new(Verify)],
        FindingCause.SharedToken => [new(DecideEnvironmentFirst), .. OfKind(finding, isInVault: true)],
        _ => null,
    };

    private static RemediationStep[] OfKind(Finding finding, bool isInVault) => finding.Kind switch
    {
        FindingKind.SecretMissing when isInVault =>
            [new(RecoverSecret), Correct(SettingName.SecretName, SecretHasAnotherName), .. NewToken(SecretNotRecoverable)],
        FindingKind.SecretMissing => NewToken(TokenNotAtHand),
        FindingKind.SecretDisabled => [new(EnableSecret), .. NewToken(TokenLeaked)],
        FindingKind.SecretMalformed or FindingKind.TokenUnreadable => [new(FindCorrectToken), .. NewToken(NoOneHasToken)],
        FindingKind.TokenRevoked or FindingKind.TokenExpired or FindingKind.ScopeMissing or FindingKind.DataAccessExpires => NewToken(),
        FindingKind.TokenInvalidated => [.. NewToken(), new(AskWhoChangedPassword)],
        FindingKind.AppRemoved => [new(AssignApp), .. NewToken()],
        FindingKind.AppUnavailable => [new(FollowMetaAboutApp), new(SetUpAnotherApp), new(Verify)],
        FindingKind.UserActionRequired => [new(FollowMetaAsAdministrator), new(Verify), .. NewToken(StillRejected)],
        FindingKind.TokenInvalid => [.. NewToken(), new(InspectInDebugger)],
        FindingKind.WrongApp =>
            [new(CorrectAppIdAndStop), new(RevokeNothingOtherSystem), new(FindCorrectToken), .. NewToken(NoOneHasToken, GenerateTokenForApp)],
        FindingKind.ScopeNarrowed => [new(AssignAccount), .. NewToken()],
        FindingKind.BusinessAccountUnreachable =>
            [new(AssignAccount), new(CheckAccount), Correct(SettingName.BusinessAccountId, OtherAccountIntended), new(Verify)],
        FindingKind.WrongPortfolio =>
            [new(FindAccountInPortfolio), new(AskAccountOwner), Correct(SettingName.BusinessAccountIdOrPortfolioId, OtherAccountOrPortfolioIntended), new(Verify)],
        FindingKind.PhoneNumberUnreachable =>
            [new(AssignAccountOfNumber), new(CheckNumber), Correct(SettingName.PhoneNumberId, OtherNumberIntended), new(Verify)],
        FindingKind.PhoneNumberElsewhere =>
        [
            new(FindAccountOfNumber), Correct(SettingName.BusinessAccountId, ThatAccountIntended), Correct(SettingName.PhoneNumberId, OtherNumberIntended),
            new(CorrectIntegration), new(Verify),
        ],
        FindingKind.PhoneNumberNotConnected => [.. FixNumber((finding.Details as FindingDetails.NumberStatus)?.State), new(KeepToken), new(Verify)],
        FindingKind.QualityLow => [new(ImproveQuality), new(KeepToken), new(Verify)],
        FindingKind.SendingBlocked or FindingKind.SendingLimited => [FixSending(finding.Details as FindingDetails.Sending), new(KeepToken), new(Verify)],
        FindingKind.TokenExpires => [.. NewToken(), new(RevokeNothingUntilExpiry)],
        FindingKind.AppCredentialRejected => [new(ShowAppSecret), new(StoreAppSecret), Correct(SettingName.AppId, AppIdWrong), new(Verify)],
        FindingKind.NotSystemUser => [new(CreateSystemUser), .. NewToken()],
        FindingKind.TokenShared => [new(RevokeNothingShared), new(DecideEnvironment), .. NewToken(ThisEnvironmentGetsNewToken, GenerateTokenForApp)],
        FindingKind.EnvironmentShared =>
            [Correct(SettingName.BusinessAccountIdOrPhoneNumberId, IdOfOtherEnvironment), new(SeparateEnvironments), new(IgnoreSharedEnvironment), new(Verify)],
        FindingKind.SecretAmbiguous => [new(CompareTokens), new(SetBothVariables), new(RestartIntegration), new(Verify)],
        FindingKind.AccessReduced => [new(AssignAccount), new(Verify)],
        FindingKind.AppNotSubscribed => [new(SubscribeApp), new(CheckWebhook), new(Verify)],
        FindingKind.SecretExpires => [new(ExtendSecretDate), .. NewToken(DateIntended)],
        FindingKind.GraphVersionExpired => [new(SetGraphVersion), new(CheckIntegrationGraphVersion), new(Verify)],
        _ => throw new ArgumentOutOfRangeException(nameof(finding), finding.Kind, "Unknown kind of finding."),
    };

    // The steps from Business Settings to a new token that is in use and verified.
    private static RemediationStep[] NewToken(StepCondition when = Always, StepKind generate = GenerateToken) =>
        [new(generate, when), new(SelectAppAndExpiration), new(SelectScopes), .. StoreAndVerify];

    private static RemediationStep Correct(SettingName setting, StepCondition when) => new(CorrectSetting, when) { Setting = setting };

    private static RemediationStep[] FixNumber(NumberState? state) => state switch
    {
        NumberState.NotRegistered or NumberState.Disconnected => [new(RegisterNumber)],
        NumberState.Pending or NumberState.Unverified => [new(VerifyNumber), new(RegisterNumber)],
        NumberState.Deleted => [new(AddNumberAgain), Correct(SettingName.PhoneNumberId, OtherNumberIntended)],
        NumberState.Migrated =>
        [
            new(FindAccountOfNumber), Correct(SettingName.BusinessAccountId, ThatAccountIntended), Correct(SettingName.PhoneNumberId, OtherNumberIntended),
            new(CorrectIntegration),
        ],
        NumberState.Restricted => [new(WaitForMessagingLimit)],
        NumberState.Flagged => [new(ImproveQuality)],
        NumberState.RateLimited => [new(SendMoreSlowly)],
        _ => [new(RequestNumberReview)],
    };

    // Meta does not always state what it requires.
    private static RemediationStep FixSending(FindingDetails.Sending? details) => details?.Solutions is { Count: > 0 } solutions
        ? new(ApplyMetasFix) { MetasFix = solutions[0], HasMoreFixes = solutions.Count > 1 }
        : new(FollowMetaAboutSending);
}
