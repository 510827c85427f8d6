namespace SafeCast.TokenMonitor.Simulator.Teams;

/// <summary>A permitted value of a card property.</summary>
internal sealed record CardValue(CardValueKind Kind, IReadOnlyList<string> Choices)
{
    public static readonly CardValue Any = new(CardValueKind.Any, []);
    public static readonly CardValue String = new(CardValueKind.String, []);
    public static readonly CardValue Boolean = new(CardValueKind.Boolean, []);
    public static readonly CardValue Number = new(CardValueKind.Number, []);
    public static readonly CardValue StringOrNumber = new(CardValueKind.StringOrNumber, []);
    public static readonly CardValue Object = new(CardValueKind.Object, []);
    public static readonly CardValue Url = new(CardValueKind.Url, []);
    public static readonly CardValue Version = new(CardValueKind.Version, []);
    public static readonly CardValue Action = new(CardValueKind.Action, []);
    public static readonly CardValue Actions = new(CardValueKind.Actions, []);
    public static readonly CardValue Elements = new(CardValueKind.Elements, []);
    public static readonly CardValue Columns = new(CardValueKind.Columns, []);
    public static readonly CardValue Facts = new(CardValueKind.Facts, []);
    public static readonly CardValue Inlines = new(CardValueKind.Inlines, []);
    public static readonly CardValue Targets = new(CardValueKind.Targets, []);

    /// <summary>One of these words, in any case.</summary>
    public static CardValue OneOf(params string[] choices) => new(CardValueKind.OneOf, choices);
}
