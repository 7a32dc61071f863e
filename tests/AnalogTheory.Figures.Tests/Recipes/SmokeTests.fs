/// Every recipe, computed and drawn with the least budget: complete, current, and the same bytes for the same key.
module AnalogTheory.Figures.Tests.SmokeTests

open System.IO
open Expecto
open AnalogTheory.Runs
open AnalogTheory.Plotting
open AnalogTheory.Figures
open AnalogTheory.Figures.Tests.Samples

/// Files whose bytes are promised; the manifest tells times.
let private promised (folder: string) = bytesOf folder |> List.filter (fun (name, _) -> name <> Manifest.fileName)

let private smokeTest (recipe: Recipe) : Test =
    folderTest $"{recipe.Id}" (fun output ->
        let settings = smoke (Path.Combine(output, "a"))
        let folder = Production.folder settings recipe
        Expect.isFalse (Production.isCurrent settings recipe) "before the run"
        Production.produce settings recipe

        let manifest =
            match Manifest.tryRead folder with
            | Some manifest -> manifest
            | None -> failtest "no manifest"

        let names = manifest.Files |> List.map _.Name

        Expect.equal
            (promised folder |> List.map fst)
            (List.sortWith (fun a b -> System.String.CompareOrdinal(a, b)) names)
            "files of the folder and of the manifest"

        Expect.isTrue (names |> List.exists _.EndsWith(".csv")) "a table"

        if not (List.contains "table.csv" names) then
            for name in [ "figure.svg"; "figure.pdf"; "figure.png" ] do
                Expect.contains names name "pictures"

        for name, bytes in promised folder do
            Expect.isGreaterThan bytes.Length 100 $"length of {name}"

        Expect.isTrue (Production.isCurrent settings recipe) "after the run"
        Expect.isFalse (Production.isCurrent { settings with Seed = 8UL } recipe) "another seed"
        Expect.isFalse (Production.isCurrent { settings with Code = "other" } recipe) "other code"
        Expect.isFalse (Production.isCurrent { settings with Budget = { settings.Budget with Seeds = 3 } } recipe) "more seeds"

        // Tables survive the way through their files, since the page is drawn from those.
        match Production.entry settings recipe with
        | Some entry ->
            Expect.isTrue (entry.Plate.IsSome <> entry.Table.IsSome) "a figure or a table"
            let page = InteractivePage.render { Title = ""; Subtitle = ""; Introduction = []; Entries = [ entry ] }
            Expect.isEmpty (Offline.findNetworkAddresses page) "addresses of the page"

            for name in Manifest.fileName :: names do
                Expect.stringContains page $"href=\"{recipe.Id}/{name}\"" "links"
        | None -> failtest "no entry"

        let again =
            { settings with
                Output = Path.Combine(output, "b")
                Budget =
                    { settings.Budget with
                        Execution = { settings.Budget.Execution with Threads = 1 } } }

        Production.produce again recipe

        for (name, a), (_, b) in List.zip (promised folder) (promised (Production.folder again recipe)) do
            Expect.isTrue (a = b) $"bytes of {name}, on one thread"

        let drawn = Production.entry again recipe |> Option.bind _.Plate |> Option.map PlateRenderer.toSvg
        let stored = promised folder |> List.tryFind (fun (name, _) -> name = "figure.svg")

        match drawn, stored with
        | Some svg, Some(_, bytes) ->
            Expect.isTrue (System.Text.Encoding.UTF8.GetBytes svg = bytes) "the picture drawn from the files is the picture"
        | None, None -> ()
        | _ -> failtest "a picture without a plate"

        for name in names do
            let path = Path.Combine(folder, name)
            let bytes = File.ReadAllBytes path
            File.WriteAllBytes(path, bytes[.. bytes.Length / 2])
            Expect.isFalse (Production.isCurrent settings recipe) $"{name} truncated"
            File.Delete path
            Expect.isFalse (Production.isCurrent settings recipe) $"{name} deleted"
            File.WriteAllBytes(path, bytes)
            Expect.isTrue (Production.isCurrent settings recipe) $"{name} restored")

[<Tests>]
let smokeTests = testList "smoke" [ for recipe in Recipes.all -> smokeTest recipe ]

[<Tests>]
let all =
    testList
        "recipes"
        [ testCase "their names are distinct, and a folder can bear them"
          <| fun () ->
              let ids = Recipes.all |> List.map _.Id
              Expect.equal (List.distinct ids) ids "names"
              Expect.isTrue (ids |> List.forall (String.forall (fun c -> System.Char.IsAsciiLetterOrDigit c || c = '-'))) "characters"

          testCase "each says what it was computed from, each thing once"
          <| fun () ->
              for recipe in Recipes.all do
                  let names = recipe.Parameters() |> List.map fst
                  Expect.isNonEmpty names $"parameters of {recipe.Id}"
                  Expect.equal (List.distinct names) names $"names of {recipe.Id}"

          testCase "parameters are those of the value, all of them"
          <| fun () ->
              let defaults = AnalogTheory.Ablations.radiusDefaults
              let told = ParameterWords.ofRecord defaults
              Expect.contains told ("study: loss", "half mean") "a word of a record inside"
              Expect.contains told ("radii", "2, 3, 5, 10, 20, 50") "a row"
              let varied = ParameterWords.ofRecord { defaults with Study = { defaults.Study with Smoothing = 0.25 } }
              Expect.equal (List.except told varied) [ "study: smoothing", "0.25" ] "what was varied"
              let nested = ParameterWords.ofRecord {| Case = "a", {| Rate = 0.5 |}; None = (None: int option); Some = Some 3L |}
              Expect.equal nested [ "case", "a"; "case: rate", "0.5"; "none", "none"; "some", "some 3" ] "tuples and options"

              Expect.throwsT<System.InvalidOperationException>
                  (fun () -> ParameterWords.ofRecord {| Law = fun x -> x + 1 |} |> ignore)
                  "a function" ]
