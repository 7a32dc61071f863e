using System;
using System.IO;
using Spectre.Console;

namespace AnalogTheory.Cli.Display;

/// <summary>All that a command sees of its surroundings: two writers, what they are, and the folder that relative paths start from.</summary>
/// <param name="Out">Results.</param>
/// <param name="Error">Complaints and progress.</param>
/// <param name="Folder">Folder that relative paths start from.</param>
internal sealed record ToolConsole(TextWriter Out, TextWriter Error, string Folder)
{
    /// <summary>Whether a person reads the results on a terminal.</summary>
    public bool IsOutTerminal { get; init; }

    /// <summary>Whether complaints go to a terminal, where progress may be shown.</summary>
    public bool IsErrorTerminal { get; init; }

    /// <summary>Whether colours are wanted on terminals.</summary>
    public bool HasColour { get; init; }

    /// <summary>Columns of the terminal, or how wide tables may be elsewhere.</summary>
    public int Width { get; init; } = 160;

    /// <summary>Told the fraction of the work that is done, whoever else sees it.</summary>
    public IProgress<double>? Watch { get; init; }

    /// <summary>The console of this process: no colour where NO_COLOR is set (https://no-color.org) or the terminal is dumb.</summary>
    /// <returns>The console; null if the working folder is gone.</returns>
    public static ToolConsole? OfProcess()
    {
        bool isTerminal = !Console.IsOutputRedirected;
        string folder;
        try
        {
            folder = Environment.CurrentDirectory;
        }
        catch (IOException)
        {
            return null;
        }

        return new(Console.Out, Console.Error, folder)
        {
            IsOutTerminal = isTerminal,
            IsErrorTerminal = !Console.IsErrorRedirected,
            HasColour =
                string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
                && Environment.GetEnvironmentVariable("TERM") != "dumb",
            Width = isTerminal ? Math.Max(60, WindowWidth()) : 160,
        };
    }

    // Some terminals do not know how wide they are.
    private static int WindowWidth()
    {
        try
        {
            return Console.WindowWidth;
        }
        catch (Exception unknown) when (unknown is IOException or PlatformNotSupportedException)
        {
            return 0;
        }
    }

    /// <summary>The path from the working folder.</summary>
    /// <param name="path">A path of the user.</param>
    /// <returns>The full path.</returns>
    public string Resolve(string path) =>
        path.Contains('\0', StringComparison.Ordinal)
            ? throw new BadInputException("Expected a path without zero characters, got one with.")
            : Path.GetFullPath(path, Folder);

    /// <summary>The path as a person in the working folder would write it.</summary>
    /// <param name="path">A full path.</param>
    /// <returns>The relative path, unless it leaves the folder.</returns>
    public string Shown(string path)
    {
        string relative = Path.GetRelativePath(Folder, path);
        return relative.StartsWith("..", StringComparison.Ordinal) ? path : relative;
    }

    /// <summary>A target of progress that <see cref="Watch"/> hears too.</summary>
    internal IProgress<double>? Watched(IProgress<double>? progress) =>
        Watch is not { } watch ? progress
        : progress is null ? watch
        : new Told<double>(value =>
        {
            progress.Report(value);
            watch.Report(value);
        });

    /// <summary>Writes a line to the output, its numbers with a decimal point in every language.</summary>
    /// <param name="line">The line.</param>
    public void Say(FormattableString line) => Out.WriteLine(FormattableString.Invariant(line));

    /// <summary>Writes a line to the error writer; where that is full or closed there is nobody left to tell.</summary>
    /// <param name="message">The line.</param>
    public void Complain(string message)
    {
        try
        {
            Error.WriteLine(message);
        }
        catch (IOException) { }
    }

    /// <summary>Tables and text for the output.</summary>
    internal IAnsiConsole Results() => Ansi(Out, IsOutTerminal);

    /// <summary>Progress for the error writer.</summary>
    internal IAnsiConsole Messages() => Ansi(Error, IsErrorTerminal);

    private IAnsiConsole Ansi(TextWriter writer, bool isTerminal)
    {
        bool colour = isTerminal && HasColour;
        IAnsiConsole console = AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Ansi = isTerminal ? AnsiSupport.Detect : AnsiSupport.No,
                ColorSystem = colour ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
                Interactive = isTerminal ? InteractionSupport.Detect : InteractionSupport.No,
                Out = new AnsiConsoleOutput(writer),
            }
        );
        console.Profile.Width = Width;
        console.Profile.Capabilities.Unicode = true;
        return console;
    }
}
