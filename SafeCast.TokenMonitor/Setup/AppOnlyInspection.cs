using SafeCast.TokenMonitor.Assessment;
using SafeCast.TokenMonitor.Assessment.Rules;
using SafeCast.TokenMonitor.Inspection;
using SafeCast.TokenMonitor.Secrets;

namespace SafeCast.TokenMonitor.Setup;

/// <summary>The inspection of an app without a token to inspect.</summary>
/// <param name="Secret">The result of reading the app secret; null: none is configured.</param>
/// <param name="Inspection">The inspection of the token, with the facts about the app.</param>
/// <param name="Settings">The settings of the assessment.</param>
internal sealed record AppOnlyInspection(SecretReading? Secret, TokenInspection Inspection, AssessmentSettings Settings)
{
    /// <summary>Adds the findings about the app to the assessment of the token.</summary>
    public TokenAssessment Assess(TokenExpectation expectation, TokenAssessment ofToken, DateTimeOffset now)
    {
        if (Secret is null)
        {
            return ofToken;
        }

        var builder = new AssessmentBuilder(Inspection, expectation, Settings, now);
        AppCredentialRules.Apply(builder);
        var ofApp = builder.Build();

        return ofToken with
        {
            Findings = [.. ofToken.Findings, .. ofApp.Findings],
            Unknowns = [.. ofToken.Unknowns, .. ofApp.Unknowns],
            Evaluated = [.. ofToken.Evaluated, .. ofApp.Evaluated],
            Context = ofApp.Context,
        };
    }
}
