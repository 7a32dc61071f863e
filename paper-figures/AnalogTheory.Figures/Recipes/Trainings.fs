/// Trainings of networks, which take hours: their tables are made by `train` and kept; figures draw what they have reached.
namespace AnalogTheory.Figures

open System
open System.IO
open System.Reflection
open System.Security.Cryptography
open System.Text
open AnalogTheory
open AnalogTheory.Plotting

/// <summary>Finds the tables of trainings.</summary>
[<RequireQualifiedAccess>]
module Trainings =

    /// <summary>Name of the environment variable that names a folder of plans' results, to be drawn instead of those that came with the program.</summary>
    let variable = "ANALOG_THEORY_RUNS"

    let private folder () =
        Environment.GetEnvironmentVariable variable |> Option.ofObj |> Option.filter Directory.Exists

    /// The text of a plan's table; None if there is none.
    let private text (plan: string) (file: string) : string option =
        match folder () with
        | Some folder ->
            let path = Path.Combine(folder, plan, file)
            if File.Exists path then Some(File.ReadAllText path) else None
        | None ->
            match Assembly.GetExecutingAssembly().GetManifestResourceStream $"results/{plan}/{file}" with
            | null -> None
            | stream ->
                use reader = new StreamReader(stream, Encoding.UTF8)
                Some(reader.ReadToEnd())

    /// <summary>A table of a plan, such as its epochs.</summary>
    /// <param name="plan">Name of the plan's folder.</param>
    /// <param name="name">Name of the table, that is of its file without the ending.</param>
    /// <returns>None if the plan has none, or nothing in it.</returns>
    let tryTable (plan: string) (name: string) : Table option =
        text plan $"{name}.csv"
        |> Option.map (TableFile.ofText name $"{plan}/{name}.csv")
        |> Option.filter (fun table -> table.Rows > 0)

    /// <summary>Hashes of tables, for the parameters of a figure.</summary>
    let hashes (files: (string * string) list) : (string * string) list =
        [ for plan, name in files ->
              $"{plan}/{name}.csv",
              (match text plan $"{name}.csv" with
               | Some content -> Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes content))
               | None -> "none") ]

    /// <summary>What a rule is called in figures.</summary>
    let ruleName (rule: string) : string =
        match rule with
        | "digital-sgd" -> "Digital SGD"
        | "analog-sgd" -> "Analog SGD"
        | "tiki-taka" -> "Tiki-Taka"
        | "residual-learning" -> "Residual learning"
        | other -> other.ToUpperInvariant()

    /// <summary>The ink of a rule.</summary>
    let colour (rule: string) : Colour =
        match rule with
        | "digital-sgd" -> Palette.black
        | "analog-sgd" -> Palette.vermilion
        | _ -> Palette.blue

    /// <summary>The rows of a cell of a plan.</summary>
    let rowsOf (rule: string) (radius: float) (seed: float) (table: Table) : Table =
        let rules, radii, seeds = Table.texts "rule" table, Table.numbers "tau" table, Table.numbers "seed" table
        let isOf i = rules[i] = rule && (rule = "digital-sgd" || radii[i] = radius) && seeds[i] = seed
        Table.filter (Array.init table.Rows isOf) table
