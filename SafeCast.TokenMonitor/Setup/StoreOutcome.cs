namespace SafeCast.TokenMonitor.Setup;

/// <summary>The outcome of storing a token.</summary>
public abstract record StoreOutcome
{
    private StoreOutcome()
    {
    }

    /// <summary>The token was stored, read back and checked.</summary>
    /// <param name="Version">The version of the secret.</param>
    /// <param name="Checkup">The check of the value that was read back.</param>
    public sealed record Stored(string Version, TokenCheckup Checkup) : StoreOutcome
    {
        /// <summary>The fingerprint of the replaced token; null: none or unknown.</summary>
        public string? FingerprintBefore { get; init; }
    }

    /// <summary>The token was written, but another value or none was read back.</summary>
    /// <param name="Version">The version that was written.</param>
    /// <param name="Reason">What was read instead, and what to do.</param>
    public sealed record NotReadBack(string Version, string Reason) : StoreOutcome;

    /// <summary>The token was not stored, as far as is known, and the vault is unchanged.</summary>
    /// <param name="Reason">The reason, and how to fix it.</param>
    public sealed record NotStored(string Reason) : StoreOutcome
    {
        /// <summary>Neither the write nor the read got an answer, so the token may have been stored.</summary>
        public bool MayBeStored { get; init; }

        /// <summary>Another token was stored since the inspection. A retry would have the same outcome.</summary>
        public bool IsOvertaken { get; init; }
    }
}
