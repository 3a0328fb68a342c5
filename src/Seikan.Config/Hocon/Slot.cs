using System.Diagnostics;
using Seikan.Core;

namespace Seikan.Config;

/// <summary>One key of an object and the values assigned to it, oldest first. Values that can never be seen again are dropped.</summary>
/// <param name="key">The key.</param>
/// <param name="keySpan">Where it stands.</param>
[DebuggerDisplay("{Key}")]
internal sealed class Slot(string key, SourceSpan keySpan)
{
    /// <summary>The key.</summary>
    public string Key { get; } = key;

    /// <summary>Where the key stands last.</summary>
    public SourceSpan KeySpan { get; set; } = keySpan;

    /// <summary>The assigned values. Neighbouring objects are merged already.</summary>
    public List<Draft> History { get; } = new(1);

    /// <summary>The value assigned last.</summary>
    public Draft? Last => History.Count == 0 ? null : History[^1];

    /// <summary>The value, once <see cref="IsDone"/>; while active, what the values before the current one gave. Null means none.</summary>
    public ConfigNode? Value { get; set; }

    /// <summary>Elements added with <c>+=</c> that are not in <see cref="Value"/> yet.</summary>
    public List<ConfigNode>? Appended { get; set; }

    /// <summary>True once the value is known.</summary>
    public bool IsDone { get; set; }

    /// <summary>True while the value is being made.</summary>
    public bool IsActive { get; set; }

    /// <summary>Assigns a value.</summary>
    public void Push(Draft value)
    {
        switch (value)
        {
            case ObjectDraft later when Last is ObjectDraft earlier:
                earlier.Merge(later);
                break;
            case JoinDraft join when join.JoinsObjects():
                // As single assignments the parts stay visible to references into this object.
                foreach (var (_, part) in join.Parts)
                {
                    if (part is OpenDraft open)
                    {
                        open.MustBeObject = true;
                    }

                    Push(part);
                }

                break;
            case ScalarDraft or FinishedDraft:
                History.Clear();
                History.Add(value);
                break;
            default:
                History.Add(value);
                break;
        }
    }
}
