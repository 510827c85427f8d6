using SafeCast.TokenMonitor.Inspection;
using SafeCast.TokenMonitor.Inspection.Graph;

namespace SafeCast.TokenMonitor.Assessment.Rules;

/// <summary>Recognizes an id in the wrong setting: Meta shows several of them side by side, and all of them are long numbers.</summary>
internal static class IdMistakes
{
    /// <summary>
    /// Whether Graph's error says that the id of a number is an account's, or the other way round. Graph names the type of what it
    /// found; a field that the expected type itself has lost says nothing about the id.
    /// </summary>
    public static bool NamesTheOtherType(FindingKind kind, GraphError error) =>
        error.Message.Contains("nonexisting field", StringComparison.OrdinalIgnoreCase)
        && error.Message.Contains(
            $"on node type ({(kind is FindingKind.PhoneNumberUnreachable ? "WhatsAppBusinessAccount" : "WhatsAppBusinessPhoneNumber")})", StringComparison.OrdinalIgnoreCase);

    /// <summary>Which other id was configured for something that cannot be read; null: nothing shows that the id is wrong.</summary>
    public static IdMistake? Of(FindingKind kind, string? id, GraphError error, TokenExpectation expectation, TokenInspection inspection)
    {
        var debug = inspection.Debug?.Value;
        return id switch
        {
            null => null,
            _ when NamesTheOtherType(kind, error) => IdMistake.OtherAsset,
            _ when id == (debug?.UserId ?? inspection.Me?.Value?.Id) => IdMistake.SystemUser,
            _ when id == (expectation.AppId ?? debug?.AppId) => IdMistake.App,
            _ when id == (expectation.BusinessPortfolioId ?? inspection.Owner?.Value?.Id) => IdMistake.Portfolio,

            // E.164 numbers have up to 15 digits, ids mostly 15 and more.
            { Length: >= 10 and <= 13 } when kind is FindingKind.PhoneNumberUnreachable => IdMistake.PhoneNumberItself,
            _ => null,
        };
    }
}
