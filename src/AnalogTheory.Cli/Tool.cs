using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using AnalogTheory.Cli.Commands;
using AnalogTheory.Cli.Config;
using AnalogTheory.Cli.Display;

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

    /// <summary>Exit code after Ctrl-C.</summary>
    public const int Interrupted = 130;

    /// <summary>Runs one command line.</summary>
    /// <param name="arguments">Words after the program's name.</param>
    /// <param name="console">Where it reads, writes and shows.</param>
    /// <param name="cancellation">Ctrl-C: stops, keeps what is finished, and says how to continue.</param>
    /// <returns>0, 1, 2 or 130.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, ToolConsole console, CancellationToken cancellation)
    {
        RootCommand root = Root(console);
        ParseResult parsed = root.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        try
        {
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
            return await parsed.InvokeAsync(invocation, cancellation);
        }
        catch (OperationCanceledException stopped)
        {
            console.Complain(stopped is Stopped { Message: { } hint } ? $"Stopped. {hint}" : "Stopped.");
            return Interrupted;
        }
        catch (BadInputException bad)
        {
            console.Complain(bad.Message);
            return BadInput;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            console.Complain(refused.Message);
            return Failed;
        }
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
        Command[] commands =
        [
            SimulateCommand.Create(console),
            CounterexampleCommand.Create(console),
            AssumptionsCommand.Create(console),
            FigureCommand.Create(console),
            DeviceCommand.Create(console),
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
