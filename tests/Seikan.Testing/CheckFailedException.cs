namespace Seikan.Testing;

/// <summary>A check of the test kit failed; the message says what was expected and what came.</summary>
/// <param name="message">Expected and actual.</param>
/// <param name="inner">What ended the check; null when the check itself found something.</param>
public sealed class CheckFailedException(string message, Exception? inner = null) : Exception(message, inner);
