namespace SafeCast.TokenMonitor.Benchmarks;

/// <summary>One run of an app: a healthy token, checked several times against the simulators.</summary>
/// <param name="FirstInvocation">From the start of the process to the end of the first invocation.</param>
/// <param name="LaterInvocation">The median of the invocations after it.</param>
/// <param name="ResidentBytes">The physical memory of the process at the end, in bytes.</param>
internal sealed record Measurement(TimeSpan FirstInvocation, TimeSpan LaterInvocation, long ResidentBytes);
