using SafeCast.TokenMonitor.Inspection;
using SafeCast.TokenMonitor.Inspection.Graph;

namespace SafeCast.TokenMonitor.Assessment.Rules;

/// <summary>Ids that were put in the wrong place: Meta shows several of them side by side, and all of them are long numbers.</summary>
internal static class IdMistakes
{
    /// <summary>
    /// Whether Graph's refusal says that the id of a number is an account's, or the other way round. It names the type of what it
    /// found; a field that its own type has lost says nothing of the id.
    /// </summary>
    public static bool NamesTheOtherType(FindingKind kind, GraphError error) =>
        error.Message.Contains("nonexisting field", StringComparison.OrdinalIgnoreCase)
        && error.Message.Contains(
            $"on node type ({(kind is FindingKind.PhoneNumberUnreachable ? "WhatsAppBusinessAccount" : "WhatsAppBusinessPhoneNumber")})", StringComparison.OrdinalIgnoreCase);

    /// <summary>What the id of something that cannot be read gives away about why; null: nothing.</summary>
    public static string? Of(FindingKind kind, string? id, GraphError error, TokenExpectation expectation, TokenInspection inspection)
    {
        var meant = kind is FindingKind.PhoneNumberUnreachable ? "a phone number's" : "a business account's";
        var debug = inspection.Debug?.Value;
        return id switch
        {
            null => null,
            _ when NamesTheOtherType(kind, error) => $"the configured id is {(kind is FindingKind.PhoneNumberUnreachable ? "a business account's" : "a phone number's")}, not {meant}",
            _ when id == (debug?.UserId ?? inspection.Me?.Value?.Id) => $"the configured id is the system user's, not {meant}",
            _ when id == (expectation.AppId ?? debug?.AppId) => $"the configured id is the app's, not {meant}",
            _ when id == (expectation.BusinessPortfolioId ?? inspection.Owner?.Value?.Id) => $"the configured id is the portfolio's, not {meant}",

            // E.164 numbers have up to 15 digits, ids mostly 15 and more.
            { Length: >= 10 and <= 13 } when kind is FindingKind.PhoneNumberUnreachable => "the configured id looks like the phone number itself, not like its id",
            _ => null,
        };
    }
}
