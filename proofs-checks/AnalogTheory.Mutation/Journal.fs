namespace AnalogTheory.Mutation

open System.IO
open System.Text.Json

/// What became of a mutant.
type Outcome =
    {
        /// Its name.
        Mutant: string
        /// The definition that was tried: file, site and what it became.
        Definition: string
        /// Check that caught it, "" if none did.
        Check: string
        /// What that check noticed.
        Noticed: string
        /// Seconds, all checks that were asked included.
        Seconds: float
    }

/// What was tried already, with the sources that it was tried on.
type Journal = { Sources: string; Outcomes: Outcome list }

/// Keeping results, so that a run which was interrupted continues.
[<RequireQualifiedAccess>]
module Journal =

    let private file = Path.Combine(MutatedCopy.folder, "results.json")

    let private options =
        JsonSerializerOptions(WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping)

    /// What is kept of a definition, to tell whether it is still the same.
    let definition (mutant: Mutant) : string = $"{mutant.File}: {mutant.Site} -> {mutant.Becomes}"

    /// Results of earlier runs on the same sources, those of mutants that are still defined so; nothing where the file cannot be read.
    let load (sources: string) (mutants: Mutant list) : Outcome list =
        let known = mutants |> List.map (fun mutant -> mutant.Id, definition mutant) |> Map.ofList

        try
            match JsonSerializer.Deserialize<Journal>(File.ReadAllText file, options) with
            | Null -> []
            | NonNull journal when journal.Sources <> sources -> []
            | NonNull journal -> journal.Outcomes |> List.filter (fun outcome -> Map.tryFind outcome.Mutant known = Some outcome.Definition)
        with
        | :? IOException
        | :? JsonException -> []

    /// Writes all results, whole or not at all.
    let save (journal: Journal) : unit =
        let aside = file + ".being-written"
        File.WriteAllText(aside, JsonSerializer.Serialize(journal, options))
        File.Move(aside, file, overwrite = true)
