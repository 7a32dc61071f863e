/// From a recipe to a folder that is whole or absent: tables as CSV, pictures, manifest last.
namespace AnalogTheory.Figures

open System
open System.Diagnostics
open System.IO
open AnalogTheory
open AnalogTheory.Plotting
open AnalogTheory.Runs

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

    let private fingerprint (settings: ProductionSettings) (recipe: Recipe) (parameters: (string * string) list) =
        let all =
            parameters
            @ [ "seed", string settings.Seed; "seeds", string settings.Budget.Seeds; "share", Words.number settings.Budget.Share ]

        Fingerprint.ofInputs recipe.Id all settings.Version settings.Code

    /// <summary>Whether the recipe's folder is complete and was made by this code from these parameters.</summary>
    let isCurrent (settings: ProductionSettings) (recipe: Recipe) : bool =
        Manifest.isCurrent (folder settings recipe) (fingerprint settings recipe (recipe.Parameters()))

    let private csvOf (table: Table) : string * byte[] =
        table.Name + ".csv", Text.Encoding.UTF8.GetBytes(Csv.render (TableFile.columns table))

    let private csvOfWords (table: TextTable) : string * byte[] =
        let columns =
            table.Heads
            |> List.mapi (fun i head ->
                Markup.toPlain head, CsvCells.Texts(table.Rows |> List.map (fun row -> Markup.toPlain row[i]) |> Array.ofList))

        "table.csv", Text.Encoding.UTF8.GetBytes(Csv.render columns)

    /// <summary>Computes and draws a recipe, then writes its files, the manifest last.</summary>
    /// <remarks>Nothing is written or deleted before everything is drawn: a recipe that raises leaves its folder as it was.</remarks>
    /// <exception cref="T:AnalogTheory.Runs.FolderInUseException">Another process writes to the recipe's folder.</exception>
    let produce (settings: ProductionSettings) (recipe: Recipe) : unit =
        let folder = folder settings recipe
        // Taken before the work: a folder that cannot be written, or that another process writes to, is known at once.
        use _ = FolderLock.Take folder
        let parameters = recipe.Parameters()
        let clock = Stopwatch.StartNew()
        let tables = recipe.Compute settings.Budget (Key.ofSeed settings.Seed |> Key.named recipe.Id)
        let duration = clock.Elapsed.TotalSeconds
        let notes = recipe.Notes tables

        let pictures =
            match recipe.Draw tables with
            | Drawn plate -> PlateRenderer.files "figure" plate
            | Set table -> [ csvOfWords table ]

        let files = List.map csvOf tables @ pictures
        Directory.CreateDirectory folder |> ignore
        // A manifest that no longer matches would vouch for files that are about to change.
        File.Delete(Path.Combine(folder, Manifest.fileName))
        AtomicFile.cleanFolder folder

        for name, bytes in files do
            AtomicFile.writeBytes (Path.Combine(folder, name)) bytes

        Manifest.write
            folder
            { Id = recipe.Id
              Title = Markup.toPlain recipe.Title
              Parameters = parameters
              Seed = settings.Seed
              Seeds = settings.Budget.Seeds
              Version = settings.Version
              Commit = settings.Commit
              Machine = Machine.current ()
              DurationSeconds = duration
              Divergences = recipe.Divergences
              Notes = notes
              Fingerprint = fingerprint settings recipe parameters
              Files = Manifest.hashFiles folder (List.map fst files) }

    /// The tables of a finished recipe, read back from its folder.
    let private readTables (folder: string) (manifest: Manifest) : Table list =
        manifest.Files
        |> List.filter (fun file -> file.Name.EndsWith(".csv", StringComparison.Ordinal) && file.Name <> "table.csv")
        |> List.map (fun file -> TableFile.read (Path.Combine(folder, file.Name)))

    /// <summary>The page entry of a finished recipe; None if it was never produced.</summary>
    /// <exception cref="T:System.IO.InvalidDataException">A file of the recipe is not the one that its manifest vouches for.</exception>
    let entry (settings: ProductionSettings) (recipe: Recipe) : PageEntry option =
        let folder = folder settings recipe

        Manifest.tryRead folder
        |> Option.map (fun manifest ->
            match Manifest.changed folder manifest with
            | [] -> ()
            | name :: _ ->
                let path = Path.Combine(folder, name)

                raise (
                    InvalidDataException $"Expected {path} as it was made, got other bytes than its manifest says: make the figure again."
                )

            let tables = readTables folder manifest
            let picture = recipe.Draw tables

            { Id = "figure-" + recipe.Id
              Title = recipe.Title
              Caption = recipe.Caption tables
              Plate =
                (match picture with
                 | Drawn plate -> Some plate
                 | Set _ -> None)
              Table =
                (match picture with
                 | Set table -> Some table
                 | Drawn _ -> None)
              Links =
                manifest.Files
                |> List.map (fun file -> file.Name, $"{recipe.Id}/{file.Name}")
                |> fun links -> links @ [ "manifest.json", $"{recipe.Id}/manifest.json" ]
              Manifest = Some manifest })
