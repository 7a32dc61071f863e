/// The list of mutants fits the sources, and leaves out no claim and no law.
module AnalogTheory.Mutation.ListChecks

open System.IO
open System.Xml.Linq
open Expecto
open AnalogTheory
open AnalogTheory.Proofs

let private text =
    let read = System.Collections.Concurrent.ConcurrentDictionary<string, string>()
    fun (file: string) -> read.GetOrAdd(file, fun file -> File.ReadAllText(Path.Combine(Repository.root.Value, file)))

// Laws and rules have files of their own; these files hold none.
let private withoutLaw = set [ "ArrayUpdate.cs"; "DeviceLaw.cs"; "IResponseLaw.cs"; "UpdateRule.cs"; "NoiseModel.cs" ]

let private lawFiles () =
    [ for folder in [ "Laws"; "Pulses"; "Rules"; "Noises" ] do
          let folder = $"src/AnalogTheory.Kernels/{folder}"

          for file in Directory.GetFiles(Path.Combine(Repository.root.Value, folder), "*.cs") do
              let name = string (Path.GetFileName file)
              if not (withoutLaw.Contains name) then $"{folder}/{name}" ]

let private referred (reference: XElement) : string =
    match reference.Attribute(XName.Get "Include") with
    | null -> ""
    | included -> included.Value

let tests =
    testList
        "mutants"
        [ test "every site occurs exactly once in its file, with the expression in brackets" {
              for mutant in Mutants.all do
                  match Site.find (text mutant.File) mutant.Site with
                  | Ok _ -> ()
                  | Error reason -> failtest $"{mutant.Id}, {mutant.File}: {reason}"

              for equivalent in Mutants.equivalents do
                  match Site.find (text equivalent.File) equivalent.Site with
                  | Ok _ -> ()
                  | Error reason -> failtest $"{equivalent.File}: {reason}"
          }

          test "names are distinct, and every mutant changes its expression" {
              Expect.isEmpty (Mutants.all |> List.countBy _.Id |> List.filter (fun (_, count) -> count > 1)) "names used twice"

              for mutant in Mutants.all do
                  Expect.notEqual (Site.expression mutant.Site) mutant.Becomes mutant.Id
                  Expect.isNonEmpty mutant.Checks mutant.Id
          }

          test "every claim of the registry has a mutant" {
              let broken = Mutants.all |> List.collect _.Breaks |> Set.ofList
              let left = Registry.all |> List.map _.Id |> List.filter (broken.Contains >> not)
              Expect.equal left [] "claims without a mutant: give them one in proofs-checks/AnalogTheory.Mutation/Lists"
          }

          test "every law, pulse, rule and noise of the kernels has a mutant" {
              let broken = Mutants.all |> List.map _.File |> Set.ofList
              Expect.equal (lawFiles () |> List.filter (broken.Contains >> not)) [] "files without a mutant"
          }

          test "the copy holds every project that its suites refer to" {
              let held = MutatedCopy.files () |> Set.ofList
              let projects = held |> Set.filter (fun file -> file.EndsWith "proj")
              Expect.isGreaterThan projects.Count 5 "projects in the copy"

              for project in projects do
                  for reference in XDocument.Load(Path.Combine(Repository.root.Value, project)).Descendants(XName.Get "ProjectReference") do
                      let folder = Path.Combine(Repository.root.Value, string (Path.GetDirectoryName project))
                      let named = Path.GetFullPath(Path.Combine(folder, referred reference))
                      let file = Path.GetRelativePath(Repository.root.Value, named).Replace('\\', '/')
                      Expect.isTrue (held.Contains file) $"{project} refers to {file}"
          }

          test "the sources take all mutants at once, and give the originals back where none is active" {
              for file, own in Mutants.all |> List.indexed |> List.groupBy (fun (_, mutant) -> mutant.File) do
                  let rewritten = Schemata.rewrite file (text file) own
                  Expect.equal (rewritten.Split "ActiveMutant.Number").Length (own.Length + 1) file
          }

          test "a site within another one stays where the outer mutant is not active" {
              let mutant site becomes =
                  { Id = becomes
                    File = "x.cs"
                    Site = site
                    Becomes = becomes
                    Breaks = []
                    Checks = [] }

              let text = "a = (1 + 2) * 3;"

              let rewritten =
                  Schemata.rewrite "x.cs" text [ 1, mutant "⟦(1 + 2)⟧ * 3" "0"; 2, mutant "1 + ⟦2⟧" "5"; 3, mutant "⟦3⟧;" "4" ]

              let number = "global::AnalogTheory.Kernels.ActiveMutant.Number"

              Expect.equal
                  rewritten
                  $"a = ({number} == 1 ? (0) : ((1 + ({number} == 2 ? (5) : (2))))) * ({number} == 3 ? (4) : (3));"
                  "nested"

              Expect.throws
                  (fun () -> Schemata.rewrite "x.cs" text [ 1, mutant "a = ⟦(1 + 2)⟧" "0"; 2, mutant "⟦2) * 3⟧" "5" ] |> ignore)
                  "overlapping"

              Expect.throws (fun () -> Schemata.rewrite "x.cs" "1 + 1" [ 1, mutant "⟦1⟧" "0" ] |> ignore) "ambiguous"
          } ]
