using Seikan.Core;

namespace Seikan.Config;

/// <summary>Problems of job text, variables and includes.</summary>
public static class ConfigErrors
{
    /// <summary>A file that is not there.</summary>
    public static readonly ErrorCode FileMissing = new(
        "CFG-0001",
        "file does not exist",
        "The path names nothing, or something in a folder that does not exist.",
        "check the path; it is taken from the working directory")
    {
        Upstream = "COMMON-22",
    };

    /// <summary>A file that cannot be read.</summary>
    public static readonly ErrorCode FileUnreadable = new(
        "CFG-0002", "file cannot be read", "The path is a folder, permission is missing, or the disk failed.", "give a readable text file");

    /// <summary>Bytes that are not UTF-8.</summary>
    public static readonly ErrorCode NotUtf8 = new(
        "CFG-0003",
        "text is not UTF-8",
        "The file holds bytes that are not UTF-8: another encoding, or no text at all.",
        "save the file as UTF-8");

    /// <summary>A text over the size limit.</summary>
    public static readonly ErrorCode TextTooLarge = new(
        "CFG-0004",
        "text is too large",
        "A job text, with all it includes, has a size limit.",
        "put data into files that sources read, not into the job");

    /// <summary>Something that cannot stand where it stands.</summary>
    public static readonly ErrorCode UnexpectedText = new(
        "CFG-0005", "unexpected text", "The text does not fit the grammar at this place.", "remove it, or write it as key = value");

    /// <summary>An opened brace or bracket that is never closed.</summary>
    public static readonly ErrorCode UnclosedBracket = new(
        "CFG-0006", "bracket is never closed", "The end of the text came before the closing bracket.", "add the closing bracket");

    /// <summary>A closing brace or bracket without its opening one.</summary>
    public static readonly ErrorCode StrayBracket = new(
        "CFG-0007", "bracket closes nothing", "A closing bracket stands where none is open.", "remove it, or add the opening bracket");

    /// <summary>A string without its closing quote.</summary>
    public static readonly ErrorCode UnclosedString = new(
        "CFG-0008",
        "string is never closed",
        "A quoted string ends on its line; a triple-quoted one at the next three quotes.",
        "add the closing quote; text of several lines goes between triple quotes");

    /// <summary>A backslash sequence that does not exist.</summary>
    public static readonly ErrorCode BadEscape = new(
        "CFG-0009",
        "unknown escape in a string",
        "Inside quotes a backslash starts one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX.",
        "write two backslashes for one, or use triple quotes");

    /// <summary>A character that bare text may not hold.</summary>
    public static readonly ErrorCode ReservedCharacter = new(
        "CFG-0010",
        "character is not allowed in bare text",
        "Without quotes a text may not hold $ \" { } [ ] : = , + # ` ^ ? ! @ * & \\.",
        "write the text in double quotes");

    /// <summary>A URL without quotes, cut by its two slashes.</summary>
    public static readonly ErrorCode CommentInText = new(
        "CFG-0011",
        "\"//\" in bare text starts a comment",
        "Outside quotes, two slashes start a comment.",
        "write the text in double quotes");

    /// <summary>A key or place without a value.</summary>
    public static readonly ErrorCode MissingValue = new(
        "CFG-0012", "value is missing", "A key, a separator or a comma is not followed by a value.", "add a value or remove the key");

    /// <summary>A key that cannot be one.</summary>
    public static readonly ErrorCode BadKey = new(
        "CFG-0013",
        "key is not valid",
        "Keys are bare or quoted text, nested ones joined by \"->\"; references are not replaced in keys.",
        "write the key in double quotes");

    /// <summary>A malformed reference.</summary>
    public static readonly ErrorCode BadReference = new(
        "CFG-0014", "reference is not valid", "A reference is ${name}, ${?name}, ${name:default} or ${a->b}.", "write ${name}");

    /// <summary>A reference to nothing.</summary>
    public static readonly ErrorCode UnresolvedReference = new(
        "CFG-0015",
        "reference has no value",
        "Neither the text nor a variable nor an allowed environment variable has this name.",
        "pass the variable, give a default as ${name:default}, or quote it when a sink fills it");

    /// <summary>References in a circle.</summary>
    public static readonly ErrorCode ReferenceCycle = new(
        "CFG-0016", "references run in a circle", "Each value needs the other first.", "give one of them a value of its own");

    /// <summary>Values of different kinds beside each other.</summary>
    public static readonly ErrorCode MixedJoin = new(
        "CFG-0017",
        "values cannot be joined",
        "Texts join with texts, lists with lists, objects with objects.",
        "put a comma or a new line between the values");

    /// <summary>Brackets, includes or references that go too deep.</summary>
    public static readonly ErrorCode TooDeep = new(
        "CFG-0018", "nesting is too deep", "Brackets, includes and chains of references have a depth limit.", "make the text flatter");

    /// <summary>References that grow the text without measure.</summary>
    public static readonly ErrorCode ExpansionTooLarge = new(
        "CFG-0019",
        "references expand too far",
        "What the references stand for, written out, passes the size limit.",
        "refer to fewer or smaller values");

    /// <summary>An include that finds nothing.</summary>
    public static readonly ErrorCode IncludeMissing = new(
        "CFG-0020",
        "included file does not exist",
        "An include looks beside the file it stands in; only required(..) makes a missing one an error.",
        "check the name; it is taken from the folder of the including file");

    /// <summary>An include that is not allowed here.</summary>
    public static readonly ErrorCode IncludeRefused = new(
        "CFG-0021", "include is not allowed", "Includes work in files only, and only from files.", "put the included text into the job");

    /// <summary>Files that include each other.</summary>
    public static readonly ErrorCode IncludeCycle = new(
        "CFG-0022", "includes run in a circle", "A file includes itself, directly or through others.", "remove one of the includes");

    /// <summary>A malformed include.</summary>
    public static readonly ErrorCode BadInclude = new(
        "CFG-0023",
        "include is not valid",
        "An include names one quoted file, optionally inside file(..) or required(..).",
        "write include \"file.conf\"");

    /// <summary>Text that JSON does not allow.</summary>
    public static readonly ErrorCode BadJson = new(
        "CFG-0024",
        "text is not JSON",
        "A .json job is strict JSON: quoted keys and texts, commas between, no comments.",
        "correct it, or give the file the ending .conf to write it as HOCON");

    /// <summary>A key that stands twice in one JSON object.</summary>
    public static readonly ErrorCode DuplicateKey = new(
        "CFG-0025", "key is given twice", "In JSON each key of an object stands once.", "remove one of them");

    /// <summary>A job without env, source or sink.</summary>
    public static readonly ErrorCode BlockMissing = new(
        "CFG-0026", "block is missing", "A job has the blocks env, source and sink.", "add the block");

    /// <summary>A source or sink block without plug-ins.</summary>
    public static readonly ErrorCode BlockEmpty = new(
        "CFG-0027", "block is empty", "A job needs at least one source and one sink.", "add a plug-in to the block");

    /// <summary>A plug-in block given twice.</summary>
    public static readonly ErrorCode BlockTwice = new(
        "CFG-0028",
        "block is given twice",
        "Plug-in blocks are not merged; upstream drops the first one.",
        "move the plug-ins into one block");

    /// <summary>A block of the wrong form.</summary>
    public static readonly ErrorCode BlockForm = new(
        "CFG-0029",
        "block has the wrong form",
        "env is an object; source, transform and sink hold named plug-in blocks or are a list of objects.",
        "write source { Name { .. } }");

    /// <summary>A plug-in without a name.</summary>
    public static readonly ErrorCode PluginNameMissing = new(
        "CFG-0030", "plug-in has no name", "In the list form every plug-in names itself with plugin_name.", "add plugin_name");

    /// <summary>A plug-in with two names.</summary>
    public static readonly ErrorCode PluginNamedTwice = new(
        "CFG-0031", "plug-in has two names", "The block's name and its plugin_name differ.", "remove plugin_name");

    /// <summary>A variable argument that is not name=value.</summary>
    public static readonly ErrorCode BadVariable = new(
        "CFG-0032",
        "variable is not name=value",
        "Each -i argument holds name=value pairs, split at commas outside quotes and brackets.",
        "write -i name=value");

    /// <summary>A variable with a name that sinks fill.</summary>
    public static readonly ErrorCode ReservedVariable = new(
        "CFG-0033", "variable name is reserved", "Sinks fill this name for every table.", "use another name");

    /// <summary>A reference in a string that nothing filled.</summary>
    public static readonly ErrorCode UnfilledText = new(
        "CFG-0034",
        "reference in a string has no value",
        "No variable of this name was given, so the text stays as it is.",
        "pass the variable, or give a default as ${name:default}");

    /// <summary>A SQL job.</summary>
    public static readonly ErrorCode SqlNotSupported = new(
        "CFG-0035",
        "SQL job text is not supported yet",
        "Jobs are read as HOCON or JSON so far.",
        "rewrite the job with env, source, transform and sink blocks");

    /// <summary>A text format of another name.</summary>
    public static readonly ErrorCode UnknownFormat = new(
        "CFG-0036", "text format is not known", "The formats are json, hocon and sql.", "use json, hocon or sql");

    /// <summary>More problems than are worth reading.</summary>
    public static readonly ErrorCode TooManyProblems = new(
        "CFG-0037",
        "too many problems",
        "Reading stopped because the text has very many problems.",
        "correct the first ones; later ones are often their result");
}
