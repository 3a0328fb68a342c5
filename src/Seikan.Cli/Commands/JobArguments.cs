using System.CommandLine;
using Seikan.Config;
using Seikan.Core;

namespace Seikan.Cli.Commands;

/// <summary>What run, check and plan take alike: the job file, variables, name and strictness.</summary>
internal sealed class JobArguments
{
    private readonly Argument<string?> _file = new("file")
    {
        Description = "The job: HOCON (.conf, .config or any other name) or JSON (.json).",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> _config = new("--config", "-c") { Description = "The job, as upstream's script takes it.", HelpName = "file" };

    private readonly Option<string[]> _variables = new("--var", "-i", "--variable")
    {
        Description = "A variable for the job: name=value. May repeat; several may stand in one, parted by commas.",
        HelpName = "name=value",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly Option<string?> _name = new("--name", "-n") { Description = "The job's name; goes before job.name of the file.", HelpName = "name" };

    private readonly Option<bool> _strict = new("--strict") { Description = "Treat unknown options as errors, not as warnings." };

    private readonly Option<string?> _mode = new("--master", "-m", "--deploy-mode", "-e")
    {
        Description = "Where to run, as upstream's script takes it; only \"local\" is a choice here.",
        HelpName = "local",
    };

    /// <summary>Adds the arguments to a command.</summary>
    public void AddTo(Command command)
    {
        _mode.AcceptOnlyFromAmong(StringComparer.OrdinalIgnoreCase, "local");
        command.Arguments.Add(_file);
        command.Options.Add(_config);
        command.Options.Add(_variables);
        command.Options.Add(_name);
        command.Options.Add(_strict);
        command.Options.Add(_mode);
        command.Validators.Add(result =>
        {
            var (file, config) = (result.GetValue(_file), result.GetValue(_config));
            if (file is null && config is null)
            {
                result.AddError("no job file is given");
            }
            else if (file is not null && config is not null)
            {
                result.AddError($"two job files are given: \"{file}\" and \"{config}\"");
            }
        });
    }

    /// <summary>The name that was asked for; null when none or one of upstream's own defaults.</summary>
    public string? Name(ParseResult parsed) => parsed.GetValue(_name) is { Length: > 0 } name and not ("SeaTunnel" or "SeaTunnel_Job") ? name : null;

    /// <summary>Whether unknown options are errors.</summary>
    public bool IsStrict(ParseResult parsed) => parsed.GetValue(_strict);

    /// <summary>Reads the job's text: the file, its includes, variables of the command line and of the environment.</summary>
    public JobReadResult Read(ParseResult parsed)
    {
        var variables = VariableArguments.Parse(parsed.GetValue(_variables) ?? []);
        var problems = new DiagnosticBag();
        problems.AddRange(variables.Diagnostics);
        var path = parsed.GetValue(_file) ?? parsed.GetValue(_config)!;
        if (JobText.Load(path, problems) is not { } text)
        {
            return new JobReadResult(null, problems.ToImmutable());
        }

        var result = JobReader.Read(text, JobText.KindOf(path), new JobReadOptions
        {
            Variables = variables.Variables,
            Environment = System.Environment.GetEnvironmentVariable,
            Includes = new FileIncludeResolver(),
        });
        problems.AddRange(result.Diagnostics);
        return new JobReadResult(result.Job, problems.ToImmutable());
    }
}
