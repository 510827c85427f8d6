using HandlebarsDotNet;

namespace SafeCast.TokenMonitor.Notifications.Email;

/// <summary>The templates of a mail, parsed once when the first mail is rendered.</summary>
internal static class EmailTemplates
{
    private static readonly Lazy<HandlebarsTemplate<TextWriter, object, object>> HtmlTemplate = new(() => Compile("alert.html.hbs", isHtml: true));
    private static readonly Lazy<HandlebarsTemplate<TextWriter, object, object>> TextTemplate = new(() => Compile("alert.txt.hbs", isHtml: false));

    /// <summary>The HTML part. Every value is encoded.</summary>
    public static string Html(EmailView view) => Render(HtmlTemplate.Value, view);

    /// <summary>The text part, with the same content.</summary>
    public static string Text(EmailView view) => Render(TextTemplate.Value, view);

    private static string Render(HandlebarsTemplate<TextWriter, object, object> template, EmailView view)
    {
        using var writer = new StringWriter();
        template(writer, view);
        return writer.ToString();
    }

    private static HandlebarsTemplate<TextWriter, object, object> Compile(string name, bool isHtml)
    {
        // A name that the view does not have is an error in the template, not empty text in a mail.
        var handlebars = Handlebars.Create(new HandlebarsConfiguration { ThrowOnUnresolvedBindingExpression = true, NoEscape = !isHtml });
        if (isHtml)
        {
            using var facts = Open("facts.html.hbs");
            handlebars.RegisterTemplate("facts", facts.ReadToEnd());
            using var steps = Open("steps.html.hbs");
            handlebars.RegisterTemplate("steps", steps.ReadToEnd());
        }

        using var source = Open(name);
        return handlebars.Compile(source);
    }

    private static StreamReader Open(string name) =>
        new(typeof(EmailTemplates).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"The template {name} is not in the assembly."));
}
