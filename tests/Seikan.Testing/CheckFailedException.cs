namespace Seikan.Testing;

/// <summary>A check of the test kit failed; the message says what was expected and what came.</summary>
/// <param name="message">Expected and actual.</param>
public sealed class CheckFailedException(string message) : Exception(message);
