using SafeCast.TokenMonitor.Assessment;
using SafeCast.TokenMonitor.Assessment.Rules;
using SafeCast.TokenMonitor.Inspection;
using SafeCast.TokenMonitor.Secrets;

namespace SafeCast.TokenMonitor.Setup;

/// <summary>What was found of an app, by itself, where there is no token for it to inspect.</summary>
/// <param name="Secret">What came of reading its secret; null: none is configured.</param>
/// <param name="Inspection">The token's inspection, with what was found of the app.</param>
/// <param name="Settings">What assessing it takes.</param>
internal sealed record AppOnlyInspection(SecretReading? Secret, TokenInspection Inspection, AssessmentSettings Settings)
{
    /// <summary>What a check found of the token, and beside it what the same rules as ever find of the app.</summary>
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
