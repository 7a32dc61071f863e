using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using AnalogTheory.Runs;

namespace AnalogTheory.Sweeps;

/// <summary>A sweep's folder: its definition, a folder for each shard, and the merged table.</summary>
/// <remarks>
/// Shards of one sweep may be on several machines that share the folder: each process writes to the folder of its own shard only.
/// </remarks>
public sealed class SweepFolder
{
    private const string DefinitionFile = "sweep.json";
    private const string ShardsFolder = "shards";

    private SweepFolder(string path, SweepDefinition definition, SweepProgram program) =>
        (Path, Definition, Program) = (path, definition, program);

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>What the sweep is.</summary>
    public SweepDefinition Definition { get; }

    /// <summary>The program that began it, and alone may go on with it.</summary>
    public SweepProgram Program { get; }

    /// <summary>Begins a sweep in a folder, or joins the same one.</summary>
    /// <param name="path">Folder; made when absent.</param>
    /// <param name="definition">What the sweep is.</param>
    /// <param name="program">What runs it.</param>
    /// <returns>The folder.</returns>
    /// <exception cref="OtherRunException">The folder holds another sweep, or that of another version of the program.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static SweepFolder Open(string path, SweepDefinition definition, SweepProgram program)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(program);
        string file = System.IO.Path.Combine(path, DefinitionFile);
        if (!File.Exists(file))
        {
            JsonObject content = new()
            {
                ["version"] = program.Version,
                ["commit"] = program.Commit,
                ["fingerprint"] = program.Fingerprint,
                ["cells"] = definition.Grid.Count,
                ["name"] = definition.Title,
                ["definition"] = definition.Root.DeepClone(),
            };
            AtomicFile.writeText(file, content.ToJsonString(new JsonSerializerOptions { WriteIndented = true, NewLine = "\n" }) + "\n");
            return new(path, definition, program);
        }

        SweepFolder there = Of(path);
        return there.Program.Fingerprint == program.Fingerprint
            ? there
            : throw new OtherRunException(
                there.Program.Version == program.Version && there.Program.Commit == program.Commit
                    ? $"{path} holds another sweep than this config's; choose another folder."
                    : $"{path} holds a sweep that version {there.Program.Version} (commit {there.Program.Commit}) began, and this is version {program.Version} (commit {program.Commit}), or another config: finish it with that version, or choose another folder."
            );
    }

    /// <summary>The sweep that a folder holds.</summary>
    /// <param name="path">The folder.</param>
    /// <returns>The folder.</returns>
    /// <exception cref="InvalidDataException">It holds none, or a damaged one.</exception>
    public static SweepFolder Of(string path)
    {
        string file = System.IO.Path.Combine(path, DefinitionFile);
        try
        {
            JsonObject content = (JsonObject)JsonNode.Parse(File.ReadAllText(file))!;
            string name = Word("name");
            SweepDefinition definition = SweepDefinition.Parse(name, content["definition"]!.ToJsonString());
            return new(path, definition, new SweepProgram(Word("version"), Word("commit"), Word("fingerprint")));

            string Word(string key) => content[key]!.GetValue<string>();
        }
        catch (Exception none) when (none is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InvalidDataException($"{path} holds no sweep: expected {DefinitionFile} in it.", none);
        }
        catch (Exception broken)
            when (broken is JsonException or FormatException or InvalidCastException or NullReferenceException or InvalidOperationException)
        {
            throw new InvalidDataException($"{file} is damaged: {broken.Message}", broken);
        }
    }

    /// <summary>Folders of all shards that were begun, by name.</summary>
    internal IReadOnlyList<string> Shards()
    {
        string shards = System.IO.Path.Combine(Path, ShardsFolder);
        return Directory.Exists(shards)
            ? [.. Directory.EnumerateDirectories(shards).Select(folder => System.IO.Path.GetFileName(folder)).Order(StringComparer.Ordinal)]
            : [];
    }

    internal string FolderOf(string shard) => System.IO.Path.Combine(Path, ShardsFolder, shard);

    /// <summary>What a shard has finished up to now, and whether its table stands.</summary>
    /// <exception cref="InvalidDataException">One of its files is of another sweep or version, truncated, corrupt or foreign.</exception>
    internal async Task<(IReadOnlyCollection<CellOutcome> Outcomes, bool IsWhole)> Read(string shard) =>
        await Whole(shard) is { } whole ? (whole, true) : (Records(shard).Outcomes.Values, false);

    /// <summary>The outcomes of a shard whose table stands; null if it does not.</summary>
    internal async Task<IReadOnlyList<CellOutcome>?> Whole(string shard)
    {
        string folder = FolderOf(shard);
        string manifest = System.IO.Path.Combine(folder, ManifestModule.fileName);
        if (!File.Exists(manifest))
        {
            return null;
        }

        Manifest facts =
            ManifestModule.tryRead(folder)?.Value ?? throw new InvalidDataException($"{manifest} is damaged: it is no manifest.");
        if (facts.Id != SweepShard.Id)
        {
            throw new InvalidDataException($"{manifest} is foreign: expected the manifest of a shard, got that of '{facts.Id}'.");
        }

        if (facts.Fingerprint != Program.Fingerprint)
        {
            throw new InvalidDataException(
                $"{manifest} is of another sweep or version: version {facts.Version} (commit {facts.Commit}) wrote it, the sweep is of version {Program.Version} (commit {Program.Commit})."
            );
        }

        if (ManifestModule.changed(folder, facts) is { IsEmpty: false, Head: var changed })
        {
            throw new InvalidDataException(
                $"{System.IO.Path.Combine(folder, changed)} is missing, truncated or corrupt: its bytes are not those that its manifest vouches for."
            );
        }

        string table = System.IO.Path.Combine(folder, facts.Files[0].Name);
        IReadOnlyList<CellOutcome> outcomes = await ShardTable.Read(table);
        return outcomes.FirstOrDefault(outcome => outcome.Cell < 0 || outcome.Cell >= Definition.Grid.Count) is { } odd
            ? throw new InvalidDataException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{table} holds cell {odd.Cell}, and the sweep has {Definition.Grid.Count} cells."
                )
            )
            : outcomes;
    }

    private ShardRecords Records(string shard)
    {
        using PartsFile file = Journal(shard);
        try
        {
            return ShardRecords.Of(file.Path, file.Peek());
        }
        catch (OtherRunException other)
        {
            throw new InvalidDataException($"{file.Path} is of another sweep or version.", other);
        }
    }

    internal PartsFile Journal(string shard) => new(System.IO.Path.Combine(FolderOf(shard), ShardRecords.FileName), Program.Fingerprint);
}
