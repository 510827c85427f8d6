using System.Buffers;
using System.Collections.Concurrent;

namespace SafeCast.TokenMonitor.Tests.Monitoring.Leaks;

/// <summary>All that was said, and by which inlet it came in.</summary>
internal sealed class Recording
{
    private readonly ConcurrentQueue<(string Inlet, string Text)> _entries = new();

    public void Add(string inlet, string? text)
    {
        if (!string.IsNullOrEmpty(text))
        {
            _entries.Enqueue((inlet, text));
        }
    }

    /// <summary>Where which secret stands. Says it without the secret: not even a failing test prints one.</summary>
    public IReadOnlyList<string> Leaks(IReadOnlyList<KnownSecret> secrets)
    {
        // One pass for all of them: there is much to look through, and mostly nothing to find.
        var any = SearchValues.Create([.. secrets.SelectMany(secret => secret.Forms)], StringComparison.OrdinalIgnoreCase);
        return
        [
            .. from entry in _entries.Distinct()
               where entry.Text.AsSpan().ContainsAny(any)
               from secret in secrets
               where secret.Forms.Any(form => entry.Text.Contains(form, StringComparison.OrdinalIgnoreCase))
               select $"{secret.Name} by {entry.Inlet}: {Blackened(entry.Text, secrets)}",
        ];
    }

    private static string Blackened(string text, IReadOnlyList<KnownSecret> secrets)
    {
        foreach (var form in secrets.SelectMany(secret => secret.Forms).OrderByDescending(form => form.Length))
        {
            text = text.Replace(form, "█", StringComparison.OrdinalIgnoreCase);
        }

        return text.Length <= 600 ? text : text[..600] + "…";
    }
}
