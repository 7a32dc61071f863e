using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using AnalogTheory.Cli.Display;

namespace AnalogTheory.Cli.Config;

/// <summary>A config file that was read and is right in form.</summary>
internal sealed class ConfigFile
{
    private readonly ConfigText? _text;

    private ConfigFile(string name, string folder, JsonObject root, int length, ConfigText? text)
    {
        Length = length;
        Name = name;
        Folder = folder;
        Root = root;
        _text = text;
    }

    /// <summary>How files are read: comments and a comma after the last item are allowed.</summary>
    internal static JsonDocumentOptions Lenient { get; } = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>Its path as the user wrote it.</summary>
    internal string Name { get; }

    /// <summary>Folder that paths in it start from.</summary>
    internal string Folder { get; }

    /// <summary>Its content.</summary>
    internal JsonObject Root { get; }

    /// <summary>Bytes of its text.</summary>
    internal int Length { get; }

    /// <summary>Reads and checks a file.</summary>
    /// <exception cref="BadInputException">It cannot be read, is not JSON, or does not fit the type.</exception>
    internal static ConfigFile Read(string name, ToolConsole console, Type type)
    {
        string path = console.Resolve(name);
        try
        {
            return Parse(name, Path.GetDirectoryName(path)!, InputFile.Read(name, path, InputFile.LargestConfig), type);
        }
        catch (Exception missing) when (missing is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"Expected a config file that can be read, got '{name}': {missing.Message}", missing);
        }
    }

    /// <summary>Checks a text.</summary>
    /// <exception cref="BadInputException">It is not JSON, or does not fit the type.</exception>
    internal static ConfigFile Parse(string name, string folder, byte[] text, Type type, bool hasLines = true)
    {
        ReadOnlySpan<byte> mark = Encoding.UTF8.Preamble;
        byte[] bare = text.AsSpan().StartsWith(mark) ? text[mark.Length..] : text;
        if (!Utf8.IsValid(bare))
        {
            string place = hasLines ? Line(InputFile.LineOfBrokenText(bare)) : "";
            throw new BadInputException($"{name}{place}: Expected text in UTF-8, got bytes that are not.");
        }

        try
        {
            ConfigText places = new(bare);
            ConfigComplaints complaints = ConfigChecker.Check(places, type);
            if (complaints.All.Count > 0)
            {
                IEnumerable<string> lines = complaints.All.Select(wrong =>
                    Located(name, hasLines ? wrong.Line : 0, wrong.Path, wrong.Message)
                );
                string[] rest =
                    complaints.Further > 0 ? [string.Create(CultureInfo.InvariantCulture, $"… and {complaints.Further} more.")] : [];
                throw new BadInputException(string.Join(Environment.NewLine, [.. lines, .. rest]));
            }

            return new(name, folder, (JsonObject)JsonNode.Parse(bare, null, Lenient)!, bare.Length, hasLines ? places : null);
        }
        catch (JsonException broken)
        {
            string reason = broken.Message.Split(" LineNumber:", 2)[0].TrimEnd('.');
            throw new BadInputException($"{name}{Line((broken.LineNumber ?? 0) + 1)}: Expected JSON: {reason}.", broken);
        }
    }

    /// <summary>The complaint about a value of this file.</summary>
    internal BadInputException Complaint(string path, string message, Exception? cause = null)
    {
        string text = Located(Name, _text?.LineOf(path) ?? 0, path, message);
        return cause is null ? new BadInputException(text) : new BadInputException(text, cause);
    }

    /// <summary>Does something with a value of this file; the library's complaints then name the file, the line and the path.</summary>
    internal T At<T>(string path, Func<T> make)
    {
        try
        {
            return make();
        }
        catch (ArgumentException wrong)
        {
            string message = wrong.Message.Split(" (Parameter ", 2)[0];
            throw Complaint(path, message, wrong);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or FormatException)
        {
            throw Complaint(path, wrong.Message, wrong);
        }
    }

    private static string Line(long line) => string.Create(CultureInfo.InvariantCulture, $", line {line}");

    // A text of the command line has no lines to speak of: line 0.
    private static string Located(string name, long line, string path, string message)
    {
        string place = line > 0 ? name + Line(line) : name;
        return path.Length == 0 ? $"{place}: {message}" : $"{place}, {path}: {message}";
    }
}
