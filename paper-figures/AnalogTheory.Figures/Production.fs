/// From a recipe to a folder that is whole or absent: tables as CSV, pictures, manifest last.
namespace AnalogTheory.Figures

open System
open System.Diagnostics
open System.IO
open AnalogTheory

/// <summary>What all recipes of one run share.</summary>
type ProductionSettings =
    {
        /// Folder of the page; every recipe has a folder of its own inside.
        Output: string
        /// Budget of every recipe.
        Budget: Budget
        /// Seed of the key from which all randomness comes.
        Seed: uint64
        /// Version of the library.
        Version: string
        /// Commit of the working tree, or "unknown".
        Commit: string
        /// Hash of the computing code.
        Code: string
    }

/// <summary>Produces figures.</summary>
[<RequireQualifiedAccess>]
module Production =

    /// <summary>Folder of a recipe.</summary>
    let folder (settings: ProductionSettings) (recipe: Recipe) : string = Path.Combine(settings.Output, recipe.Id)

    let private fingerprint (settings: ProductionSettings) (recipe: Recipe) =
        let parameters =
            recipe.Parameters
            @ [ "seed", string settings.Seed
                "seeds", string settings.Budget.Seeds
                "share", Words.number settings.Budget.Share ]

        Fingerprint.ofInputs recipe.Id parameters settings.Version settings.Code

    /// <summary>Whether the recipe's folder is complete and was made by this code from these parameters.</summary>
    let isCurrent (settings: ProductionSettings) (recipe: Recipe) : bool =
        Manifest.isCurrent (folder settings recipe) (fingerprint settings recipe)

    let private writeCsv (folder: string) (table: Table) : string =
        let name = table.Name + ".csv"

        table.Columns
        |> List.map (fun (column, cells) ->
            match cells with
            | Numbers values -> column, CsvCells.Numbers values
            | Texts values -> column, CsvCells.Texts values)
        |> Csv.write (Path.Combine(folder, name))

        name

    let private writeTextTable (folder: string) (table: TextTable) : string =
        let columns =
            table.Heads
            |> List.mapi (fun i head ->
                Markup.toPlain head, CsvCells.Texts(table.Rows |> List.map (fun row -> Markup.toPlain row[i]) |> Array.ofList))

        Csv.write (Path.Combine(folder, "table.csv")) columns
        "table.csv"

    /// <summary>Computes and draws a recipe; the manifest is written last.</summary>
    let produce (settings: ProductionSettings) (recipe: Recipe) : unit =
        let folder = folder settings recipe
        Directory.CreateDirectory folder |> ignore
        // A manifest that no longer matches would vouch for files that are about to change.
        File.Delete(Path.Combine(folder, Manifest.fileName))
        let clock = Stopwatch.StartNew()
        let tables = recipe.Compute settings.Budget (Key.ofSeed settings.Seed |> Key.named recipe.Id)
        let duration = clock.Elapsed.TotalSeconds
        let csv = tables |> List.map (writeCsv folder)

        let pictures =
            match recipe.Draw tables with
            | Drawn plate -> PlateRenderer.save folder "figure" plate
            | Set table -> [ writeTextTable folder table ]

        Manifest.write
            folder
            { Id = recipe.Id
              Title = Markup.toPlain recipe.Title
              Parameters = recipe.Parameters
              Seed = settings.Seed
              Seeds = settings.Budget.Seeds
              Version = settings.Version
              Commit = settings.Commit
              Machine = Machine.current ()
              DurationSeconds = duration
              Divergences = recipe.Divergences
              Notes = recipe.Notes tables
              Fingerprint = fingerprint settings recipe
              Files = Manifest.hashFiles folder (csv @ pictures) }

    /// The tables of a finished recipe, read back from its folder.
    let private readTables (folder: string) (manifest: Manifest) : Table list =
        manifest.Files
        |> List.filter (fun file -> file.Name.EndsWith ".csv" && file.Name <> "table.csv")
        |> List.map (fun file -> TableFile.read (Path.Combine(folder, file.Name)))

    /// <summary>The page entry of a finished recipe; None if it was never produced.</summary>
    let entry (settings: ProductionSettings) (recipe: Recipe) : PageEntry option =
        let folder = folder settings recipe

        Manifest.tryRead folder
        |> Option.map (fun manifest ->
            let tables = readTables folder manifest
            let picture = recipe.Draw tables

            { Id = "figure-" + recipe.Id
              Title = recipe.Title
              Caption = recipe.Caption tables
              Plate = (match picture with Drawn plate -> Some plate | Set _ -> None)
              Table = (match picture with Set table -> Some table | Drawn _ -> None)
              Links = manifest.Files |> List.map (fun file -> file.Name, $"{recipe.Id}/{file.Name}") |> fun links -> links @ [ "manifest.json", $"{recipe.Id}/manifest.json" ]
              Manifest = Some manifest })
