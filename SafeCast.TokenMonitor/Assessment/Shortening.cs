namespace SafeCast.TokenMonitor.Assessment;

/// <summary>Shortens texts.</summary>
internal static class Shortening
{
    /// <summary>Gets the text, or its beginning and an ellipsis, up to a number of characters.</summary>
    public static string Of(string text, int most)
    {
        if (text.Length <= most)
        {
            return text;
        }

        // Not between the two parts of a surrogate pair.
        var end = char.IsHighSurrogate(text[most - 2]) ? most - 2 : most - 1;
        return text[..end].TrimEnd() + "…";
    }
}
