using System.Collections.Immutable;
using Seikan.Core;
using Seikan.Plugins;

namespace Seikan.Engine.Execution;

/// <summary>What goes through the channel of a branch: rows, or the positions behind all rows before it.</summary>
/// <param name="Batch">The rows, owned by whoever holds the item; null for positions.</param>
/// <param name="Table">Index of the source table they came from.</param>
/// <param name="After">The positions; default for rows.</param>
internal readonly record struct ChannelItem(RowBatch? Batch, int Table, ImmutableArray<SplitPosition> After);
