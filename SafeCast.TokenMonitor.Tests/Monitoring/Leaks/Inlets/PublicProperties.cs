using System.Collections;
using System.Reflection;

namespace SafeCast.TokenMonitor.Tests.Monitoring.Leaks.Inlets;

/// <summary>The values in the public properties of an object, and in theirs.</summary>
internal static class PublicProperties
{
    private const int Deepest = 4;
    private const int MostItems = 100;

    public static void Walk(object? value, Action<string> found) => Walk(value, found, 0, new HashSet<object>(ReferenceEqualityComparer.Instance));

    private static void Walk(object? value, Action<string> found, int depth, HashSet<object> seen)
    {
        if (value is null || value.GetType().IsPrimitive || depth > Deepest || (!value.GetType().IsValueType && !seen.Add(value)))
        {
            return;
        }

        found(value.ToString() ?? "");
        switch (value)
        {
            case string or Type or Exception or Enum:
                return;
            case Uri uri:
                found(uri.OriginalString);
                return;
            case Stream or HttpContent or Delegate or Task:
                return;
            case IEnumerable items:
                foreach (var item in items.Cast<object?>().Take(MostItems))
                {
                    Walk(item, found, depth + 1, seen);
                }

                return;
        }

        foreach (var property in value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.CanRead && property.GetIndexParameters().Length == 0 && !property.PropertyType.IsByRefLike)
            {
                Walk(Read(property, value), found, depth + 1, seen);
            }
        }
    }

    private static object? Read(PropertyInfo property, object value)
    {
        try
        {
            return property.GetValue(value);
        }
        catch (TargetInvocationException)
        {
            return null;
        }
    }
}
