namespace SafeCast.TokenMonitor.Assessment;

/// <summary>Cuts a text that is longer than there is room for.</summary>
internal static class Shortening
{
    /// <summary>The text, or its beginning and an ellipsis: no more characters than these.</summary>
    public static string Of(string text, int most)
    {
        if (text.Length <= most)
        {
            return text;
        }

        // Never between the two halves of one character.
        var end = char.IsHighSurrogate(text[most - 2]) ? most - 2 : most - 1;
        return text[..end].TrimEnd() + "…";
    }
}
