namespace SafeCast.TokenMonitor.Assessment;

/// <summary>A step that fixes a finding, as data. Its sentence and link are chosen when it is rendered.</summary>
/// <param name="Kind">What to do.</param>
/// <param name="When">The case in which it applies.</param>
public sealed record RemediationStep(StepKind Kind, StepCondition When = StepCondition.Always)
{
    /// <summary>The setting that a step corrects; null for steps of other kinds.</summary>
    public SettingName? Setting { get; init; }

    /// <summary>For <see cref="StepKind.SetCorrectId"/>: which other id was configured.</summary>
    public IdMistake? Mistake { get; init; }

    /// <summary>For <see cref="StepKind.ApplyMetasFix"/>: the first fix that Meta names, in Meta's words.</summary>
    public string? MetasFix { get; init; }

    /// <summary>For <see cref="StepKind.ApplyMetasFix"/>: Meta names more fixes than one.</summary>
    public bool HasMoreFixes { get; init; }
}

/// <summary>A setting of a token that a step corrects.</summary>
public enum SettingName
{
    /// <summary>SecretName.</summary>
    SecretName,

    /// <summary>AppId.</summary>
    AppId,

    /// <summary>BusinessAccountId.</summary>
    BusinessAccountId,

    /// <summary>PhoneNumberId.</summary>
    PhoneNumberId,

    /// <summary>BusinessAccountId or BusinessPortfolioId.</summary>
    BusinessAccountIdOrPortfolioId,

    /// <summary>BusinessAccountId or PhoneNumberId.</summary>
    BusinessAccountIdOrPhoneNumberId,
}

/// <summary>The case in which a step applies.</summary>
public enum StepCondition
{
    /// <summary>In every case.</summary>
    Always,

    /// <summary>If the secret has another name.</summary>
    SecretHasAnotherName,

    /// <summary>If the secret cannot be recovered.</summary>
    SecretNotRecoverable,

    /// <summary>If the person does not have the token.</summary>
    TokenNotAtHand,

    /// <summary>If the token leaked, or the person is not sure.</summary>
    TokenLeaked,

    /// <summary>If no one has the token.</summary>
    NoOneHasToken,

    /// <summary>If Meta still rejects the token.</summary>
    StillRejected,

    /// <summary>If the account is not the intended one.</summary>
    OtherAccountIntended,

    /// <summary>If the account or the portfolio is not the intended one.</summary>
    OtherAccountOrPortfolioIntended,

    /// <summary>If the number is not the intended one.</summary>
    OtherNumberIntended,

    /// <summary>If the account that has the number is the intended one.</summary>
    ThatAccountIntended,

    /// <summary>If the configured app id is wrong.</summary>
    AppIdWrong,

    /// <summary>If this environment is the one that gets a new token.</summary>
    ThisEnvironmentGetsNewToken,

    /// <summary>If an id belongs to the other environment.</summary>
    IdOfOtherEnvironment,

    /// <summary>If the vault's expiration date is intended.</summary>
    DateIntended,
}

/// <summary>What a step does. The sentence of each is in <c>Notifications/Wording</c>.</summary>
public enum StepKind
{
    // A new token.

    /// <summary>Generate a token for the system user.</summary>
    GenerateToken,

    /// <summary>Generate a token for the system user of the expected app, because the known one belongs to the wrong token.</summary>
    GenerateTokenForApp,

    /// <summary>Select the app and the expiration.</summary>
    SelectAppAndExpiration,

    /// <summary>Select the scopes, generate and copy.</summary>
    SelectScopes,

    /// <summary>Store the token in the vault, or in the file or environment.</summary>
    StoreToken,

    /// <summary>Restart the integration if it reads the token only at startup.</summary>
    RestartIntegration,

    /// <summary>Verify that the token is healthy.</summary>
    Verify,

    // The secret.

    /// <summary>Recover the deleted secret.</summary>
    RecoverSecret,

    /// <summary>Enable the secret.</summary>
    EnableSecret,

    /// <summary>Get the correct token.</summary>
    FindCorrectToken,

    /// <summary>Extend or remove the secret's expiration date.</summary>
    ExtendSecretDate,

    /// <summary>Compare the two tokens in the debugger.</summary>
    CompareTokens,

    /// <summary>Set both variables to the same token.</summary>
    SetBothVariables,

    // Access at Meta.

    /// <summary>Assign the app to the system user.</summary>
    AssignApp,

    /// <summary>Assign the WhatsApp account to the system user.</summary>
    AssignAccount,

    /// <summary>Assign the account that has the phone number.</summary>
    AssignAccountOfNumber,

    /// <summary>Create a system user, with the app and the account assigned.</summary>
    CreateSystemUser,

    /// <summary>Check whether the account was restricted, moved or deleted.</summary>
    CheckAccount,

    /// <summary>Check whether the number was removed or moved.</summary>
    CheckNumber,

    /// <summary>Look for the account in the portfolio.</summary>
    FindAccountInPortfolio,

    /// <summary>Ask the owner whether the account was moved or shared.</summary>
    AskAccountOwner,

    /// <summary>Find the account that has the number.</summary>
    FindAccountOfNumber,

    /// <summary>Subscribe the app to the account.</summary>
    SubscribeApp,

    /// <summary>Check the webhook configuration of the app.</summary>
    CheckWebhook,

    /// <summary>Copy the app secret from the app's page.</summary>
    ShowAppSecret,

    /// <summary>Store the app secret.</summary>
    StoreAppSecret,

    // Meta's own instructions.

    /// <summary>Log in to Business Settings and follow Meta's instructions.</summary>
    FollowMetaAsAdministrator,

    /// <summary>Follow Meta's instructions about the restricted account.</summary>
    FollowMetaAboutAccount,

    /// <summary>Follow Meta's instructions about the restricted app.</summary>
    FollowMetaAboutApp,

    /// <summary>Set up another app, if Meta deleted this one.</summary>
    SetUpAnotherApp,

    /// <summary>Fix the payment of the account.</summary>
    FixPayment,

    /// <summary>Register the number again with the Cloud API.</summary>
    RegisterNumber,

    /// <summary>Finish the verification of the number.</summary>
    VerifyNumber,

    /// <summary>Read Meta's reason for the state of the number, and request a review.</summary>
    RequestNumberReview,

    /// <summary>Check whether the number was removed, and add it again.</summary>
    AddNumberAgain,

    /// <summary>Wait until the messaging limit of the number resets.</summary>
    WaitForMessagingLimit,

    /// <summary>Send more slowly.</summary>
    SendMoreSlowly,

    /// <summary>Pause the templates that recipients block or report.</summary>
    ImproveQuality,

    /// <summary>Follow Meta's instructions about sending.</summary>
    FollowMetaAboutSending,

    /// <summary>Wait for, or request, the approval of the display name.</summary>
    RequestDisplayNameApproval,

    /// <summary>Apply the fix that Meta names.</summary>
    ApplyMetasFix,

    // Settings.

    /// <summary>Correct a setting of the token.</summary>
    CorrectSetting,

    /// <summary>Correct AppId if the token's app is the intended one, and stop.</summary>
    CorrectAppIdAndStop,

    /// <summary>Correct AppId if the token's app is the intended one, and run the command again.</summary>
    CorrectAppIdAndRepeat,

    /// <summary>Replace an id that belongs to something else by the correct one.</summary>
    SetCorrectId,

    /// <summary>Correct the settings of the integration too.</summary>
    CorrectIntegration,

    /// <summary>Ignore the finding if sharing is intended.</summary>
    IgnoreSharedEnvironment,

    /// <summary>Set a current Graph version.</summary>
    SetGraphVersion,

    /// <summary>Check the Graph version of the integration.</summary>
    CheckIntegrationGraphVersion,

    // Reasons and warnings.

    /// <summary>Keep the token: a new one does not help.</summary>
    KeepToken,

    /// <summary>Revoke nothing: another system may be sending with this token.</summary>
    RevokeNothingOtherSystem,

    /// <summary>Revoke nothing: the old token works until it expires.</summary>
    RevokeNothingUntilExpiry,

    /// <summary>Revoke nothing: both environments send with this token.</summary>
    RevokeNothingShared,

    /// <summary>Store the correct token first, and assign nothing to this one.</summary>
    StoreCorrectTokenFirst,

    /// <summary>Decide first which environment keeps the token.</summary>
    DecideEnvironmentFirst,

    /// <summary>Decide which environment keeps the token; the other gets its own app and system user.</summary>
    DecideEnvironment,

    /// <summary>Give each environment its own account, app and system user.</summary>
    SeparateEnvironments,

    /// <summary>Ask who changed a password or logged out.</summary>
    AskWhoChangedPassword,

    /// <summary>Inspect the old token in Meta's debugger.</summary>
    InspectInDebugger,

    // The monitor itself.

    /// <summary>Run the diagnostics to find out what is missing or rejected.</summary>
    RunDoctorForMissing,

    /// <summary>Run the diagnostics to find out what does not answer.</summary>
    RunDoctorForUnreachable,

    /// <summary>Run the diagnostics again.</summary>
    RunDoctorAgain,

    /// <summary>Check Meta's status.</summary>
    CheckMetaStatus,

    /// <summary>Send a WhatsApp message to test the token.</summary>
    TestByMessage,

    /// <summary>Run a check to confirm that everything is checked again.</summary>
    ConfirmCompleteCheck,

    /// <summary>Run a check to confirm that it works again.</summary>
    ConfirmCheck,

    /// <summary>Check the store's log if the replacement was not planned.</summary>
    CheckStoreLog,

    /// <summary>Send a message to confirm that the integration uses the new token.</summary>
    ConfirmTokenInUse,

    /// <summary>Read how to rotate a leaked token.</summary>
    RotateLeakedToken,

    /// <summary>Fix the channel and send a test alert.</summary>
    FixChannel,

    // A token that is not stored yet.

    /// <summary>Copy the token again from Meta's page.</summary>
    CopyTokenAgain,

    /// <summary>Run the command again with the same token.</summary>
    RepeatWithSameToken,

    /// <summary>Run the command again with the new token.</summary>
    RepeatWithNewToken,

    /// <summary>Run the command again with the correct token.</summary>
    RepeatWithCorrectToken,

    /// <summary>Use the token that was generated for the expected app, and run the command again.</summary>
    UseTokenOfApp,
}
