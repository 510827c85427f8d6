namespace SafeCast.TokenMonitor.Simulator.SendGrid;

/// <summary>An address with a display name.</summary>
/// <param name="Email">The address.</param>
/// <param name="Name">The name, if one was given.</param>
public sealed record MailAddress(string Email, string? Name);
