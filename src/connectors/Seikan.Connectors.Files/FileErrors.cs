using Seikan.Core;

namespace Seikan.Connectors.Files;

/// <summary>What can go wrong with files and folders.</summary>
internal static class FileErrors
{
    /// <summary>A path that names nothing.</summary>
    public static readonly ErrorCode Missing = new(
        "FILE-0001", "file or folder does not exist", "The path of a source names nothing.", "check the path; a relative one starts at the working folder");

    /// <summary>A folder without a file that passes the filters.</summary>
    public static readonly ErrorCode NothingToRead = new(
        "FILE-0002", "no file to read", "The folder of a source holds no file that passes the filters (empty files, _SUCCESS and names starting with a dot are skipped).",
        "check path and filters, or set fail_on_empty_folder = false together with a schema");

    /// <summary>A file that cannot be read.</summary>
    public static readonly ErrorCode Unreadable = new(
        "FILE-0003", "file cannot be read", "The operating system refused to read a file.", "check the permissions of the file and its folders");

    /// <summary>A file or folder that cannot be written.</summary>
    public static readonly ErrorCode Unwritable = new(
        "FILE-0004", "file cannot be written", "The operating system refused to write a file.", "check the permissions of the folder");

    /// <summary>No space is left.</summary>
    public static readonly ErrorCode DiskFull = new(
        "FILE-0005", "no space left", "The disk of a sink is full.", "free some space, or write somewhere else");

    /// <summary>A sink's path is a file.</summary>
    public static readonly ErrorCode TargetIsFile = new(
        "FILE-0006", "target is a file", "The path of a sink is a file; a sink writes into a folder.", "name a folder");

    /// <summary>The temporary folder is on another device.</summary>
    public static readonly ErrorCode OtherDevice = new(
        "FILE-0007", "temporary folder is on another device", "Finished files are renamed into their folder, which cannot be done from one device to another.",
        "choose a tmp_path on the same file system as path, or leave it out");

    /// <summary>A save mode forbids the target as it is.</summary>
    public static readonly ErrorCode SaveMode = new(
        "FILE-0008", "save mode forbids the target", "The target folder exists and must not, or does not exist and must.", "change the folder, schema_save_mode or data_save_mode");

    /// <summary>A finished file is gone.</summary>
    public static readonly ErrorCode CommitLost = new(
        "FILE-0009", "finished file is gone", "A file that was ready to get its final name is no longer there.", "run the job again; see what removes files below the temporary folder");

    /// <summary>An option that has no effect where it stands.</summary>
    public static readonly ErrorCode NoEffect = new(
        "FILE-0010", "option has no effect", "An option is given that only matters when reading, when writing, or beside another option.", "remove the option");

    /// <summary>A pattern of ${now} that cannot be used.</summary>
    public static readonly ErrorCode BadTimePattern = new(
        "FILE-0011", "time pattern cannot be used", "filename_time_format has letters that are not supported.", "use letters yyyy MM dd HH mm ss S");
}
