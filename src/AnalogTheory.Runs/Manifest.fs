/// The record beside every figure: what was computed, from what, where, and which files came out.
/// It is written after all its files, so that a folder with a manifest whose hashes match is complete.
namespace AnalogTheory.Runs

open System
open System.IO
open System.Reflection
open System.Security.Cryptography
open System.Text
open System.Text.Encodings.Web
open System.Text.Json

/// <summary>One file that a figure produced.</summary>
type OutputFile =
    {
        /// Name inside the figure's folder.
        Name: string
        /// SHA-256 of the bytes, in lower-case hexadecimal.
        Sha256: string
    }

/// <summary>The facts of one figure.</summary>
type Manifest =
    {
        /// The figure's identifier.
        Id: string
        /// Its title, in plain text.
        Title: string
        /// Parameters by name, in the order in which to read them.
        Parameters: (string * string) list
        /// Seed of the key from which all randomness comes.
        Seed: uint64
        /// How many independent seeds were run.
        Seeds: int
        /// Version of the library.
        Version: string
        /// Commit of the working tree.
        Commit: string
        /// Where it was computed.
        Machine: Machine
        /// Wall-clock time of the computation, in seconds.
        DurationSeconds: float
        /// Where the figure departs from the paper, one sentence each.
        Divergences: string list
        /// Remarks for the reader.
        Notes: string list
        /// <summary>Hash of all that decides the figure; see <c>Fingerprint.ofInputs</c>.</summary>
        Fingerprint: string
        /// The files, each with the hash of its bytes.
        Files: OutputFile list
    }

/// <summary>Hashes that decide whether a figure has to be computed again.</summary>
[<RequireQualifiedAccess>]
module Fingerprint =

    let private hex (bytes: byte[]) = Convert.ToHexStringLower bytes

    /// <summary>SHA-256 of a file.</summary>
    /// <param name="path">Path of a file that exists.</param>
    let ofFile (path: string) =
        use stream = File.OpenRead path
        hex (SHA256.HashData stream)

    /// <summary>Hash of the content of the assemblies that compute; independent of their paths and of their order.</summary>
    /// <param name="assemblies">Assemblies that were loaded from files.</param>
    let ofAssemblies (assemblies: seq<Assembly>) =
        assemblies
        |> Seq.map (fun assembly -> $"{assembly.GetName().Name} {ofFile assembly.Location}\n")
        |> Seq.sortWith (fun a b -> String.CompareOrdinal(a, b))
        |> String.concat ""
        |> Encoding.UTF8.GetBytes
        |> SHA256.HashData
        |> hex

    /// <summary>Hash of a figure's inputs.</summary>
    /// <param name="id">The figure's identifier.</param>
    /// <param name="parameters">All parameters, seed and number of seeds among them.</param>
    /// <param name="version">Version of the library.</param>
    /// <param name="code">Hash of the computing code, from <c>ofAssemblies</c>.</param>
    let ofInputs (id: string) (parameters: (string * string) list) (version: string) (code: string) =
        let text = StringBuilder()
        // Lengths stand before the words: no two different inputs give the same text.
        let add (word: string) =
            text.Append(word.Length.ToString Globalization.CultureInfo.InvariantCulture).Append(':').Append(word).Append('\n')
            |> ignore

        add id
        add version
        add code

        for name, value in parameters do
            add name
            add value

        hex (SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))

/// <summary>Writes, reads and checks manifests.</summary>
[<RequireQualifiedAccess>]
module Manifest =

    /// <summary>Name of the manifest inside a figure's folder.</summary>
    let fileName = "manifest.json"

    /// <summary>The manifest as JSON text.</summary>
    /// <param name="manifest">The facts of one result.</param>
    let toJson (manifest: Manifest) =
        use stream = new MemoryStream()

        do
            let options = JsonWriterOptions(Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping)

            use json = new Utf8JsonWriter(stream, options)

            let words (name: string) (values: string list) =
                json.WriteStartArray name
                values |> List.iter json.WriteStringValue
                json.WriteEndArray()

            json.WriteStartObject()
            json.WriteString("id", manifest.Id)
            json.WriteString("title", manifest.Title)
            json.WriteStartObject "parameters"

            for name, value in manifest.Parameters do
                json.WriteString(name, value)

            json.WriteEndObject()
            json.WriteNumber("seed", manifest.Seed)
            json.WriteNumber("seeds", manifest.Seeds)
            json.WriteString("version", manifest.Version)
            json.WriteString("commit", manifest.Commit)
            json.WriteStartObject "machine"
            json.WriteString("processor", manifest.Machine.Processor)
            json.WriteNumber("cores", manifest.Machine.Cores)
            json.WriteString("system", manifest.Machine.System)
            json.WriteString("runtime", manifest.Machine.Runtime)
            json.WriteEndObject()
            json.WriteNumber("durationSeconds", Math.Round(manifest.DurationSeconds, 3))
            words "divergences" manifest.Divergences
            words "notes" manifest.Notes
            json.WriteString("fingerprint", manifest.Fingerprint)
            json.WriteStartObject "files"

            for file in manifest.Files do
                json.WriteString(file.Name, file.Sha256)

            json.WriteEndObject()
            json.WriteEndObject()

        Encoding.UTF8.GetString(stream.ToArray()) + "\n"

    let private text (element: JsonElement) = element.GetString() |> Option.ofObj |> Option.defaultValue ""

    let private pairs (element: JsonElement) = [ for property in element.EnumerateObject() -> property.Name, text property.Value ]

    let private words (element: JsonElement) = [ for item in element.EnumerateArray() -> text item ]

    /// <summary>Reads what <c>toJson</c> wrote.</summary>
    /// <param name="json">A whole manifest as JSON text.</param>
    /// <exception cref="T:System.Text.Json.JsonException">The text is not JSON.</exception>
    /// <exception cref="T:System.Collections.Generic.KeyNotFoundException">A field is missing.</exception>
    let ofJson (json: string) : Manifest =
        use document = JsonDocument.Parse json
        let root = document.RootElement
        let field (name: string) = root.GetProperty name
        let machine = field "machine"

        { Id = text (field "id")
          Title = text (field "title")
          Parameters = pairs (field "parameters")
          Seed = (field "seed").GetUInt64()
          Seeds = (field "seeds").GetInt32()
          Version = text (field "version")
          Commit = text (field "commit")
          Machine =
            { Processor = text (machine.GetProperty "processor")
              Cores = (machine.GetProperty "cores").GetInt32()
              System = text (machine.GetProperty "system")
              Runtime = text (machine.GetProperty "runtime") }
          DurationSeconds = (field "durationSeconds").GetDouble()
          Divergences = words (field "divergences")
          Notes = words (field "notes")
          Fingerprint = text (field "fingerprint")
          Files = pairs (field "files") |> List.map (fun (name, hash) -> { Name = name; Sha256 = hash }) }

    /// <summary>The manifest of a folder, if there is one that can be read.</summary>
    /// <param name="folder">The folder of the result.</param>
    let tryRead (folder: string) : Manifest option =
        let path = Path.Combine(folder, fileName)

        if not (File.Exists path) then
            None
        else
            try
                Some(ofJson (File.ReadAllText path))
            with
            | :? JsonException
            | :? InvalidOperationException
            | :? FormatException
            | :? Collections.Generic.KeyNotFoundException -> None

    /// <summary>Hashes the named files of a folder.</summary>
    /// <param name="folder">The folder of the result.</param>
    /// <param name="names">Names of files inside the folder, all there.</param>
    let hashFiles (folder: string) (names: string list) : OutputFile list =
        names |> List.map (fun name -> { Name = name; Sha256 = Fingerprint.ofFile (Path.Combine(folder, name)) })

    /// <summary>Writes the manifest; call it last, when all its files stand.</summary>
    /// <param name="folder">The folder of the result.</param>
    /// <param name="manifest">The facts of one result.</param>
    let write (folder: string) (manifest: Manifest) = AtomicFile.writeText (Path.Combine(folder, fileName)) (toJson manifest)

    /// <summary>The files of a manifest that are not there, or not with the bytes that it vouches for.</summary>
    /// <param name="folder">The folder of the result.</param>
    /// <param name="manifest">The facts of one result.</param>
    let changed (folder: string) (manifest: Manifest) : string list =
        [ for file in manifest.Files do
              let path = Path.Combine(folder, file.Name)
              if not (File.Exists path) || Fingerprint.ofFile path <> file.Sha256 then file.Name ]

    /// <summary>Whether a folder holds the complete figure of these inputs: same fingerprint, every file there with its hash.</summary>
    /// <param name="folder">The figure's folder.</param>
    /// <param name="fingerprint">Hash of the inputs at hand.</param>
    let isCurrent (folder: string) (fingerprint: string) : bool =
        match tryRead folder with
        | Some manifest when manifest.Fingerprint = fingerprint -> List.isEmpty (changed folder manifest)
        | _ -> false
