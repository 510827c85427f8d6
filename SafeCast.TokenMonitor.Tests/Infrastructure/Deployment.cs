using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using SafeCast.TokenMonitor.Tests.Support;

namespace SafeCast.TokenMonitor.Tests.Infrastructure;

/// <summary>
/// The resources that a deployment with a parameters file in <c>Variants</c> would create, as <c>bicep snapshot</c> predicts them. The
/// snapshots are beside the parameters files. After an intended change, run UPDATE_GOLDEN=1 dotnet test and read the diff.
/// </summary>
internal sealed class Deployment
{
    public const string Subscription = "00000000-0000-0000-0000-00000000000b";
    public const string ResourceGroup = "rg-token-monitor";

    private static readonly ConcurrentDictionary<string, Lazy<Deployment>> Known = new(StringComparer.Ordinal);

    private Deployment(JsonObject snapshot)
    {
        Resources = [.. snapshot["predictedResources"]!.AsArray().Select(node => new Resource(node!.AsObject()))];
        Outputs = snapshot["outputs"]!.AsObject();
    }

    public static IEnumerable<string> Variants { get; } =
        [.. Directory.GetFiles(Repository.PathOf("SafeCast.TokenMonitor.Tests/Infrastructure/Variants"), "*.bicepparam").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)];

    public IReadOnlyList<Resource> Resources { get; }

    public JsonObject Outputs { get; }

    public static Deployment Of(string variant) => Known.GetOrAdd(variant, name => new Lazy<Deployment>(() => Read(name))).Value;

    public Resource The(string type) => Assert.Single(Resources, resource => resource.Type == type);

    public IEnumerable<Resource> All(string type) => Resources.Where(resource => resource.Type == type);

    /// <summary>Gets the app settings of the function app.</summary>
    public IReadOnlyDictionary<string, string> AppSettings() =>
        Assert.Single(All("Microsoft.Web/sites/config"), config => config.Name.EndsWith("/appsettings", StringComparison.Ordinal))
            .Properties.ToDictionary(setting => setting.Key, setting => setting.Value!.GetValue<string>());

    private static Deployment Read(string variant)
    {
        var file = $"Infrastructure/Variants/{variant}.bicepparam";
        var snapshot = JsonNode.Parse(BicepServer.SnapshotAsync(Repository.PathOf($"SafeCast.TokenMonitor.Tests/{file}")).GetAwaiter().GetResult())!;

        // Bicep lists resources and outputs in no fixed order.
        snapshot["predictedResources"] = new JsonArray([.. snapshot["predictedResources"]!.AsArray().OrderBy(node => (string)node!["id"]!, StringComparer.Ordinal).Select(node => node!.DeepClone())]);
        snapshot["outputs"] = new JsonObject(snapshot["outputs"]!.AsObject().OrderBy(output => output.Key, StringComparer.Ordinal).Select(output => KeyValuePair.Create(output.Key, output.Value?.DeepClone())));
        Golden.Matches(Path.ChangeExtension(file, ".snapshot.json"), snapshot);
        return new Deployment(ArmExpression.Evaluate(snapshot)!.AsObject());
    }
}
