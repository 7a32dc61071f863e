/// Measured trajectories of AIHWKIT, where a folder with them is named by ANALOG_THEORY_REFERENCE.
namespace AnalogTheory.Figures

open System
open System.Globalization
open System.IO
open AnalogTheory
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
    let private rows (path: string) : float[][] =
        let number line (text: string) =
            match Double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture) with
            | true, value -> value
            | _ -> raise (InvalidDataException $"Expected a number in {Path.GetFileName path}, line {line}, got '{text}'.")

        File.ReadAllLines path
        |> Array.indexed
        |> Array.filter (fun (_, line) -> line <> "" && not (line.StartsWith '#'))
        |> Array.skip 1
        |> Array.map (fun (i, line) -> line.Split ',' |> Array.map (number (i + 1)))

    /// <summary>The data of Figure 3 (A and b), if the folder has them.</summary>
    let figure3Data (folder: string) : (float[,] * float[]) option =
        let matrix, target = Path.Combine(folder, "fig3_A.csv"), Path.Combine(folder, "fig3_Y.csv")

        if File.Exists matrix && File.Exists target then
            Some(array2D (rows matrix), rows target |> Array.map (fun row -> row[1]))
        else
            None

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

    /// <summary>The curves of Figure 3: the kit at pulse level with a trained digital bias, and its dynamics without pulses.</summary>
    let figure3Curves (radii: float list) (folder: string) : ReferenceCurve list =
        [ curve folder DynamicComparison.Model.Digital 0.0 "fig3_ideal_sgd_noise.csv"
          for radius in radii do
              let tau = radius.ToString CultureInfo.InvariantCulture
              curve folder kit radius $"fig3_sgd_tau{tau}_noise.csv"
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
