using System.Globalization;

namespace SafeCast.TokenMonitor.Assessment;

/// <summary>A finding in as few words as a person takes in at a glance.</summary>
/// <param name="What">What happened, to stand right behind <c>WhatsApp token "production"</c>; in the catalogue <c>{0}</c> is when, as "in 12 days".</param>
/// <param name="Effect">What that stops.</param>
/// <param name="Action">What to do, beginning with its verb.</param>
public sealed record FindingGlance(string What, string Effect, string Action)
{
    /// <summary>The words for one finding.</summary>
    /// <param name="finding">The finding.</param>
    /// <param name="now">When it was seen, UTC.</param>
    public static FindingGlance Of(Finding finding, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(finding);
        if (FindingCatalogue.Find(finding.Id)?.Glance is not { } glance)
        {
            // Of a state that a later version wrote: rather long than lost.
            return new FindingGlance($" {finding.Predicate}", finding.Impact, "Do this");
        }

        var when = finding.Deadline is { } end ? TimeText.Relative(end, now) : "soon";
        glance = glance with { What = string.Format(CultureInfo.InvariantCulture, glance.What, when) };
        return finding.Kind switch
        {
            FindingKind.SecretExpires when finding.Deadline <= now => glance with { What = $": its secret expired {when}" },
            FindingKind.DataAccessExpires when finding.Deadline <= now => glance with { What = " lost data access", Effect = "Reading data fails." },

            // Meta itself stands in the way: the first step says so.
            FindingKind.BusinessAccountUnreachable or FindingKind.PhoneNumberUnreachable when finding.Remedy is [var first, ..] && RemedySteps.AsksMeta(first) =>
                glance with { Action = "Do what Meta asks for" },

            // The configured id is another thing's, likewise.
            FindingKind.BusinessAccountUnreachable or FindingKind.PhoneNumberUnreachable when finding.Remedy is [var first, ..] && RemedySteps.SetsId(first) =>
                glance with { Effect = "The configured id is wrong.", Action = "Mend the configured id" },

            // Another token stands in this one's place, likewise; it must be given no more rights.
            _ when finding.Remedy is [var first, ..] && RemedySteps.PutsRightToken(first) => glance with { Action = "Put the right token in place" },

            // A rule knows which of the scopes are missing or narrowed, and says so in the impact.
            FindingKind.ScopeMissing or FindingKind.ScopeNarrowed when finding.Impact.StartsWith("No WhatsApp message goes out", StringComparison.Ordinal) =>
                glance with { Effect = FindingCatalogue.NoMessage },
            FindingKind.ScopeMissing or FindingKind.ScopeNarrowed when finding.Impact.StartsWith("Messages may go out", StringComparison.Ordinal) =>
                glance with { Effect = "Messages may go, templates do not." },
            _ => glance,
        };
    }
}
