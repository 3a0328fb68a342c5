using System.Numerics;
using Seikan.Testing;

namespace Seikan.Connectors.Tests.Fake;

public sealed class FakeTypeTests
{
    [Theory]
    [InlineData("tinyint", sbyte.MaxValue)]
    [InlineData("smallint", short.MaxValue)]
    [InlineData("int", int.MaxValue)]
    [InlineData("bigint", long.MaxValue)]
    public async Task Whole_numbers_spread_over_zero_to_the_largest(string type, long largest)
    {
        var values = (await FakeRun.ValuesAsync<object>(type)).Select(v => Convert.ToInt64(v)).ToList();

        Assert.All(values, v => Assert.InRange(v, 0, largest));
        Assert.True(values.Max() > largest / 10 * 9);
        Assert.True(values.Min() < largest / 10);
    }

    [Theory]
    [InlineData("tinyint", -3, 3)]
    [InlineData("smallint", -300, -298)]
    [InlineData("int", -5, 5)]
    [InlineData("bigint", 10_000_000_000, 10_000_000_002)]
    public async Task Whole_numbers_reach_both_ends_of_their_range(string type, long min, long max)
    {
        var values = (await FakeRun.ValuesAsync<object>(type, $"{type}.min = {min}, {type}.max = {max}")).Select(v => Convert.ToInt64(v)).Distinct().Order();

        Assert.Equal(Enumerable.Range(0, (int)(max - min) + 1).Select(i => min + i), values);
    }

    [Fact]
    public async Task The_widest_range_of_bigint_holds_negative_and_positive_numbers()
    {
        var values = await FakeRun.ValuesAsync<long>("bigint", $"bigint.min = {long.MinValue}, bigint.max = {long.MaxValue}");

        Assert.Contains(values, v => v < 0);
        Assert.Contains(values, v => v > 0);
        Assert.Equal(values.Count, values.Distinct().Count());
    }

    [Theory]
    [InlineData("float")]
    [InlineData("double")]
    public async Task Fractions_stay_in_their_range(string type)
    {
        var values = (await FakeRun.ValuesAsync<object>(type, $"{type}.min = -2.5, {type}.max = 1.5")).Select(Convert.ToDouble).ToList();

        Assert.All(values, v => Assert.InRange(v, -2.5, 1.5));
        Assert.Contains(values, v => v < -2);
        Assert.Contains(values, v => v > 1);
    }

    [Theory]
    [InlineData("float", float.MaxValue)]
    [InlineData("double", double.MaxValue)]
    public async Task Fractions_are_finite_by_default(string type, double largest)
    {
        var values = (await FakeRun.ValuesAsync<object>(type)).Select(Convert.ToDouble).ToList();

        Assert.All(values, v => Assert.InRange(v, 0, largest));
        Assert.Contains(values, v => v > largest / 2);
    }

    [Theory]
    [InlineData("tinyint", "1, 2")]
    [InlineData("smallint", "300, 301")]
    [InlineData("int", "-7, 70000")]
    [InlineData("bigint", "5000000000, 5000000001")]
    public async Task A_template_wins_whatever_the_mode_says(string type, string template)
    {
        foreach (var mode in new[] { "range", "template" })
        {
            var values = (await FakeRun.ValuesAsync<object>(type, $"{type}.fake.mode = {mode}, {type}.template = [{template}]")).Select(v => Convert.ToInt64(v));

            Assert.Equal(template.Split(", ").Select(long.Parse), values.Distinct().Order());
        }
    }

    [Fact]
    public async Task Templates_of_fractions_and_texts_are_chosen_from()
    {
        Assert.Equal([1.5f, 2.25f], (await FakeRun.ValuesAsync<float>("float", "float.template = [1.5, 2.25]")).Distinct().Order());
        Assert.Equal([-1.5, 0.1], (await FakeRun.ValuesAsync<double>("double", "double.template = [-1.5, 0.1]")).Distinct().Order());
        Assert.Equal(["Grüße", "日本"], (await FakeRun.ValuesAsync<string>("string", "string.template = [\"日本\", \"Grüße\"]")).Distinct().Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(8)]
    [InlineData(300)]
    public async Task Texts_have_the_length_and_only_letters(int length)
    {
        var values = await FakeRun.ValuesAsync<string>("string", $"string.length = {length}");

        Assert.All(values, v => Assert.Equal(length, v.Length));
        Assert.All(values, v => Assert.All(v, c => Assert.InRange(c, 'a', 'z')));
        Assert.Equal(length == 0 ? 0 : 26, values.SelectMany(v => v).Distinct().Count());
        Assert.True(length < 8 || values.Distinct().Count() == values.Count);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(40)]
    public async Task Bytes_have_the_length_and_all_values(int length)
    {
        var values = await FakeRun.ValuesAsync<byte[]>("bytes", $"bytes.length = {length}");

        Assert.All(values, v => Assert.Equal(length, v.Length));
        Assert.True(values.SelectMany(v => v).Distinct().Count() > 240);
    }

    [Fact]
    public async Task Booleans_are_both()
    {
        var values = await FakeRun.ValuesAsync<bool>("boolean");

        Assert.InRange(values.Count(v => v), 150, 350);
    }

    [Fact]
    public async Task A_null_column_is_null() => Assert.All(await FakeRun.ValuesAsync<object?>("\"null\""), Assert.Null);

    [Fact]
    public async Task Dates_come_from_the_templates()
    {
        var values = await FakeRun.ValuesAsync<int>("date", "date.year.template = [2023, 2024], date.month.template = [2], date.day.template = [1, 31]");

        // A day that the month does not have is its last one.
        Assert.Equal(
            ["2023-02-01", "2023-02-28", "2024-02-01", "2024-02-29"],
            values.Select(v => DateOnly.FromDayNumber(v + 719_162).ToString("yyyy-MM-dd", null)).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Times_come_from_the_templates()
    {
        var values = await FakeRun.ValuesAsync<long>("time", "time.hour.template = [1, 23], time.minute.template = [59], time.second.template = [7]");

        Assert.Equal([new TimeOnly(1, 59, 7).Ticks * 100, new TimeOnly(23, 59, 7).Ticks * 100], values.Distinct().Order());
    }

    [Theory]
    [InlineData("timestamp", 1)]
    [InlineData("\"timestamp(9)\"", 1000)]
    public async Task Timestamps_come_from_the_templates(string type, long unitsAMicrosecond)
    {
        var values = await FakeRun.ValuesAsync<long>(
            type, "date.year.template = [2024], date.month.template = [12], date.day.template = [31], time.hour.template = [23], time.minute.template = [0], time.second.template = [1, 2]");

        var first = (new DateTime(2024, 12, 31, 23, 0, 1, DateTimeKind.Utc) - DateTime.UnixEpoch).Ticks / 10 * unitsAMicrosecond;
        Assert.Equal([first, first + (1_000_000 * unitsAMicrosecond)], values.Distinct().Order());
    }

    [Fact]
    public async Task Timestamps_with_an_offset_have_the_template_as_local_time()
    {
        var values = await FakeRun.ValuesAsync<OffsetTimestamp>(
            "timestamp_tz", "date.year.template = [2024], date.month.template = [1], date.day.template = [2], time.hour.template = [3], time.minute.template = [4], time.second.template = [5]");

        var local = (new DateTime(2024, 1, 2, 3, 4, 5, DateTimeKind.Utc) - DateTime.UnixEpoch).Ticks / 10;
        Assert.All(values, v => Assert.Equal(local, v.UtcMicroseconds + (v.OffsetMinutes * 60_000_000L)));
        Assert.True(values.Select(v => v.OffsetMinutes).Distinct().Count() > 20);
        Assert.All(values, v => Assert.InRange(v.OffsetMinutes, -1080, 1080));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(9)]
    [InlineData(18)]
    [InlineData(19)]
    [InlineData(38)]
    [InlineData(39)]
    [InlineData(76)]
    public async Task Decimals_fill_their_digits(int precision)
    {
        var values = await FakeRun.ValuesAsync<BigInteger>($"\"decimal({precision}, 1)\"");

        Assert.All(values, v => Assert.InRange(v, BigInteger.Zero, BigInteger.Pow(10, precision) - 1));
        Assert.Contains(values, v => v >= BigInteger.Pow(10, precision - 1) * 5);
        Assert.True(values.Distinct().Count() > (precision == 1 ? 9 : 80));
    }

    [Fact]
    public async Task Arrays_have_their_size_and_every_element_its_own_value()
    {
        var values = await FakeRun.ValuesAsync<object?[]>("\"array<bigint>\"", "array.size = 3");

        Assert.All(values, v => Assert.Equal(3, v.Length));
        Assert.Equal(1500, values.SelectMany(v => v).Distinct().Count());
    }

    [Fact]
    public async Task Maps_have_their_size_and_each_key_once()
    {
        var values = await FakeRun.ValuesAsync<MapEntry[]>("\"map<string, int>\"", "map.size = 4, string.length = 8");

        Assert.All(values, v => Assert.Equal(4, v.Select(e => e.Key).Distinct().Count()));
        Assert.Equal(2000, values.SelectMany(v => v).Select(e => e.Key).Distinct().Count());
    }

    [Fact]
    public async Task Maps_with_few_possible_keys_are_smaller()
    {
        var values = await FakeRun.ValuesAsync<MapEntry[]>("\"map<boolean, int>\"", "map.size = 6");

        Assert.All(values, v => Assert.Equal(v.Length, v.Select(e => e.Key).Distinct().Count()));
        Assert.Contains(values, v => v.Length == 2);
    }

    [Fact]
    public async Task Nested_types_of_any_depth_are_filled()
    {
        var rows = await FakeRun.RowsAsync("""
            seed = 1, row.num = 20, array.size = 2, map.size = 2
            schema { fields {
              r = { a = int, b = { c = "array<map<string, {d = date, e = \"decimal(50,3)\"}>>", f = bytes } }
              m = "map<int, array<array<timestamp_tz>>>"
            } }
            """);

        Assert.Equal(20, rows.Distinct().Count());
        Assert.All(rows, r => Assert.DoesNotContain("null", r, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("float_vector", "", 16)]
    [InlineData("float_vector", "vector.dimension = 3", 12)]
    [InlineData("float16_vector", "vector.dimension = 3, vector.float.max = 60000", 6)]
    [InlineData("bfloat16_vector", "vector.dimension = 3", 6)]
    [InlineData("binary_vector", "", 1)]
    [InlineData("binary_vector", "binary.vector.dimension = 24", 3)]
    [InlineData("\"float_vector(2)\"", "vector.dimension = 3", 8)]
    public async Task Vectors_have_their_dimension_and_differ(string type, string options, int bytes)
    {
        var values = await FakeRun.ValuesAsync<byte[]>(type, options);

        Assert.All(values, v => Assert.Equal(bytes, v.Length));
        Assert.True(values.Select(Convert.ToHexString).Distinct().Count() > (bytes == 1 ? 100 : 480));
    }

    [Fact]
    public async Task A_column_may_give_the_dimension_itself()
    {
        var rows = await FakeRun.RowsAsync("row.num = 1, seed = 1, schema { columns = [ { name = v, type = binary_vector, columnScale = 16 } ] }");

        Assert.Matches("^\\+I x'[0-9a-f]{4}'$", Assert.Single(rows));
    }

    [Theory]
    [InlineData("float_vector")]
    [InlineData("float16_vector")]
    [InlineData("bfloat16_vector")]
    public async Task Vector_elements_stay_in_their_range(string type)
    {
        var values = await FakeRun.ValuesAsync<byte[]>(type, "vector.float.min = -1, vector.float.max = 1");

        var elements = values.SelectMany(v => Elements(type, v)).ToList();
        Assert.All(elements, e => Assert.InRange(e, -1f, 1f));
        Assert.Contains(elements, e => e < -0.9f);
        Assert.Contains(elements, e => e > 0.9f);
    }

    [Fact]
    public async Task Sparse_vectors_have_rising_indexes_and_their_range()
    {
        var values = await FakeRun.ValuesAsync<MapEntry[]>("sparse_float_vector", "vector.dimension = 5, vector.float.min = 2, vector.float.max = 3");

        Assert.All(values, v => Assert.Equal(v.Select(e => (int)e.Key!).Distinct().Order(), v.Select(e => (int)e.Key!)));
        Assert.All(values, v => Assert.Equal(5, v.Length));
        Assert.All(values.SelectMany(v => v), e => Assert.InRange((float)e.Value!, 2f, 3f));
    }

    [Theory]
    [InlineData("tinyint.min = 5, tinyint.max = 4", "FAKE-0002")]
    [InlineData("double.min = 1, double.max = 0.5", "FAKE-0002")]
    [InlineData("vector.float.min = 1, vector.float.max = 0.5", "FAKE-0002")]
    [InlineData("binary.vector.dimension = 9", "OPT-")]
    [InlineData("string.fake.mode = template", "OPT-")]
    [InlineData("int.template = []", "OPT-")]
    public void Options_that_cannot_work_are_refused(string options, string code) =>
        Assert.Contains(FakeRun.Errors(options + ", schema { fields { a = int } }"), e => e.StartsWith(code, StringComparison.Ordinal));

    private static IEnumerable<float> Elements(string type, byte[] vector)
    {
        var width = type == "float_vector" ? 4 : 2;
        for (var i = 0; i < vector.Length; i += width)
        {
            yield return type switch
            {
                "float_vector" => BitConverter.ToSingle(vector, i),
                "float16_vector" => (float)BitConverter.ToHalf(vector, i),
                _ => BitConverter.UInt32BitsToSingle((uint)BitConverter.ToUInt16(vector, i) << 16),
            };
        }
    }
}
