/// A folder of results that is whole or tells that it is not: files first, the manifest last.
namespace AnalogTheory.Runs

open System
open System.Collections.Generic
open System.IO
open System.Reflection

/// <summary>One file of a result: its name and its bytes.</summary>
type ResultFile =
    {
        /// Name of the file in its folder.
        Name: string
        /// Its bytes.
        Content: byte[]
    }

/// <summary>What a column of a result holds.</summary>
type ResultColumn =
    private
        { Head: string
          Values: CsvCells }

    /// <summary>A column of numbers, written so that reading them back gives the same bits.</summary>
    /// <param name="head">Name of the column.</param>
    /// <param name="values">One number a row.</param>
    static member Numbers(head: string, values: IReadOnlyList<float>) : ResultColumn =
        { Head = head; Values = CsvCells.Numbers(Array.ofSeq values) }

    /// <summary>A column of words.</summary>
    /// <param name="head">Name of the column.</param>
    /// <param name="values">One word a row.</param>
    static member Texts(head: string, values: IReadOnlyList<string>) : ResultColumn =
        { Head = head; Values = CsvCells.Texts(Array.ofSeq values) }

    /// <summary>A column of cells.</summary>
    /// <param name="head">Name of the column.</param>
    /// <param name="cells">One a row.</param>
    static member Of(head: string, cells: CsvCells) : ResultColumn = { Head = head; Values = cells }

/// <summary>The facts of a run, for its manifest.</summary>
type ResultFacts =
    {
        /// What ran, such as "simulate".
        Id: string
        /// Title in plain text.
        Title: string
        /// Parameters by name, in the order in which to read them.
        Parameters: IReadOnlyList<KeyValuePair<string, string>>
        /// Seed of all randomness.
        Seed: uint64
        /// Number of independent replicas.
        Replicas: int
        /// Version of the program.
        Version: string
        /// Commit that the program was built from, or "unknown".
        Commit: string
        /// Wall-clock time of the computation, in seconds.
        DurationSeconds: float
        /// Remarks for the reader.
        Notes: IReadOnlyList<string>
        /// Hash of all that decides the numbers.
        Fingerprint: string
    }

/// <summary>Writes results as the figures write theirs.</summary>
[<AbstractClass; Sealed>]
type ResultFolder =

    /// <summary>A table as a file of comma-separated values after RFC 4180.</summary>
    /// <param name="name">Name of the file.</param>
    /// <param name="columns">Columns of equal length, at least one.</param>
    /// <exception cref="T:System.ArgumentException">There is no column, a name occurs twice, or lengths differ.</exception>
    static member Table(name: string, columns: IReadOnlyList<ResultColumn>) : ResultFile =
        let cells = [ for column in columns -> column.Head, column.Values ]
        { Name = name; Content = Text.Encoding.UTF8.GetBytes(Csv.render cells) }

    /// <summary>Hash of what decides a result.</summary>
    /// <param name="id">What ran.</param>
    /// <param name="parameters">All parameters.</param>
    /// <param name="assemblies">The code that computes.</param>
    static member Fingerprint
        (id: string, parameters: IReadOnlyList<KeyValuePair<string, string>>, assemblies: IReadOnlyList<Assembly>)
        : string =
        Fingerprint.ofInputs id [ for pair in parameters -> pair.Key, pair.Value ] "" (Fingerprint.ofAssemblies assemblies)

    /// <summary>Whether a folder holds a manifest that is not of this kind of result.</summary>
    /// <param name="folder">The folder; need not exist.</param>
    /// <param name="id">What writes results, such as "simulate".</param>
    static member IsForeign(folder: string, id: string) : bool =
        match Manifest.tryRead folder with
        | Some manifest -> manifest.Id <> id
        | None -> Path.Exists(Path.Combine(folder, Manifest.fileName))

    /// <summary>Writes one file in one step: a reader sees the old bytes or the new.</summary>
    /// <param name="folder">Folder, made when absent.</param>
    /// <param name="file">The file.</param>
    static member Write(folder: string, file: ResultFile) : unit = AtomicFile.writeBytes (Path.Combine(folder, file.Name)) file.Content

    /// <summary>Writes all files, then the manifest with their hashes.</summary>
    /// <param name="folder">Folder, made when absent; other files in it stay.</param>
    /// <param name="files">The files.</param>
    /// <param name="facts">What the manifest says besides.</param>
    /// <exception cref="T:System.IO.IOException">A file cannot be written; it then has its old bytes, and there is no manifest.</exception>
    static member Write(folder: string, files: IReadOnlyList<ResultFile>, facts: ResultFacts) : unit =
        Directory.CreateDirectory folder |> ignore
        AtomicFile.cleanFolder folder
        // A manifest that no longer matches would vouch for files that are about to change.
        File.Delete(Path.Combine(folder, Manifest.fileName))

        for file in files do
            ResultFolder.Write(folder, file)

        Manifest.write
            folder
            { Id = facts.Id
              Title = facts.Title
              Parameters = [ for pair in facts.Parameters -> pair.Key, pair.Value ]
              Seed = facts.Seed
              Seeds = facts.Replicas
              Version = facts.Version
              Commit = facts.Commit
              Machine = Machine.current ()
              DurationSeconds = facts.DurationSeconds
              Divergences = []
              Notes = List.ofSeq facts.Notes
              Fingerprint = facts.Fingerprint
              Files = Manifest.hashFiles folder [ for file in files -> file.Name ] }
