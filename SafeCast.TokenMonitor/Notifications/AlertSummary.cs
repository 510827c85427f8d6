namespace SafeCast.TokenMonitor.Notifications;

/// <summary>
/// The first lines of a message: severity, what happened, the impact, and the action. They are short: the action begins within the first 15
/// words. The details are in <see cref="AlertSection"/>.
/// </summary>
/// <param name="Badge">The severity or state: "CRITICAL", "WARNING", "RESOLVED" and others.</param>
/// <param name="Tone">The color of the badge.</param>
/// <param name="Headline">What happened.</param>
/// <param name="Effect">What stopped working.</param>
/// <param name="Action">The action above the steps, beginning with a verb; null: none.</param>
public sealed record AlertSummary(string Badge, AlertTone Tone, string Headline, string Effect, string? Action = null);
