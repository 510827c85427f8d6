using SafeCast.TokenMonitor.Inspection;

namespace SafeCast.TokenMonitor.Assessment.Rules;

/// <summary>Ids that were put in the wrong place: Meta shows several of them side by side, and all of them are long numbers.</summary>
internal static class IdMistakes
{
    /// <summary>What the id of something that cannot be read gives away about why; null: nothing.</summary>
    public static string? Of(FindingKind kind, string? id, TokenExpectation expectation, TokenInspection inspection)
    {
        var meant = kind is FindingKind.PhoneNumberUnreachable ? "a phone number's" : "a business account's";
        var debug = inspection.Debug?.Value;
        return id switch
        {
            null => null,
            _ when id == (debug?.UserId ?? inspection.Me?.Value?.Id) => $"the configured id is the system user's, not {meant}",
            _ when id == (expectation.AppId ?? debug?.AppId) => $"the configured id is the app's, not {meant}",
            _ when id == (expectation.BusinessPortfolioId ?? inspection.Owner?.Value?.Id) => $"the configured id is the portfolio's, not {meant}",

            // E.164 numbers have up to 15 digits, ids mostly 15 and more.
            { Length: >= 10 and <= 13 } when kind is FindingKind.PhoneNumberUnreachable => "the configured id looks like the phone number itself, not like its id",
            _ => null,
        };
    }
}
