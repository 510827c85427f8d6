namespace SafeCast.TokenMonitor.Notifications;

/// <summary>
/// What a person takes in at a glance: how bad, what is broken, what has stopped working. So few words that the first step begins
/// within the first fifteen of the message. The exact words stand further down, in <see cref="AlertSection"/>.
/// </summary>
/// <param name="Badge">How bad, in words: "CRITICAL", "WARNING", "RESOLVED", ...</param>
/// <param name="Tone">The colour that goes with it.</param>
/// <param name="Headline">What happened.</param>
/// <param name="Effect">What has stopped working.</param>
/// <param name="StepsHeading">What stands above the steps.</param>
public sealed record AlertGlance(string Badge, AlertTone Tone, string Headline, string Effect, string StepsHeading = "Do now");
