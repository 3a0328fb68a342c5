using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Seikan.EndToEnd.Tests;

/// <summary>The published command, run as a user runs it. The first use builds it.</summary>
public sealed class Product : IAsyncLifetime
{
    /// <summary>Root of the checkout.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The script at the root.</summary>
    public static string Script => Path.Combine(Root, "seikan");

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        var build = await RunAsync(Root, ["--version"], TimeSpan.FromMinutes(10));
        Assert.True(build.ExitCode == 0, build.All);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Runs the command to its end.</summary>
    /// <param name="folder">Working folder.</param>
    /// <param name="arguments">Arguments.</param>
    /// <param name="limit">Fails the test beyond; one minute when not given.</param>
    public static Task<Outcome> RunAsync(string folder, string[] arguments, TimeSpan? limit = null) => RunAsync(Script, folder, arguments, limit);

    /// <summary>Runs any command to its end.</summary>
    public static async Task<Outcome> RunAsync(string file, string folder, string[] arguments, TimeSpan? limit = null)
    {
        using var process = Start(file, folder, arguments);
        return await EndAsync(process, limit);
    }

    /// <summary>Starts a command; end it with <see cref="EndAsync"/>.</summary>
    public static Process Start(string file, string folder, string[] arguments)
    {
        var process = new Process
        {
            StartInfo = new ProcessStartInfo(file, arguments)
            {
                WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true,
            },
        };
        process.Start();
        process.StandardInput.Close();
        return process;
    }

    /// <summary>Waits for the end of a command.</summary>
    public static async Task<Outcome> EndAsync(Process process, TimeSpan? limit = null)
    {
        using var timeout = new CancellationTokenSource(limit ?? TimeSpan.FromMinutes(1));
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            await process.WaitForExitAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{process.StartInfo.FileName} {string.Join(' ', process.StartInfo.ArgumentList)} did not end:\n{await output}{await errors}");
        }

        return new Outcome(process.ExitCode, await output, await errors);
    }

    private static string FindRoot([CallerFilePath] string here = "")
    {
        var folder = Path.GetDirectoryName(here);
        while (!File.Exists(Path.Combine(folder!, "Seikan.slnx")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder!;
    }
}

/// <summary>How a command ended.</summary>
public sealed record Outcome(int ExitCode, string Output, string Errors)
{
    /// <summary>Everything it printed.</summary>
    public string All => Output + Errors;
}

/// <summary>One build for all tests.</summary>
[CollectionDefinition(Name)]
public sealed class ProductGroup : ICollectionFixture<Product>
{
    /// <summary>Name of the group.</summary>
    public const string Name = "product";
}
