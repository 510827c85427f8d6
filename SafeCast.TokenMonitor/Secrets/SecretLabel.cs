namespace SafeCast.TokenMonitor.Secrets;

/// <summary>What is kept beside a secret, for people who may see the list of secrets and not their values.</summary>
/// <param name="ContentType">What it is.</param>
/// <param name="Tags">Named facts about it, none of them a secret.</param>
public sealed record SecretLabel(string ContentType, IReadOnlyDictionary<string, string> Tags);
