namespace SafeCast.TokenMonitor.Notifications;

/// <summary>
/// What a person takes in at a glance: how bad, what is broken, what has stopped working, what to do. So few words that what to do
/// begins within the first fifteen of the message. The exact words stand further down, in <see cref="AlertSection"/>.
/// </summary>
/// <param name="Badge">How bad, in words: "CRITICAL", "WARNING", "RESOLVED", ...</param>
/// <param name="Tone">The colour that goes with it.</param>
/// <param name="Headline">What happened.</param>
/// <param name="Effect">What has stopped working.</param>
/// <param name="Action">What to do, above its steps, beginning with a verb; null: nothing.</param>
public sealed record AlertSummary(string Badge, AlertTone Tone, string Headline, string Effect, string? Action = null);
