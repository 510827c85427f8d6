using System.Text.RegularExpressions;

namespace SafeCast.TokenMonitor.Secrets;

/// <summary>Recognizes values that a template left to be filled in, such as <c>EAAB...&lt;PASTE_YOUR_TOKEN_HERE&gt;</c> or <c>109...</c>.</summary>
internal static partial class Placeholder
{
    /// <summary>Whether a value is a placeholder.</summary>
    public static bool Matches(string value) => Whole().IsMatch(value) || Part().IsMatch(value);

    [GeneratedRegex(
        @"^(\$\{.*\}|\{\{.*\}\}|\[.*\]|%.*%|[A-Za-z0-9]{0,12}x{4,60}|x{3}|\*{3,}|todo|tbd|none|null|undefined|secret|token|placeholder|dummy|change[-_ ]?me|replace[-_ ]?me|fill[-_ ]?me[-_ ]?in|(your|my|insert|put|paste|enter|replace|add)[-_ ].{0,60})$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Whole();

    // No secret and no id has three dots in a row, or angle brackets.
    [GeneratedRegex(@"\.{3}|\u2026|<[^<>]*>|(^|[-_ ])your[-_ ]", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Part();
}
