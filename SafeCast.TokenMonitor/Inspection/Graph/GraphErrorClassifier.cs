namespace SafeCast.TokenMonitor.Inspection.Graph;

/// <summary>
/// Classifies Graph errors. Codes decide. The message decides only if a code has several meanings, and only by the developer messages of
/// Graph, which are not localized.
/// </summary>
internal static class GraphErrorClassifier
{
    private static readonly string[] AppIsUnavailable =
        ["API access blocked", "API access deactivated", "Application has been deleted", "Application has been disabled", "Application is disabled"];

    private static readonly string[] OtherTypes = ["SystemUser", "User", "Application", "Business"];

    public static GraphErrorClass Classify(int? httpStatus, long? code, long? subcode, string message, bool isTransient) => code switch
    {
        4 => GraphErrorClass.Throttled,
        1 or 2 or 17 or 32 or 341 or 613 or (>= 80000 and <= 80014) or 130429 => GraphErrorClass.Transient,
        // Documented with code 200 and without a code. With the code of an invalid token, the class would otherwise be Token.
        _ when AppIsUnavailable.Any(words => Says(message, words)) => GraphErrorClass.App,
        _ when Says(message, "Unknown path components") || Says(message, "Unsupported version") => GraphErrorClass.Version,
        190 => Token(subcode, message),
        101 => GraphErrorClass.App,
        104 => GraphErrorClass.AppSecretProof,
        100 => InvalidParameter(subcode, message),
        10 or 3 or (>= 200 and <= 299) or 131005 => GraphErrorClass.Permission,
        131031 or 131042 or 368 or 130497 => GraphErrorClass.Account,
        133010 => GraphErrorClass.NumberNotRegistered,
        2635 => GraphErrorClass.Version,
        _ when isTransient || httpStatus is 429 or >= 500 => GraphErrorClass.Transient,
        _ => GraphErrorClass.Unknown,
    };

    private static GraphErrorClass Token(long? subcode, string message) => subcode switch
    {
        458 or 459 or 460 or 463 or 464 or 466 or 467 => GraphErrorClass.Token,
        492 => GraphErrorClass.WrongKindOfToken,
        _ when Says(message, "Application Secret required") => GraphErrorClass.WrongKindOfToken,
        _ when Says(message, "Error validating application") => GraphErrorClass.App,
        _ => GraphErrorClass.Token,
    };

    private static GraphErrorClass InvalidParameter(long? subcode, string message) => subcode switch
    {
        33 => GraphErrorClass.Asset,
        _ when Says(message, "appsecret_proof") => GraphErrorClass.AppSecretProof,
        _ when Says(message, "App_id in the input_token did not match") => GraphErrorClass.AnotherApp,
        _ when Says(message, "must provide an app access token") => GraphErrorClass.WrongKindOfToken,
        // The errors of fields and edges of the portfolio without the scope business_management.
        _ when Says(message, "Missing Permission") => GraphErrorClass.Permission,
        _ when Says(message, "must be a valid business") => GraphErrorClass.Asset,
        // A removed field shows nothing about the asset. A field of another type shows that the id belongs to a user, an app or a portfolio.
        _ when Says(message, "nonexisting field") && OtherTypes.Any(type => Says(message, $"on node type ({type})")) => GraphErrorClass.Asset,
        _ => GraphErrorClass.Unknown,
    };

    private static bool Says(string message, string words) => message.Contains(words, StringComparison.OrdinalIgnoreCase);
}
