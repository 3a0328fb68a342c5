using Seikan.Core;

namespace Seikan.Engine.Planning;

/// <summary>What can be wrong with the graph of a job. Upstream's words are part of the messages, so that people searching for them find ours.</summary>
internal static class PlanErrors
{
    /// <summary>Unknown connector.</summary>
    public static readonly ErrorCode UnknownPlugin = new(
        "PLN-0001", "unknown connector", "A block names a plug-in that does not exist.", "see \"seikan connectors\" for what there is");

    /// <summary>Connector has no such side.</summary>
    public static readonly ErrorCode WrongSide = new(
        "PLN-0002", "connector has no such side", "A plug-in is used as a source, transform or sink and is not one.", "use it where it belongs, or another plug-in here");

    /// <summary>Output name is missing.</summary>
    public static readonly ErrorCode OutputMissing = new(
        "PLN-0003", "output name is missing", "In a job with more than one source, transform or sink, each source and transform names its output.", "add plugin_output = name");

    /// <summary>Input name is missing.</summary>
    public static readonly ErrorCode InputMissing = new(
        "PLN-0004", "input name is missing", "In a job with more than one source, transform or sink, each transform and sink names its input.", "add plugin_input = name");

    /// <summary>Output name is used twice.</summary>
    public static readonly ErrorCode DuplicateOutput = new(
        "PLN-0005", "output name is used twice", "Two plug-ins give their output the same name.", "give each output a name of its own");

    /// <summary>Input does not exist.</summary>
    public static readonly ErrorCode UnknownInput = new(
        "PLN-0006", "input does not exist", "A transform or sink asks for a data set that nothing produces.", "name an output of a source or transform");

    /// <summary>Output is not used.</summary>
    public static readonly ErrorCode UnusedOutput = new(
        "PLN-0007", "output is not used", "A source or transform produces a data set that nothing takes.", "use it as plugin_input somewhere, or remove the plug-in");

    /// <summary>Transforms form a cycle.</summary>
    public static readonly ErrorCode Cycle = new(
        "PLN-0008", "transforms form a cycle", "Transforms feed each other, so none can be first.", "break the cycle");

    /// <summary>Inputs have different columns.</summary>
    public static readonly ErrorCode TwoStructures = new(
        "PLN-0009", "inputs have different columns", "A plug-in takes several data sets whose columns differ.", "make the columns equal, or use one sink for each data set");

    /// <summary>Unbounded source in a batch job.</summary>
    public static readonly ErrorCode UnboundedInBatch = new(
        "PLN-0010", "unbounded source in a batch job", "A source that never ends is used with job.mode = BATCH.", "set job.mode = STREAMING, or make the source end");

    /// <summary>Sink does not understand the changes.</summary>
    public static readonly ErrorCode ChangelogRefused = new(
        "PLN-0011", "sink does not understand the changes", "Rows carry changes that the sink cannot take, and that cannot be converted.", "use a sink that takes updates and deletes");

    /// <summary>Names do not fit.</summary>
    public static readonly ErrorCode WrongNames = new(
        "PLN-0012", "names do not fit", "In a job with one source and one sink the names may be left out; those given do not match and are ignored.", "remove the names, or make them match");

    /// <summary>Settings without effect.</summary>
    public static readonly ErrorCode NoEffect = new(
        "PLN-0013", "settings without effect", "Settings of the job that change nothing in this run.", "nothing needs to be done");

    /// <summary>Exactly-once sink is not alone.</summary>
    public static readonly ErrorCode PositionedSinkNotAlone = new(
        "PLN-0014", "exactly-once sink is not alone", "A sink that keeps source positions in its own transactions must be the only sink of its pipeline.", "split the job");

    /// <summary>Nothing to run.</summary>
    public static readonly ErrorCode NothingToRun = new(
        "PLN-0015", "nothing to run", "No table reaches a sink (No actions define in the job. Cannot execute.).", "let at least one table reach a sink");

    /// <summary>Several tables and other inputs.</summary>
    public static readonly ErrorCode MultiTableAndOther = new(
        "PLN-0016", "several tables and other inputs", "A plug-in takes a data set of several tables and other data sets as well.", "give each data set a sink of its own");

    /// <summary>Table comes twice.</summary>
    public static readonly ErrorCode TableTwice = new(
        "PLN-0017", "table comes twice", "A source gives the same table more than once, so its rows could not be told apart.", "give each table a name of its own in its schema");

    /// <summary>Too many threads.</summary>
    public static readonly ErrorCode TooManyThreads = new(
        "PLN-0018", "too many threads", "Connectors whose calls block need more threads than a job may have.", "lower the parallelism");
}
