/// Reference data of IBM AIHWKIT's CPU core (v1.1.0-34-g4545f11), in the folder that ANALOG_THEORY_REFERENCE names.
module AnalogTheory.Tests.KitReference

open System
open System.Globalization
open System.IO
open Expecto

/// A test on a reference file; reported as skipped, with the reason in its name, where the folder is not given.
let onReference (name: string) (test: (string -> string) -> unit) : Test =
    match Environment.GetEnvironmentVariable "ANALOG_THEORY_REFERENCE" with
    | null
    | "" -> ptestCase $"{name}; skipped: ANALOG_THEORY_REFERENCE is not set" ignore
    | folder -> testCase name <| fun () -> test (fun file -> Path.Combine(folder, file))

let private number (text: string) = Double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture)

/// Parameters that the first line of a file gives as name=value, before the derived ones.
let parameters (path: string) : Map<string, float> =
    let line = File.ReadLines path |> Seq.head
    let stated = line.Split("derived:")[0]

    stated.Split([| ' '; ';'; ',' |], StringSplitOptions.RemoveEmptyEntries)
    |> Array.choose (fun word ->
        match word.Split '=' with
        | [| name; value |] ->
            match Double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture) with
            | true, value -> Some(name, value)
            | _ when value = "true" || value = "True" -> Some(name, 1.0)
            | _ when value = "false" || value = "False" -> Some(name, 0.0)
            | _ -> None
        | _ -> None)
    |> Map

/// Rows of numbers under the comment and the header.
let rows (path: string) : float[][] =
    File.ReadLines path
    |> Seq.filter (fun line -> line <> "" && (Char.IsDigit line[0] || line[0] = '-'))
    |> Seq.map (fun line -> line.Split ',' |> Array.map number)
    |> Seq.toArray

/// Rows of text under the comment and the header, with quoted cells left as they are.
let textRows (path: string) : string[][] = File.ReadLines path |> Seq.skip 2 |> Seq.map (fun line -> line.Split ',') |> Seq.toArray

/// The float next to a double: the kit keeps device parameters in single precision even in its double build.
let single (x: float) = float (float32 x)
