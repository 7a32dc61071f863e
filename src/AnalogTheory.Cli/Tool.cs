using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using AnalogTheory.Cli.Commands;
using AnalogTheory.Cli.Config;
using AnalogTheory.Cli.Display;
using AnalogTheory.Runs;

namespace AnalogTheory.Cli;

/// <summary>The command line <c>analog-theory</c>, in a process or in a test.</summary>
internal static class Tool
{
    /// <summary>Exit code when all went well.</summary>
    public const int Fine = 0;

    /// <summary>Exit code when a claim is refuted, a check failed, or the machine refused (full disk, folder that cannot be written).</summary>
    public const int Failed = 1;

    /// <summary>Exit code of a command line, config or data file that makes no sense.</summary>
    public const int BadInput = 2;

    /// <summary>Exit code of a fault of the tool itself, which nobody foresaw.</summary>
    public const int Fault = 3;

    /// <summary>Exit code of a sweep some of whose cells cannot be computed, however often one tries; the others are finished.</summary>
    public const int CellsFailed = 4;

    /// <summary>Exit code after Ctrl-C.</summary>
    public const int Interrupted = 130;

    // What a stopped command may still take to keep what is finished.
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(3);

    /// <summary>Runs one command line.</summary>
    /// <param name="arguments">Words after the program's name.</param>
    /// <param name="console">Where it reads, writes and shows.</param>
    /// <param name="cancellation">Ctrl-C: stops, keeps what is finished, and says how to continue.</param>
    /// <returns>0, 1, 2, 3, 4 or 130.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, ToolConsole console, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        ArgumentNullException.ThrowIfNull(console);
        bool isDebug = arguments.Contains(Options.Debug.Name);
        try
        {
            return await Dispatch(arguments, console, cancellation);
        }
        catch (OperationCanceledException stopped) when (cancellation.IsCancellationRequested || stopped is Stopped)
        {
            return Say(stopped is Stopped { Message: { } hint } ? $"Stopped. {hint}" : "Stopped.", stopped, Interrupted);
        }
        catch (BadInputException bad)
        {
            return Say(bad.Message, bad, BadInput);
        }
        catch (FolderInUseException held)
        {
            return Say(held.Message, held, BadInput);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return Say(refused.Message, refused, Failed);
        }
        catch (Exception full) when (full is OutOfMemoryException or InsufficientExecutionStackException)
        {
            return Say("This needs more memory than there is.", full, Failed);
        }
        // The outermost edge: what nobody foresaw is one line, never a bare trace.
#pragma warning disable CA1031
        catch (Exception fault)
#pragma warning restore CA1031
        {
            string what = fault.Message.ReplaceLineEndings(" ");
            return Say(
                $"A fault of analog-theory {ToolVersion.Number}, not of what you wrote: {fault.GetType().Name}: {what} "
                    + "Please report it with this command line and the files that it reads; --debug shows where it happened.",
                fault,
                Fault
            );
        }

        int Say(string message, Exception cause, int code)
        {
            console.Complain(isDebug ? $"{message}{Environment.NewLine}{cause}" : message);
            return code;
        }
    }

    private static async Task<int> Dispatch(IReadOnlyList<string> arguments, ToolConsole console, CancellationToken cancellation)
    {
        if (arguments.FirstOrDefault(word => HasHalves(word)) is not null)
        {
            throw new BadInputException("Expected words that are text, got half of a character.");
        }

        RootCommand root = Root(console);
        ParseResult parsed = root.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0 && parsed.Action is not HelpWithExamples)
        {
            throw BadCommandLine.Of(parsed);
        }

        InvocationConfiguration invocation = new()
        {
            Output = console.Out,
            Error = console.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        };
        // What does not hear a stop by itself, such as a pipe that nobody writes to, is left behind: files appear whole or not at all.
        Task<int> work = Task.Run(() => parsed.InvokeAsync(invocation, cancellation), CancellationToken.None);
        if (await Task.WhenAny(work, Stopped(cancellation)) != work)
        {
            throw new Stopped("It was busy, and what was not finished is not kept.");
        }

        return await work;
    }

    // Halves of characters that stand alone; only Windows lets them into a command line.
    private static bool HasHalves(string word) =>
        word.EnumerateRunes().Any(rune => rune == Rune.ReplacementChar) && !word.Contains('\uFFFD', StringComparison.Ordinal);

    private static async Task Stopped(CancellationToken cancellation)
    {
        TaskCompletionSource stopping = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using (cancellation.Register(stopping.SetResult))
        {
            await stopping.Task;
        }

        await Task.Delay(s_grace, CancellationToken.None);
    }

    /// <summary>The commands with their options; running them needs a console.</summary>
    /// <param name="console">Where they read, write and show.</param>
    /// <returns>The root.</returns>
    public static RootCommand Root(ToolConsole console)
    {
        ArgumentNullException.ThrowIfNull(console);
        RootCommand root = new(
            """
            Training on analog in-memory hardware, made executable: simulate it, regenerate the papers' figures, check devices and claims.
            Source: arXiv 2406.12774 and 2502.06309.
            """
        );
        root.Add(Options.Json);
        root.Add(Options.Debug);
        Command[] commands =
        [
            SimulateCommand.Create(console),
            TrainCommand.Create(console),
            SweepCommand.Create(console),
            CounterexampleCommand.Create(console),
            AssumptionsCommand.Create(console),
            FigureCommand.Create(console),
            ExploreCommand.Create(console),
            DeviceCommand.Create(console),
            TileCommand.Create(console),
            ZeroShiftCommand.Create(console),
            VerifyCommand.Create(console),
            SchemaCommand.Create(console),
        ];
        foreach (Command command in commands)
        {
            root.Add(command);
        }

        HelpWithExamples.Install(root);
        return root;
    }
}
