namespace SafeCast.TokenMonitor.Setup;

/// <summary>What came of storing a token.</summary>
public abstract record StoreOutcome
{
    private StoreOutcome()
    {
    }

    /// <summary>It is in the vault, was read back, and was checked as it was read.</summary>
    /// <param name="Version">The version that holds it.</param>
    /// <param name="Checkup">What was found of what was read back.</param>
    public sealed record Stored(string Version, TokenCheckup Checkup) : StoreOutcome
    {
        /// <summary>The fingerprint of the token whose place it took; null: none, or not known.</summary>
        public string? FingerprintBefore { get; init; }
    }

    /// <summary>It was written, and what is read back is not it, or cannot be read.</summary>
    /// <param name="Version">The version that was written.</param>
    /// <param name="Reason">What was read instead, and what to do.</param>
    public sealed record NotReadBack(string Version, string Reason) : StoreOutcome;

    /// <summary>It is not in the vault, as far as is known; nothing that was there has changed.</summary>
    /// <param name="Reason">Why, and what to mend.</param>
    public sealed record NotStored(string Reason) : StoreOutcome
    {
        /// <summary>The store answered neither the writing nor the reading: it may be there all the same.</summary>
        public bool MayBeStored { get; init; }

        /// <summary>Another token is in place than was when this one was inspected. To try again would end the same.</summary>
        public bool IsOvertaken { get; init; }
    }
}
