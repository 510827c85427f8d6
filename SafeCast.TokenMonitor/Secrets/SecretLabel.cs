namespace SafeCast.TokenMonitor.Secrets;

/// <summary>The metadata of a secret, visible without permission to read its value.</summary>
/// <param name="ContentType">The content type.</param>
/// <param name="Tags">The tags, none of them secret.</param>
public sealed record SecretLabel(string ContentType, IReadOnlyDictionary<string, string> Tags);
