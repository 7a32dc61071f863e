/// The recipes as a program sees them that makes figures by their names.
namespace AnalogTheory.Figures

open System
open System.Collections.Generic
open System.Diagnostics
open System.IO
open System.Reflection
open System.Threading
open AnalogTheory
open AnalogTheory.Plotting
open AnalogTheory.Runs

/// <summary>A figure that can be made.</summary>
type GalleryEntry =
    {
        /// Identifier, such as "4-left".
        Id: string
        /// Title in plain text.
        Title: string
    }

/// <summary>A figure that was made, or found to be there.</summary>
type GalleryFigure =
    {
        /// Identifier.
        Id: string
        /// Title in plain text.
        Title: string
        /// Its folder.
        Folder: string
        /// Its files, the manifest last.
        Files: IReadOnlyList<string>
        /// Remarks with measured numbers, in plain text.
        Notes: IReadOnlyList<string>
        /// Where it departs from the paper.
        Divergences: IReadOnlyList<string>
        /// Whether it was there already, made by this code from these inputs.
        WasCurrent: bool
        /// Seconds that it took.
        Seconds: float
    }

/// <summary>Makes figures by their names.</summary>
[<AbstractClass; Sealed>]
type Gallery =

    /// <summary>Most seeds per curve: days of work, and some gigabytes.</summary>
    static member MostSeeds = 10_000

    /// <summary>All figures, in their order.</summary>
    static member Entries: IReadOnlyList<GalleryEntry> =
        [| for recipe in Recipes.all -> { Id = recipe.Id; Title = Markup.toPlain recipe.Title } |] :> IReadOnlyList<GalleryEntry>

    /// <summary>The figures that a name stands for: "4" for all of its parts; none if there is no such figure.</summary>
    /// <param name="wanted">An identifier, or the beginning of several.</param>
    static member Select(wanted: string) : IReadOnlyList<string> =
        [| for recipe in Recipes.all do
               if recipe.Id = wanted || recipe.Id.StartsWith(wanted + "-", StringComparison.Ordinal) then recipe.Id |]
        :> IReadOnlyList<string>

    /// <summary>The assemblies whose content decides a figure.</summary>
    static member internal Code: string =
        Fingerprint.ofAssemblies
            [ Assembly.GetExecutingAssembly()
              typeof<Plate>.Assembly
              typeof<Manifest>.Assembly
              typeof<Key>.Assembly
              typeof<TileTraining.Curve>.Assembly
              typeof<Tiles.Arrays.ArrayModel>.Assembly
              typeof<Kernels.Ensembles.EnsemblePlan>.Assembly ]

    /// <summary>Makes a figure unless it is there.</summary>
    /// <param name="id">Its identifier.</param>
    /// <param name="output">Folder in which it gets its own.</param>
    /// <param name="seeds">Independent seeds per curve, at least 2.</param>
    /// <param name="seed">Seed of all randomness.</param>
    /// <param name="version">Version of the program.</param>
    /// <param name="commit">Commit that it was built from, or "unknown".</param>
    /// <param name="cancellation">Stops the computation; the folder then is as it was.</param>
    static member Make
        (id: string, output: string, seeds: int, seed: uint64, version: string, commit: string, cancellation: CancellationToken)
        : GalleryFigure =
        let recipe = Recipes.all |> List.find (fun recipe -> recipe.Id = id)
        let clock = Stopwatch.StartNew()
        let budget = Budget.full seeds

        let settings =
            { Output = output
              Budget =
                { budget with
                    Execution = { budget.Execution with Cancellation = cancellation } }
              Seed = seed
              Version = version
              Commit = commit
              Code = Gallery.Code }

        let wasCurrent = Production.isCurrent settings recipe

        if not wasCurrent then Production.produce settings recipe

        let folder = Production.folder settings recipe
        let manifest = Manifest.tryRead folder |> Option.get

        { Id = id
          Title = Markup.toPlain recipe.Title
          Folder = folder
          Files =
            [ for file in manifest.Files -> Path.Combine(folder, file.Name) ]
            @ [ Path.Combine(folder, Manifest.fileName) ]
          Notes = manifest.Notes
          Divergences = manifest.Divergences
          WasCurrent = wasCurrent
          Seconds = clock.Elapsed.TotalSeconds }
