using Seikan.Core;

namespace Seikan.Engine.Execution;

/// <summary>
/// Sees every batch right after the reader and right before the writer: the place for digests that prove that source and target agree.
/// Borrows batches. Called by several loops at once.
/// </summary>
internal interface IBatchTap
{
    /// <summary>A batch left a reader.</summary>
    /// <param name="task">Pipeline from 1 and task from 0.</param>
    /// <param name="batch">The rows.</param>
    void Read((int Pipeline, int Task) task, RowBatch batch);

    /// <summary>A batch is about to be written.</summary>
    /// <param name="task">Pipeline from 1 and task from 0.</param>
    /// <param name="sink">The sink block, from 0.</param>
    /// <param name="batch">The rows, as the writer gets them.</param>
    void Writing((int Pipeline, int Task) task, int sink, RowBatch batch);
}
