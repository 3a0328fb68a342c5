namespace Seikan.Connectors.Files.Reading;

/// <summary>One table of several.</summary>
internal sealed partial record LocalFileTableOptions : FileReadOptions;
