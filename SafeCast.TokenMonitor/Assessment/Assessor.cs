using SafeCast.TokenMonitor.Assessment.Rules;
using SafeCast.TokenMonitor.Inspection;

namespace SafeCast.TokenMonitor.Assessment;

/// <summary>Compares the facts with the expectation. A pure function: the same facts at the same time give the same findings.</summary>
public static class Assessor
{
    /// <summary>Assesses one token.</summary>
    public static TokenAssessment Assess(TokenInspection inspection, TokenExpectation expectation, AssessmentSettings settings, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(inspection);
        ArgumentNullException.ThrowIfNull(expectation);
        ArgumentNullException.ThrowIfNull(settings);

        var builder = new AssessmentBuilder(inspection, expectation, settings, now);
        SecretRules.Apply(builder);
        if (inspection.Token is not null)
        {
            AppCredentialRules.Apply(builder);
            TokenRules.Apply(builder);
            ScopeRules.Apply(builder);
            AssetRules.Apply(builder);
            SendingRules.Apply(builder);
            NumberRules.Apply(builder);
            EnvironmentRules.Apply(builder);
        }

        return builder.Build();
    }
}
