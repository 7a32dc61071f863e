namespace AnalogTheory.Mutation

open System
open System.IO
open System.Text

/// Sources that hold every mutant at once: each site becomes a choice by a number that the program reads once, when it starts.
/// <remarks>The number is a static read-only field, set before anything of its assembly is compiled, so that the compiler at run time folds the choice.</remarks>
[<RequireQualifiedAccess>]
module Schemata =

    /// Environment variable that says which mutant is active; 0 or nothing for none.
    let variable = "ANALOG_THEORY_MUTANT"

    /// File that the copy has in addition.
    let activeFile = "src/AnalogTheory.Kernels/ActiveMutant.cs"

    /// Its text.
    let activeText =
        $$"""
        namespace AnalogTheory.Kernels;

        public static class ActiveMutant
        {
            public static readonly int Number =
                int.TryParse(System.Environment.GetEnvironmentVariable("{{variable}}"), out int number) ? number : 0;

            [System.Runtime.CompilerServices.ModuleInitializer]
            public static void Read() =>
                System.Runtime.CompilerServices.RuntimeHelpers.RunClassConstructor(typeof(ActiveMutant).TypeHandle);
        }
        """

    let private choice (file: string) (number: int) (mutated: string) (original: string) : string =
        match Path.GetExtension file with
        | ".cs" -> $"(global::AnalogTheory.Kernels.ActiveMutant.Number == {number} ? ({mutated}) : ({original}))"
        | ".fs" -> $"(if global.AnalogTheory.Kernels.ActiveMutant.Number = {number} then ({mutated}) else ({original}))"
        | other -> raise (ArgumentException($"Expected a source of C# or F#, got *{other}.", nameof file))

    /// A source with its mutants built in, each under its number.
    /// <param name="file">Name of the file; its ending says the language.</param>
    /// <param name="text">Source.</param>
    /// <param name="mutants">Mutants of this file; expressions may contain each other, but not overlap otherwise.</param>
    /// <exception cref="T:System.ArgumentException">A site does not occur exactly once, or two overlap.</exception>
    let rewrite (file: string) (text: string) (mutants: (int * Mutant) list) : string =
        let placed =
            [ for number, mutant in mutants do
                  match Site.find text mutant.Site with
                  | Ok place -> place, (number, mutant)
                  | Error reason -> raise (ArgumentException($"{mutant.Id} in {file}: {reason}", nameof mutants)) ]
            // An expression comes before those inside it.
            |> List.groupBy fst
            |> List.sortBy (fun (place, _) -> place.Start, -place.Length)

        let rec emit (from: int) (until: int) (sites: (Place * (Place * (int * Mutant)) list) list) : string =
            match sites with
            | [] -> text.Substring(from, until - from)
            | (place, alternatives) :: rest ->
                let ends = place.Start + place.Length
                let inner, later = rest |> List.partition (fun (other, _) -> other.Start < ends)

                match inner |> List.tryFind (fun (other, _) -> other.Start + other.Length > ends) with
                | Some(_, (_, (_, mutant: Mutant)) :: _) ->
                    raise (ArgumentException($"{mutant.Id} in {file} overlaps another site.", nameof mutants))
                | _ -> ()

                let original = emit place.Start ends inner

                let chosen =
                    List.foldBack (fun (_, (number, mutant: Mutant)) rest -> choice file number mutant.Becomes rest) alternatives original

                text.Substring(from, place.Start - from) + chosen + emit ends until later

        emit 0 text.Length placed
