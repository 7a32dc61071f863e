/// Measured trajectories of AIHWKIT: its own two curves of Figure 3 travel with the program; more is compared where a folder is named by ANALOG_THEORY_REFERENCE.
namespace AnalogTheory.Figures

open System
open System.Globalization
open System.IO
open AnalogTheory
open AnalogTheory.Plotting
open AnalogTheory.Runs

/// <summary>A reference curve: mean loss and its standard error at recorded steps.</summary>
type ReferenceCurve =
    {
        /// File name, which says what it is.
        File: string
        /// What was run, in a few words.
        Label: string
        /// τ; 0 where there is none.
        Radius: float
        /// (k, mean, standard error).
        Points: (float * float * float)[]
    }

/// <summary>Reads the reference folder.</summary>
[<RequireQualifiedAccess>]
module Reference =

    /// <summary>Name of the environment variable.</summary>
    let variable = "ANALOG_THEORY_REFERENCE"

    /// <summary>The folder, if the variable names one that exists.</summary>
    let folder () : string option =
        Environment.GetEnvironmentVariable variable |> Option.ofObj |> Option.filter Directory.Exists

    /// Rows of numbers of a CSV with comment lines and one header line.
    let private parse (name: string) (lines: string[]) : float[][] =
        let number line (text: string) =
            match Double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture) with
            | true, value -> value
            | _ -> raise (InvalidDataException $"Expected a number in {name}, line {line}, got '{text}'.")

        lines
        |> Array.indexed
        |> Array.filter (fun (_, line) -> line <> "" && not (line.StartsWith '#'))
        |> Array.skip 1
        |> Array.map (fun (i, line) -> line.Split ',' |> Array.map (number (i + 1)))

    let private rows (path: string) : float[][] = parse $"{Path.GetFileName path}" (File.ReadAllLines path)

    let private curve (folder: string) (label: string) (radius: float) (file: string) : ReferenceCurve option =
        let path = Path.Combine(folder, file)

        if File.Exists path then
            Some
                { File = file
                  Label = label
                  Radius = radius
                  Points = rows path |> Array.map (fun row -> row[0], row[1], row[2]) }
        else
            None

    /// <summary>Label of the kit's own trajectories.</summary>
    let kit = "AIHWKIT"

    /// The table inside the program, line by line.
    let private embedded: Lazy<string[]> =
        lazy
            (let name = "aihwkit-figure3.csv"

             use stream =
                 match Reflection.Assembly.GetExecutingAssembly().GetManifestResourceStream name with
                 | null -> raise (InvalidDataException $"Expected {name} inside the program, found none.")
                 | stream -> stream

             use reader = new StreamReader(stream)
             reader.ReadToEnd().Split([| '\n'; '\r' |], StringSplitOptions.RemoveEmptyEntries))

    /// <summary>The kit's own mean trajectories of Figure 3 at τ = 1 and 2, measured once and kept with the program.</summary>
    let kitCurves () : ReferenceCurve list =
        let file = "aihwkit-figure3.csv"
        let rows = parse file (embedded.Force())

        [ for radius, column in [ 1.0, 1; 2.0, 3 ] ->
              { File = file
                Label = kit
                Radius = radius
                Points = rows |> Array.map (fun row -> row[0], row[column], row[column + 1]) } ]

    /// <summary>The dynamics without pulses of Figure 3, measured apart with the kit's data; those that the folder has.</summary>
    let figure3Curves (radii: float list) (folder: string) : ReferenceCurve list =
        [ curve folder DynamicComparison.Model.Digital 0.0 "fig3_ideal_sgd_noise.csv"
          for radius in radii do
              let tau = radius.ToString CultureInfo.InvariantCulture
              curve folder DynamicComparison.Model.FullBatch radius $"fig3_ideal_analogapprox_tau{tau}_noise.csv"
              curve folder DynamicComparison.Model.PerSample radius $"fig3_ideal_persample_tau{tau}_noise.csv" ]
        |> List.choose id

    /// <summary>One hash for the folder's files of Figure 3, or "none".</summary>
    let fingerprint () : string =
        match folder () with
        | None -> "none"
        | Some folder ->
            Directory.GetFiles(folder, "fig3_*.csv")
            |> Array.sortWith (fun a b -> String.CompareOrdinal(a, b))
            |> Array.map Fingerprint.ofFile
            |> String.concat ""
            |> Text.Encoding.UTF8.GetBytes
            |> Security.Cryptography.SHA256.HashData
            |> Convert.ToHexStringLower
