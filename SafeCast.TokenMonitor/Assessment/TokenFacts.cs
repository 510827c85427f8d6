using SafeCast.TokenMonitor.Inspection;

namespace SafeCast.TokenMonitor.Assessment;

/// <summary>What is known of a token, for people to compare.</summary>
public static class TokenFacts
{
    /// <summary>The facts, in the order in which they are shown.</summary>
    public static IReadOnlyList<Evidence> Of(TokenInspection inspection)
    {
        ArgumentNullException.ThrowIfNull(inspection);
        return [.. List(inspection)];
    }

    private static IEnumerable<Evidence> List(TokenInspection inspection)
    {
        if (inspection.Token is { } token)
        {
            yield return new Evidence("Fingerprint", token.Fingerprint);
        }

        if (inspection.Debug?.Value is { } debug)
        {
            if (debug.AppId is { } app)
            {
                yield return new Evidence("App", debug.AppName is { } name ? $"{name} ({app})" : app);
            }

            if (debug.Type is { } type)
            {
                yield return new Evidence("Type", type);
            }

            if (debug.IssuedAt is { } issued)
            {
                yield return new Evidence("Issued", TimeText.Moment(issued));
            }
        }

        if (inspection.Me?.Value is { } me)
        {
            yield return new Evidence(inspection.Debug?.Value?.Type?.ToUpperInvariant() is "USER" or "PAGE" or "APP" ? "Speaks for" : "System user", me.Name is { } name ? $"{name} ({me.Id})" : me.Id);
        }

        yield return new Evidence("Rests on", inspection.Basis switch
        {
            InspectionBasis.App => "what Graph told the token's app",
            InspectionBasis.SelfInspection => "what Graph told the token about itself",
            InspectionBasis.TokenItself => "what the token can still do",
            _ => $"what {inspection.SecretStore} says",
        });
    }
}
