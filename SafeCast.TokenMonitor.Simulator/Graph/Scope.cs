namespace SafeCast.TokenMonitor.Simulator.Graph;

/// <summary>The scopes for WhatsApp.</summary>
public static class Scope
{
    /// <summary>To send messages.</summary>
    public const string Messaging = "whatsapp_business_messaging";

    /// <summary>To read and change accounts.</summary>
    public const string Management = "whatsapp_business_management";
}
