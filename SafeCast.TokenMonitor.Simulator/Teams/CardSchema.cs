namespace SafeCast.TokenMonitor.Simulator.Teams;

/// <summary>
/// The part of the Adaptive Cards 1.4 schema that alerts need. Other elements of the schema are rejected too: add them here if they are
/// needed.
/// </summary>
internal static class CardSchema
{
    public static readonly CardRule Card = new(
        ["type", "version"],
        new()
        {
            ["version"] = CardValue.Version,
            ["body"] = CardValue.Elements,
            ["actions"] = CardValue.Actions,
            ["selectAction"] = CardValue.Action,
            ["fallbackText"] = CardValue.String,
            ["backgroundImage"] = CardValue.Any,
            ["minHeight"] = CardValue.String,
            ["speak"] = CardValue.String,
            ["lang"] = CardValue.String,
            ["verticalContentAlignment"] = VerticalAlignment,
            ["$schema"] = CardValue.String,

            // Not in the schema: extensions of Teams for the width of the card and for mentions.
            ["msteams"] = CardValue.Object,
        });

    public static readonly CardRule Fact = new(["title", "value"], new() { ["title"] = CardValue.String, ["value"] = CardValue.String });

    public static readonly CardRule TextRun = new(
        ["type", "text"],
        new()
        {
            ["text"] = CardValue.String,
            ["color"] = Colors,
            ["fontType"] = FontType,
            ["highlight"] = CardValue.Boolean,
            ["isSubtle"] = CardValue.Boolean,
            ["italic"] = CardValue.Boolean,
            ["selectAction"] = CardValue.Action,
            ["size"] = FontSize,
            ["strikethrough"] = CardValue.Boolean,
            ["underline"] = CardValue.Boolean,
            ["weight"] = FontWeight,
        });

    public static readonly CardRule Column = new(
        [],
        new()
        {
            ["items"] = CardValue.Elements,
            ["backgroundImage"] = CardValue.Any,
            ["bleed"] = CardValue.Boolean,
            ["fallback"] = CardValue.Any,
            ["minHeight"] = CardValue.String,
            ["separator"] = CardValue.Boolean,
            ["spacing"] = Spacing,
            ["selectAction"] = CardValue.Action,
            ["style"] = ContainerStyle,
            ["verticalContentAlignment"] = VerticalAlignment,
            ["width"] = CardValue.StringOrNumber,
            ["id"] = CardValue.String,
            ["isVisible"] = CardValue.Boolean,
            ["requires"] = CardValue.Object,
        });

    public static readonly IReadOnlyDictionary<string, CardRule> Elements = new Dictionary<string, CardRule>
    {
        ["TextBlock"] = Element(["text"], new()
        {
            ["text"] = CardValue.String,
            ["color"] = Colors,
            ["fontType"] = FontType,
            ["horizontalAlignment"] = HorizontalAlignment,
            ["isSubtle"] = CardValue.Boolean,
            ["maxLines"] = CardValue.Number,
            ["size"] = FontSize,
            ["weight"] = FontWeight,
            ["wrap"] = CardValue.Boolean,
        }),
        ["RichTextBlock"] = Element(["inlines"], new() { ["inlines"] = CardValue.Inlines, ["horizontalAlignment"] = HorizontalAlignment }),
        ["FactSet"] = Element(["facts"], new() { ["facts"] = CardValue.Facts }),
        ["ActionSet"] = Element(["actions"], new() { ["actions"] = CardValue.Actions }),
        ["Container"] = Element(["items"], new()
        {
            ["items"] = CardValue.Elements,
            ["backgroundImage"] = CardValue.Any,
            ["selectAction"] = CardValue.Action,
            ["style"] = ContainerStyle,
            ["verticalContentAlignment"] = VerticalAlignment,
            ["bleed"] = CardValue.Boolean,
            ["minHeight"] = CardValue.String,
        }),
        ["ColumnSet"] = Element([], new()
        {
            ["columns"] = CardValue.Columns,
            ["selectAction"] = CardValue.Action,
            ["style"] = ContainerStyle,
            ["bleed"] = CardValue.Boolean,
            ["minHeight"] = CardValue.String,
            ["horizontalAlignment"] = HorizontalAlignment,
        }),
    };

    public static readonly IReadOnlyDictionary<string, CardRule> Actions = new Dictionary<string, CardRule>
    {
        ["Action.OpenUrl"] = Action(["url"], new() { ["url"] = CardValue.Url }),
        ["Action.ToggleVisibility"] = Action(["targetElements"], new() { ["targetElements"] = CardValue.Targets }),
    };

    private static CardValue Colors => CardValue.OneOf("default", "dark", "light", "accent", "good", "warning", "attention");

    private static CardValue ContainerStyle => CardValue.OneOf("default", "emphasis", "good", "attention", "warning", "accent");

    private static CardValue FontSize => CardValue.OneOf("default", "small", "medium", "large", "extraLarge");

    private static CardValue FontType => CardValue.OneOf("default", "monospace");

    private static CardValue FontWeight => CardValue.OneOf("default", "lighter", "bolder");

    private static CardValue HorizontalAlignment => CardValue.OneOf("left", "center", "right");

    private static CardValue Spacing => CardValue.OneOf("default", "none", "small", "medium", "large", "extraLarge", "padding");

    private static CardValue VerticalAlignment => CardValue.OneOf("top", "center", "bottom");

    private static CardRule Element(string[] required, Dictionary<string, CardValue> own)
    {
        own["fallback"] = CardValue.Any;
        own["height"] = CardValue.OneOf("auto", "stretch");
        own["separator"] = CardValue.Boolean;
        own["spacing"] = Spacing;
        own["id"] = CardValue.String;
        own["isVisible"] = CardValue.Boolean;
        own["requires"] = CardValue.Object;
        return new CardRule(required, own);
    }

    private static CardRule Action(string[] required, Dictionary<string, CardValue> own)
    {
        own["title"] = CardValue.String;
        own["iconUrl"] = CardValue.Url;
        own["style"] = CardValue.OneOf("default", "positive", "destructive");
        own["fallback"] = CardValue.Any;
        own["requires"] = CardValue.Object;
        return new CardRule(required, own);
    }
}
