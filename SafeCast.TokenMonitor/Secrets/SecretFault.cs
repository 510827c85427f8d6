namespace SafeCast.TokenMonitor.Secrets;

/// <summary>The reason why a value is malformed. Never contains the value.</summary>
/// <param name="Problem">The problem.</param>
/// <param name="Expected">The expected kind of secret.</param>
/// <param name="Length">The number of characters, if that is the problem.</param>
public sealed record SecretFault(SecretProblem Problem, SecretKind Expected, int? Length = null);

/// <summary>The problems that a stored value can have.</summary>
public enum SecretProblem
{
    /// <summary>It is empty or white space.</summary>
    Empty,

    /// <summary>It has quotation marks around it, or a typographic one at one end.</summary>
    Quoted,

    /// <summary>It is a JSON object or list.</summary>
    Json,

    /// <summary>It ends with an escaped line break: a backslash and the letter n or r.</summary>
    EndsWithEscapedLineBreak,

    /// <summary>It ends with a semicolon or a comma.</summary>
    EndsWithSeparator,

    /// <summary>It includes a comment.</summary>
    CommentIncluded,

    /// <summary>It is a UUID.</summary>
    Uuid,

    /// <summary>It is a token in base64.</summary>
    Base64,

    /// <summary>It ends with a line break.</summary>
    EndsWithLineBreak,

    /// <summary>It begins with a line break.</summary>
    BeginsWithLineBreak,

    /// <summary>It has a line break in the middle.</summary>
    LineBreakInside,

    /// <summary>It has white space around it.</summary>
    WhiteSpaceAround,

    /// <summary>It begins with the name of a setting: NAME=...</summary>
    NameIncluded,

    /// <summary>It begins with the word Bearer.</summary>
    BearerIncluded,

    /// <summary>It is a Key Vault reference that was not resolved.</summary>
    UnresolvedReference,

    /// <summary>It is a placeholder.</summary>
    Placeholder,

    /// <summary>It has white space in the middle.</summary>
    WhiteSpaceInside,

    /// <summary>It has control characters.</summary>
    ControlCharacters,

    /// <summary>It has invisible characters.</summary>
    InvisibleCharacters,

    /// <summary>It is longer than any token.</summary>
    TooLong,

    /// <summary>It is an app token: app id and app secret.</summary>
    AppToken,

    /// <summary>It is a URL.</summary>
    Url,

    /// <summary>It has characters that this kind of secret never has.</summary>
    InvalidCharacters,

    /// <summary>It is too short for a token and does not begin like one.</summary>
    NotLikeAToken,

    /// <summary>It is an access token instead of an app secret.</summary>
    AccessToken,

    /// <summary>It is not a URL.</summary>
    NotAUrl,

    /// <summary>It is the URL of an Office 365 connector, which Microsoft retired.</summary>
    RetiredConnector,

    /// <summary>It is a URL that does not begin with https://.</summary>
    NotHttps,

    /// <summary>It is a URL with the escapes of HTML or JSON, such as <c>&amp;amp;</c>.</summary>
    EscapedUrl,

    /// <summary>It is the URL of a workflow without its signature.</summary>
    NoSignature,
}
