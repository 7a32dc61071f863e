/// The atlas: tables of sweeps with what laws and theorems say beside what was measured.
namespace AnalogTheory.Figures

open System
open System.Collections.Generic
open System.IO
open System.Text.Json
open System.Threading.Tasks
open AnalogTheory
open AnalogTheory.Runs

/// <summary>Makes the atlas's tables from the folders of its sweeps.</summary>
[<RequireQualifiedAccess>]
module Atlas =

    /// Names of the sweeps, and of their tables.
    let names = [ "scalar-floor"; "least-squares-floor"; "tiki-taka-rates"; "asymmetry"; "transfer" ]

    let private text (element: JsonElement) = element.GetString() |> Option.ofObj |> Option.defaultValue ""

    let private field (name: string) (element: JsonElement) = element.GetProperty name

    let private number (name: string) (element: JsonElement) = (field name element).GetDouble()

    let private rule (json: JsonElement) (overridden: string -> float option) : StationaryFloors.Rule option =
        let rate name = overridden $"rule.{name}" |> Option.defaultWith (fun () -> number name json)

        match text (field "kind" json) with
        | "digital-sgd" -> Some(StationaryFloors.DigitalSgd(rate "learningRate"))
        | "analog-sgd" -> Some(StationaryFloors.AnalogSgd(rate "learningRate"))
        | "tiki-taka" -> Some(StationaryFloors.TikiTaka(rate "learningRate", rate "transferRate"))
        | "residual-learning" -> Some(StationaryFloors.ResidualLearning(rate "learningRate", rate "transferRate", rate "mixing"))
        | _ -> None

    // The rule of a cell: a case of the axis of rules, or the common one.
    let private ruleOf (definition: JsonElement) (value: string -> string option) : StationaryFloors.Rule option =
        let overridden name =
            value name |> Option.map (fun word -> Double.Parse(word, Globalization.CultureInfo.InvariantCulture))

        let ofCase name =
            (field "axes" definition).EnumerateArray()
            |> Seq.tryPick (fun axis ->
                match axis.TryGetProperty "cases" with
                | true, cases when text (field "path" axis) = "rule" -> Some(field name cases)
                | _ -> None)

        match value "rule" with
        | Some name -> ofCase name |> Option.bind (fun json -> rule json overridden)
        | None ->
            match (field "simulate" definition).TryGetProperty "rule" with
            | true, json -> rule json overridden
            | _ -> None

    let private device (common: JsonElement) (value: string -> float option) : Device option =
        let json = field "device" common

        let pick name fallback =
            value $"device.{name}"
            |> Option.defaultWith (fun () ->
                match json.TryGetProperty(name: string) with
                | true, given -> given.GetDouble()
                | _ -> fallback)

        match text (field "kind" json) with
        | "asymmetric-linear" -> Some(AsymmetricLinear.create (pick "radius" 1.0))
        | "generic-linear" -> Some(GenericLinear.create (pick "radius" 1.0) (pick "asymmetry" 0.3))
        | _ -> None

    /// The setting whose stationary law is a cell's; None where no law is computed.
    let private setting (definition: JsonElement) (value: string -> string option) : StationaryFloors.Setting option =
        match definition.TryGetProperty "simulate" with
        | false, _ -> None
        | true, common ->
            let problem = field "problem" common

            let real name =
                value name |> Option.map (fun word -> Double.Parse(word, Globalization.CultureInfo.InvariantCulture))

            match ruleOf definition value, device common real with
            | Some rule, Some device when text (field "kind" problem) = "quadratic" ->
                Some
                    { Rule = rule
                      Device = device
                      Curvature = number "curvature" problem
                      Minimizer = (Seq.head ((field "minimizer" problem).EnumerateArray())).GetDouble()
                      Deviation = real "noise.deviation" |> Option.defaultWith (fun () -> number "deviation" (field "noise" common)) }
            | _ -> None

    // A law that says little says nothing.
    let private largestShare = 0.1

    let private theory (setting: StationaryFloors.Setting) : float * float * float =
        let bound = StationaryFloors.bound setting |> Option.defaultValue nan

        let law =
            try
                StationaryFloors.squaredGradient setting
            with :? ArgumentException ->
                None

        match law with
        | Some law when law.Error <= largestShare * law.Value -> bound, law.Value, law.Error
        | _ -> bound, nan, nan

    /// <summary>A sweep's merged table with the columns bound, computed and computed_error, of the squared gradient of one weight.</summary>
    /// <param name="folder">The sweep's folder.</param>
    /// <exception cref="T:System.IO.IOException">There is no merged table.</exception>
    let table (folder: string) : (string * CsvCells) list =
        use document = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "sweep.json")))
        let definition = field "definition" document.RootElement
        let columns = CsvFile.read (Path.Combine(folder, "result.csv"))

        let words =
            dict
                [ for name, cells in columns ->
                      name,
                      (match cells with
                       | CsvCells.Numbers values -> values |> Array.map Csv.number
                       | CsvCells.Texts words -> words) ]

        let rows = words["cell"].Length
        let isSquared row = words["measure"][row] = "gradient_norm_squared"

        let value row name =
            match words.TryGetValue(name: string) with
            | true, column -> Some column[row]
            | _ -> None

        let results = Array.create rows (nan, nan, nan)
        // A law may take hundreds of megabytes: as many at a time as there are processors, and no more.
        let options = ParallelOptions(MaxDegreeOfParallelism = Environment.ProcessorCount)

        Parallel.For(
            0,
            rows,
            options,
            fun row ->
                if isSquared row then
                    results[row] <- setting definition (value row) |> Option.map theory |> Option.defaultValue (nan, nan, nan)
        )
        |> ignore

        let column pick = CsvCells.Numbers(Array.map pick results)

        columns
        @ [ "bound", column (fun (bound, _, _) -> bound)
            "computed", column (fun (_, law, _) -> law)
            "computed_error", column (fun (_, _, error) -> error) ]

    /// <summary>Writes the table of every sweep that is merged, with a manifest of its own.</summary>
    /// <param name="sweeps">Folder that holds the folders of the sweeps.</param>
    /// <param name="output">Folder for the tables.</param>
    /// <param name="commit">Commit of the working tree.</param>
    let write (sweeps: string) (output: string) (commit: string) : unit =
        for name in names do
            let folder = Path.Combine(sweeps, name)

            match Manifest.tryRead folder with
            | None -> Console.WriteLine $"{name}: not merged yet"
            | Some manifest ->
                let clock = Diagnostics.Stopwatch.StartNew()
                let file = ResultFolder.Table($"{name}.csv", [ for head, cells in table folder -> ResultColumn.Of(head, cells) ])

                ResultFolder.Write(
                    Path.Combine(output, name),
                    [ file ],
                    { Id = "atlas"
                      Title = manifest.Title
                      Parameters =
                        [ for head, value in
                              manifest.Parameters @ [ "sweep's version", manifest.Version; "sweep's commit", manifest.Commit ] ->
                              KeyValuePair(head, value) ]
                      Seed = manifest.Seed
                      Replicas = manifest.Seeds
                      Version = manifest.Version
                      Commit = commit
                      DurationSeconds = manifest.DurationSeconds
                      Notes =
                        [ yield! manifest.Notes
                          "Cells share a seed: their errors are alike, so that neighbours compare better than their intervals say."
                          "bound: N1 on the weights that Analog SGD does not leave. computed: the stationary law, with a bound on its error." ]
                      Fingerprint = manifest.Fingerprint }
                )

                Console.WriteLine(FormattableString.Invariant $"{name}: {clock.Elapsed.TotalSeconds:F0} s")
