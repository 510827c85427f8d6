using System.Reflection;
using System.Text.Json.Nodes;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;

namespace SafeCast.TokenMonitor.FunctionsHost;

/// <summary>
/// The gRPC protocol between the Functions host and a worker (https://github.com/Azure/azure-functions-language-worker-protobuf). Messages
/// are written and read as JSON. The worker's package keeps its message types internal, so they are used through their descriptors.
/// </summary>
internal static class WorkerProtocol
{
    private static readonly MessageDescriptor Message = Descriptor();

    private static readonly Marshaller<JsonObject> Marshaller = Marshallers.Create(Serialize, Deserialize);

    /// <summary>The only method: both sides stream messages until one of them ends.</summary>
    public static readonly Method<JsonObject, JsonObject> EventStream =
        new(MethodType.DuplexStreaming, "AzureFunctionsRpcMessages.FunctionRpc", "EventStream", Marshaller, Marshaller);

    private static byte[] Serialize(JsonObject message) => JsonParser.Default.Parse(message.ToJsonString(), Message).ToByteArray();

    private static JsonObject Deserialize(byte[] message) => JsonNode.Parse(JsonFormatter.Default.Format(Message.Parser.ParseFrom(message)))!.AsObject();

    private static MessageDescriptor Descriptor()
    {
        var type = Assembly.Load("Microsoft.Azure.Functions.Worker.Grpc").GetType("Microsoft.Azure.Functions.Worker.Grpc.Messages.FunctionRpcReflection", throwOnError: true)!;
        var file = (FileDescriptor)type.GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!;
        return file.FindTypeByName<MessageDescriptor>("StreamingMessage");
    }
}
