using Seikan.Core;

namespace Seikan.Plugins;

/// <summary>What can be wrong with options. Upstream reports most of these as API-02.</summary>
public static class OptionErrors
{
    /// <summary>A required option is missing.</summary>
    public static readonly ErrorCode Required = new(
        "OPT-0001", "required option is missing", "A plug-in needs an option that the job does not give.", "add the option") { Upstream = "API-02" };

    /// <summary>A key that nobody knows.</summary>
    public static readonly ErrorCode Unknown = new(
        "OPT-0002", "unknown option", "A plug-in block has a key that the plug-in does not know. It has no effect.", "remove the option, or see \"seikan connectors NAME\"");

    /// <summary>A value of the wrong type.</summary>
    public static readonly ErrorCode WrongType = new(
        "OPT-0003", "option has the wrong type", "The value of an option cannot be read as what the option is.", "write a value of the expected type");

    /// <summary>A value outside its limits.</summary>
    public static readonly ErrorCode OutOfRange = new(
        "OPT-0004", "option is out of range", "The value of an option is below or above its limits.", "use a value inside the limits");

    /// <summary>A value that is not one of the possible ones, or breaks a rule of form.</summary>
    public static readonly ErrorCode WrongValue = new(
        "OPT-0005", "option has a value it cannot have", "The value of an option is not one of those that are possible.", "use one of the possible values");

    /// <summary>Options that exclude each other.</summary>
    public static readonly ErrorCode Exclusive = new(
        "OPT-0006", "options exclude each other", "Of a set of options more are given than the plug-in allows.", "keep one of them") { Upstream = "API-02" };

    /// <summary>Options that belong together.</summary>
    public static readonly ErrorCode Together = new(
        "OPT-0007", "options belong together", "Of a set of options only some are given.", "give all of them, or none") { Upstream = "API-02" };

    /// <summary>An option that upstream has and we do not.</summary>
    public static readonly ErrorCode NotSupported = new(
        "OPT-0008", "option is not supported yet", "The option is known from upstream and has no effect here yet; ignoring it would change what the job does.", "remove the option");

    /// <summary>An option that should no longer be used.</summary>
    public static readonly ErrorCode Deprecated = new(
        "OPT-0009", "option is deprecated", "The option works, or has no effect any more, and a better one exists.", "use the option named");

    /// <summary>A list written as one text.</summary>
    public static readonly ErrorCode TextAsList = new(
        "OPT-0010", "list is written as one text", "A list option was given as one text with commas; it was split there.", "write a list: [a, b]");

    /// <summary>A column that the schema does not have.</summary>
    public static readonly ErrorCode UnknownColumn = new(
        "OPT-0011", "unknown column", "An option names a column that the table does not have.", "name a column of the table");

    /// <summary>An option under two of its spellings.</summary>
    public static readonly ErrorCode GivenTwice = new(
        "OPT-0012", "option is given under two names", "An option has an older spelling, and both are given; the older one has no effect.", "remove the older spelling");
}
