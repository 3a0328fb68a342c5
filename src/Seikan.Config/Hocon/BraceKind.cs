namespace Seikan.Config;

/// <summary>What an opening brace means at its place.</summary>
internal enum BraceKind
{
    /// <summary>An object.</summary>
    Object,

    /// <summary>An error handler: an object whose <c>sink</c> is a plug-in block.</summary>
    Handler,

    /// <summary>The plug-in block of an error handler.</summary>
    HandlerSink,

    /// <summary>A plug-in block of the job.</summary>
    Block,
}
