namespace AnalogTheory.Mutation

open System
open System.IO
open System.Security.Cryptography
open System.Text
open System.Xml.Linq
open AnalogTheory.Proofs

/// The copy of the sources in which every mutant is built in; it lies under artifacts/mutate, and the product knows nothing of it.
[<RequireQualifiedAccess>]
module MutatedCopy =

    /// Folder of everything that this program writes.
    let folder = Path.Combine(Repository.root.Value, "artifacts", "mutate")

    /// Root of the copy.
    let root = Path.Combine(folder, "tree")

    /// Suites of the copy, by name, with the folder that each lies in.
    let suites =
        [ "AnalogTheory.Proofs", "proofs-checks"
          "AnalogTheory.Tests", "tests"
          "AnalogTheory.Kernels.Tests", "tests"
          "AnalogTheory.Tiles.Tests", "tests"
          "AnalogTheory.CSharp.Tests", "tests" ]

    // The folders of projects, each with those of the projects that it refers to.
    let rec private withReferred (folder: string) : string list =
        let whole = Path.Combine(Repository.root.Value, folder)

        let referred =
            [ for project in Directory.GetFiles(whole, "*.?sproj") do
                  for reference in XDocument.Load(project).Descendants(XName.Get "ProjectReference") do
                      for path in reference.Attributes(XName.Get "Include") do
                          let target = Path.Combine(whole, path.Value.Replace('\\', '/'))
                          Path.GetRelativePath(Repository.root.Value, Path.GetFullPath(Path.Combine(target, ".."))).Replace('\\', '/') ]

        folder :: List.collect withReferred referred

    // A suite that refers to one more project takes it along by itself.
    let private folders =
        [ for name, folder in suites -> $"{folder}/{name}" ]
        |> List.collect withReferred
        |> List.distinct
        |> List.sort

    let private alone =
        [ "AnalogTheory.sln"; "Directory.Build.props"; "Directory.Packages.props"; "global.json"; ".editorconfig" ]

    // What the suites read besides: the committed ledger and queries.
    let private read = [ "proofs-checks/smt"; "proofs-checks/README.md"; "proofs-checks/ledger.json" ]

    let private isGenerated (path: string) =
        path.Split(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar)
        |> Array.exists (fun part -> part = "bin" || part = "obj")

    let private filesUnder (root: string) (path: string) : string list =
        let whole = Path.Combine(root, path)

        if File.Exists whole then
            [ path ]
        elif Directory.Exists whole then
            [ for file in Directory.GetFiles(whole, "*", SearchOption.AllDirectories) do
                  let relative = Path.GetRelativePath(root, file).Replace('\\', '/')
                  if not (isGenerated relative) then relative ]
        else
            []

    /// Files of the copy, from the root, in alphabetical order.
    let files () : string list =
        folders @ alone @ read |> List.collect (filesUnder Repository.root.Value) |> List.distinct |> List.sort

    /// A number that changes with any file of the copy, mutants left out.
    let fingerprint (files: string list) : string =
        use hash = IncrementalHash.CreateHash HashAlgorithmName.SHA256

        for file in files do
            hash.AppendData(Encoding.UTF8.GetBytes file)
            hash.AppendData(File.ReadAllBytes(Path.Combine(Repository.root.Value, file)))

        Convert.ToHexStringLower(hash.GetHashAndReset())[..15]

    // A file that is there already stays untouched, so that nothing is built twice.
    let private write (path: string) (bytes: byte[]) =
        let target = Path.Combine(root, path)

        if not (File.Exists target && (File.ReadAllBytes target).AsSpan().SequenceEqual(bytes.AsSpan())) then
            Directory.CreateDirectory(Path.GetDirectoryName target |> string) |> ignore
            File.WriteAllBytes(target, bytes)

    /// Brings the copy up to date; mutant i of the list is number i + 1.
    let update (files: string list) (mutants: Mutant list) : unit =
        let byFile = mutants |> List.indexed |> List.groupBy (fun (_, mutant) -> mutant.File) |> Map.ofList

        for file in files do
            let source = Path.Combine(Repository.root.Value, file)

            match Map.tryFind file byFile with
            | None -> write file (File.ReadAllBytes source)
            | Some own ->
                let numbered = own |> List.map (fun (i, mutant) -> i + 1, mutant)
                write file (Encoding.UTF8.GetBytes(Schemata.rewrite file (File.ReadAllText source) numbered))

        write Schemata.activeFile (Encoding.UTF8.GetBytes Schemata.activeText)
        let kept = Set.ofList (Schemata.activeFile :: files)

        for path in folders @ read |> List.collect (filesUnder root) do
            if not (kept.Contains path) then File.Delete(Path.Combine(root, path))

    /// The program of a suite of the copy.
    let program (suite: string) : string =
        let folder = suites |> List.find (fun (name, _) -> name = suite) |> snd
        Path.Combine(root, folder, suite, "bin", "Release", "net10.0", suite + ".dll")
