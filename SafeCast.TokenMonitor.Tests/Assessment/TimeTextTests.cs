using SafeCast.TokenMonitor.Assessment;

namespace SafeCast.TokenMonitor.Tests.Assessment;

public sealed class TimeTextTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 3, 7, 0, TimeSpan.Zero);

    [Fact]
    public void A_moment_is_written_in_UTC_wherever_it_was_read() =>
        Assert.Equal("2026-11-22 03:07 UTC", TimeText.Moment(new DateTimeOffset(2026, 11, 22, 8, 37, 59, TimeSpan.FromHours(5.5))));

    [Theory]
    [InlineData("00:00:00", "less than a minute")]
    [InlineData("00:00:59", "less than a minute")]
    [InlineData("00:01:00", "1 minute")]
    [InlineData("00:59:59", "59 minutes")]
    [InlineData("01:00:00", "1 hour")]
    [InlineData("01:59:59", "1 hour")]
    [InlineData("1.00:00:00", "24 hours")]
    [InlineData("1.23:59:59", "47 hours")]
    [InlineData("2.00:00:00", "2 days")]
    [InlineData("6.23:59:59", "6 days")]
    [InlineData("60.00:00:00", "60 days")]
    [InlineData("-3.00:00:00", "3 days")]
    public void A_span_is_reported_in_whole_units_and_never_longer_than_it_is(string span, string text) =>
        Assert.Equal(text, TimeText.Span(TimeSpan.Parse(span, System.Globalization.CultureInfo.InvariantCulture)));

    [Fact]
    public void A_moment_is_reported_relative_to_now()
    {
        Assert.Equal("in 6 days", TimeText.Relative(Now.AddDays(6), Now));
        Assert.Equal("6 days ago", TimeText.Relative(Now.AddDays(-6), Now));
        Assert.Equal("less than a minute ago", TimeText.Relative(Now, Now));
    }
}
