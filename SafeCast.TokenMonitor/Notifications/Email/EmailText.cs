using System.Text;
using SafeCast.TokenMonitor.Assessment;

namespace SafeCast.TokenMonitor.Notifications.Email;

/// <summary>A message as plain text.</summary>
internal static class EmailText
{
    public static string Render(AlertMessage message)
    {
        var text = new StringBuilder();
        foreach (var (index, section) in message.Sections.Index())
        {
            if (index > 0)
            {
                text.Append("\n----\n\n");
            }

            text.Append(section.Severity is { } severity ? $"{severity}: {section.Title}\n" : $"{section.Title}\n");
            text.Append($"{section.Impact}\n");
            foreach (var line in index == 0 ? message.Story : [])
            {
                text.Append($"{line}\n");
            }

            text.Append(section.Steps.Count > 0 ? "\nWhat to do\n" : "");
            foreach (var (number, step) in section.Steps.Index())
            {
                text.Append($"{number + 1}. {step.Text}\n");
                if (step.Link is { } link)
                {
                    text.Append($"   {link.Url}\n");
                }
            }

            Append(text, "\nWhat it rests on\n", section.Evidence);
        }

        text.Append($"\nSeen {TimeText.Moment(message.At)}\n");
        text.Append(message.IncidentId is { } incident ? $"Incident: {incident}\n" : "");
        Append(text, "", message.Facts);
        foreach (var unknown in message.Unknowns)
        {
            text.Append($"{unknown}\n");
        }

        return text.Append($"\nSent by {message.Origin}.\n{message.Next}\n").ToString();
    }

    private static void Append(StringBuilder text, string heading, IReadOnlyList<Evidence> facts)
    {
        if (facts.Count > 0)
        {
            text.Append(heading);
        }

        foreach (var fact in facts)
        {
            text.Append($"{fact.Name}: {fact.Value}\n");
        }
    }
}
