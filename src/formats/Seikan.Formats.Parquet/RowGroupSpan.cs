namespace Seikan.Formats.Parquet;

/// <summary>Where a row group lies.</summary>
/// <param name="Index">Its number in the file.</param>
/// <param name="Start">Its first row.</param>
/// <param name="End">One past its last row.</param>
/// <param name="Bytes">Bytes of all its columns in the file, compressed.</param>
internal readonly record struct RowGroupSpan(int Index, long Start, long End, long Bytes);
