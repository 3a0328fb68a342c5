using System.Text;
using Seikan.Testing;

namespace Seikan.Core.Tests.Columns;

public sealed class BytesAppendManyTests : IDisposable
{
    private readonly TestMemory _memory = new();

    public void Dispose() => _memory.Dispose();

    [Theory]
    [InlineData(1, 1)]
    [InlineData(100, 3)]
    [InlineData(5000, 64)]
    [InlineData(10, 0)]
    public void Many_values_of_one_length_stand_between_others(int rows, int bytes)
    {
        using var builder = (BytesBuilder)ColumnBuilder.Create(DataType.String, _memory.Pool);
        builder.Append("first"u8);
        builder.AppendNull();
        builder.AppendMany(rows, bytes).Fill((byte)'x');
        builder.Append("last"u8);
        var column = (BytesColumn)builder.Build();

        Assert.Equal(rows + 3, column.Length);
        Assert.Equal(1, column.NullCount);
        Assert.Equal("first"u8, column[0]);
        for (var row = 2; row < rows + 2; row++)
        {
            Assert.True(column.IsValid(row));
            Assert.Equal(new string('x', bytes), Encoding.UTF8.GetString(column[row]));
        }

        Assert.Equal("last"u8, column[rows + 2]);
        column.Release();
    }

    [Fact]
    public void A_length_above_the_limit_is_refused()
    {
        using var builder = (BytesBuilder)ColumnBuilder.Create(DataType.Bytes, _memory.Pool, BatchLimits.Default with { ValueBytes = 10 });

        var thrown = Assert.Throws<SeikanException>(() => builder.AppendMany(2, 11));

        Assert.Equal("DAT-0002", thrown.Diagnostics[0].Code.Id);
    }
}
