using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using AnalogTheory.Cli.Cells;
using AnalogTheory.Cli.Display;
using AnalogTheory.Cli.Runs;
using AnalogTheory.Runs;
using AnalogTheory.Sweeps;

namespace AnalogTheory.Cli.Commands;

/// <summary>Options of <c>sweep</c> that hand a sweep to a scheduler: a script or a manifest in the sweep's folder, submitted only if asked.</summary>
internal sealed partial class SchedulerOptions
{
    private readonly Option<bool> _slurm = new("--slurm") { Description = "Writes a job-array script for Slurm, and runs nothing." };
    private readonly Option<bool> _submit = new("--submit") { Description = "Submits the script of --slurm with sbatch, and exits." };
    private readonly Option<bool> _kubernetes = new("--kubernetes")
    {
        Description = "Writes an Indexed Job for Kubernetes, and runs nothing.",
    };
    private readonly Option<int> _shards = Options.Whole(
        "--shards",
        "Shards, one a task; many short cells go into one. At most one a cell.",
        1,
        16,
        1_000_000
    );
    private readonly Option<int> _throttle = Options.Whole(
        "--throttle",
        "Tasks that may run at a time; 0 for Slurm's own limit, or 8 pods.",
        0,
        0,
        1_000_000
    );
    private readonly Option<int> _cpus = Options.Whole("--cpus", "Processors of a task.", 1, 1, 100_000);
    private readonly Option<string?> _time = Options.Form(
        "--time",
        "Time limit of a task of Slurm, such as 02:00:00; at its end it is queued again.",
        "limit",
        TimeLimit(),
        "a time as Slurm writes it, such as 30, 02:00:00 or 1-12"
    );
    private readonly Option<int> _array = Options.Whole(
        "--max-array-size",
        "Largest array of the cluster, MaxArraySize of its configuration; --submit asks the cluster.",
        1,
        1001,
        4_000_001
    );

    private readonly Option<string[]> _sbatch = new("--sbatch")
    {
        Description = "One more option of sbatch for the script, such as --sbatch=--partition=short. Several may be given.",
        HelpName = "option",
        DefaultValueFactory = _ => [],
        CustomParser = result =>
        {
            foreach (string text in result.Tokens.Select(token => token.Value).Where(text => !SbatchOption().IsMatch(text)))
            {
                result.AddError($"Expected an option of sbatch on one line, such as --partition=short, after --sbatch, got '{text}'.");
            }

            return [.. result.Tokens.Select(token => token.Value)];
        },
    };

    private readonly Option<string?> _image = Options.Form(
        "--image",
        "Container image that holds the tool, for --kubernetes.",
        "image",
        Image(),
        "the name of an image, such as registry.example.org/analog-theory:1.0"
    );
    private readonly Option<string?> _claim = Options.Form(
        "--claim",
        "Persistent volume claim with the sweep's folder and config, for --kubernetes.",
        "name",
        Claim(),
        "the name of a claim: lower-case letters, digits, hyphens and dots"
    );
    private readonly Option<string?> _mount = Options.Form(
        "--mount",
        "Where pods find the claim; the config and --out are below it. /sweep by default.",
        "folder",
        Mount(),
        "a path from the root, such as /sweep"
    );

    internal void AddTo(Command command)
    {
        foreach (
            Option option in (Option[])
                [_slurm, _submit, _kubernetes, _shards, _throttle, _cpus, _time, _array, _sbatch, _image, _claim, _mount]
        )
        {
            command.Add(option);
        }
    }

    internal bool Asked(ParseResult parsed) => parsed.GetValue(_slurm) || parsed.GetValue(_kubernetes) || parsed.GetValue(_submit);

    /// <summary>Writes what a scheduler takes.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="file">The sweep.</param>
    /// <param name="output">Its folder.</param>
    /// <param name="own">Words after <c>sweep</c> that a shard's command line begins with.</param>
    /// <param name="console">For messages.</param>
    /// <param name="cancellation">Stops.</param>
    internal async Task<Answer> Write(
        ParseResult parsed,
        SweepFile file,
        string output,
        string[] own,
        ToolConsole console,
        CancellationToken cancellation
    )
    {
        if (parsed.GetValue(_slurm) == parsed.GetValue(_kubernetes))
        {
            throw new BadInputException("Expected one of --slurm and --kubernetes, and --submit beside --slurm only.");
        }

        int shards = (int)Math.Min(parsed.GetValue(_shards), file.Definition.Grid.Count);
        // What cannot be begun is known before anything is queued.
        _ = SweepRun.Opened(() => SweepFolder.Open(output, file.Definition, file.Program));
        return parsed.GetValue(_slurm)
            ? await Slurm(parsed, output, own, shards, console, cancellation)
            : Kubernetes(parsed, output, own, shards, console);
    }

    private async Task<Answer> Slurm(
        ParseResult parsed,
        string output,
        string[] own,
        int shards,
        ToolConsole console,
        CancellationToken cancellation
    )
    {
        bool isSubmitted = parsed.GetValue(_submit);
        string logs = Path.Combine(output, "logs");
        Directory.CreateDirectory(logs);
        SlurmArray array = new(
            NameOf(output),
            shards,
            string.Join(' ', [.. Tool(), "sweep", .. own.Select(CommandText.Quoted), "--threads", Text(parsed.GetValue(_cpus)), "--shard"]),
            logs
        )
        {
            Throttle = parsed.GetValue(_throttle),
            Processors = parsed.GetValue(_cpus),
            TimeLimit = parsed.GetValue(_time),
            Options = [.. parsed.GetRequiredValue(_sbatch)],
            LargestArray = isSubmitted
                ? await SlurmSubmission.LargestArray(parsed.GetValue(_array), cancellation)
                : parsed.GetValue(_array),
        };
        return await SlurmSubmission.Of(array, output, isSubmitted, console, cancellation);
    }

    private Answer Kubernetes(ParseResult parsed, string output, string[] own, int shards, ToolConsole console)
    {
        if (parsed.GetValue(_image) is not { } image || parsed.GetValue(_claim) is not { } claim)
        {
            throw new BadInputException(
                "Expected --image and --claim beside --kubernetes: where pods find the tool, and the sweep's folder."
            );
        }

        string mount = parsed.GetValue(_mount) ?? "/sweep";
        // Pods see the claim, not this machine's folders.
        string[] words = [.. own.Select(word => Path.IsPathRooted(word) ? $"{mount.TrimEnd('/')}/{Path.GetFileName(word)}" : word)];
        KubernetesJob job = new(
            NameOf(output),
            shards,
            image,
            ["analog-theory", "sweep", .. words, "--threads", Text(parsed.GetValue(_cpus)), "--shard"],
            claim,
            mount
        )
        {
            Processors = parsed.GetValue(_cpus),
            Parallelism = parsed.GetValue(_throttle) is > 0 and var most ? most : 8,
        };
        string path = Path.Combine(output, "kubernetes.json");
        AtomicFile.writeText(path, job.Manifest());
        return new(
            Answer.Node(new { Manifest = path, Shards = shards }),
            ansi =>
            {
                Tables.Paths(ansi, console, [path], "Written to");
                console.Out.WriteLine($"to submit: kubectl apply -f {CommandText.Quoted(console.Shown(path))}");
            }
        );
    }

    // Names of Kubernetes are lower-case letters, digits and hyphens; a job of Slurm may have one too.
    private static string NameOf(string output)
    {
        string plain = string.Concat(Path.GetFileName(output).ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-'))
            .Trim('-');
        return plain.Length == 0 ? "sweep"
            : plain.Length > 50 ? plain[..50].Trim('-')
            : plain;
    }

    // The program that runs now, as a shell starts it.
    private static IEnumerable<string> Tool() =>
        Environment.ProcessPath is { } path && !Path.GetFileNameWithoutExtension(path).Equals("dotnet", StringComparison.OrdinalIgnoreCase)
            ? [CommandText.Quoted(path)]
            : ["dotnet", CommandText.Quoted(Path.Combine(AppContext.BaseDirectory, "AnalogTheory.Cli.dll"))];

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(\d+-)?\d+(:\d{1,2}){0,2}\z")]
    private static partial Regex TimeLimit();

    [GeneratedRegex(@"^--?[A-Za-z][^\x00-\x1f]*\z")]
    private static partial Regex SbatchOption();

    [GeneratedRegex(@"^[a-z0-9]+([._/:@-]+[A-Za-z0-9]+)*\z")]
    private static partial Regex Image();

    [GeneratedRegex(@"^[a-z0-9]([a-z0-9.-]*[a-z0-9])?\z")]
    private static partial Regex Claim();

    [GeneratedRegex(@"^/[^\x00-\x1f]*\z")]
    private static partial Regex Mount();
}
