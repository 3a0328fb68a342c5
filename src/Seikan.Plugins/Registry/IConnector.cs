using System.Collections.Immutable;
using Seikan.Core;

namespace Seikan.Plugins;

/// <summary>What sources and sinks share.</summary>
public interface IConnector : IAsyncDisposable
{
    /// <summary>Dedicated threads this connector costs a task; 0 = its calls never block. With one, all calls on a task's objects run on it.</summary>
    int BlockingThreads { get; }

    /// <summary>Checks rights, settings and versions before the first row; returns all problems at once.</summary>
    /// <param name="cancellationToken">Ends the check.</param>
    ValueTask<ImmutableArray<Diagnostic>> ProbeAsync(CancellationToken cancellationToken);
}
