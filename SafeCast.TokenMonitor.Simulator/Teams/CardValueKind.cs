namespace SafeCast.TokenMonitor.Simulator.Teams;

internal enum CardValueKind
{
    Any,
    String,
    Boolean,
    Number,
    StringOrNumber,
    Object,
    OneOf,
    Url,
    Version,
    Action,
    Actions,
    Elements,
    Columns,
    Facts,
    Inlines,
    Targets,
}
