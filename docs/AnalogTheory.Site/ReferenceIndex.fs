namespace AnalogTheory.Site

open System.Text.RegularExpressions

/// The reference's first page: fsdocs names the namespaces; what each is for is said here.
[<RequireQualifiedAccess>]
module ReferenceIndex =

    let private purposes =
        Map.ofList
            [ "AnalogTheory", "the theory in F#: devices, pulses, problems, rules, dynamics, theorems and their checks, and the experiments"
              "AnalogTheory.CSharp", "the same for C#, without a type of F# on its surface"
              "AnalogTheory.Kernels.Algebra", "numbers as a law sees them: doubles, lanes, intervals, text for a solver"
              "AnalogTheory.Kernels.Elementary", "elementary functions that give the same bits on every machine"
              "AnalogTheory.Kernels.Ensembles", "many replicas of one training, and what is measured of them"
              "AnalogTheory.Kernels.Laws", "response laws of devices, each written once"
              "AnalogTheory.Kernels.Noises", "noises of the gradient"
              "AnalogTheory.Kernels.Objectives", "objectives and their gradients, over lanes"
              "AnalogTheory.Kernels.Pulses", "updates as trains of whole pulses"
              "AnalogTheory.Kernels.Rules", "training rules: one step over lanes, in place"
              "AnalogTheory.Kernels.Sampling", "keys, and the random numbers that are functions of them"
              "AnalogTheory.Plotting", "figures as data, drawn as SVG, PDF, PNG and offline pages"
              "AnalogTheory.Runs", "files of long runs: whole or absent, with manifests, and CSV tables"
              "AnalogTheory.Sweeps", "many independent cells on several machines: axes, shards, status, merge"
              "AnalogTheory.Tiles.Algorithms", "training algorithms on arrays: pulsed SGD, Tiki-Taka and its descendants"
              "AnalogTheory.Tiles.Arrays", "arrays of elements: state, reads, updates"
              "AnalogTheory.Tiles.Certificates", "bounds on what an array may do, checked against what it did"
              "AnalogTheory.Tiles.Devices", "pulsed devices with their spreads, and the published ones by name"
              "AnalogTheory.Tiles.Elements", "elements that are made of several devices"
              "AnalogTheory.Tiles.Files", "arrays and their weights in files"
              "AnalogTheory.Tiles.Periphery", "converters, noise and bounds of reads and writes"
              "AnalogTheory.Tiles.Problems", "least squares on an array, with one imperfection after the other switched off"
              "AnalogTheory.Tiles.Pulses", "random pulse trains of rows and columns"
              "AnalogTheory.Training", "networks whose layers are arrays, and their trainer"
              "AnalogTheory.Training.Data", "data sets: MNIST, Fashion-MNIST, CIFAR-10, and digits that are drawn"
              "AnalogTheory.Training.Layers", "layers of networks"
              "AnalogTheory.Training.Models", "the papers' networks, rules and devices by their names"
              "AnalogTheory.Training.Runs", "trainings that may be stopped and go on, one or a whole plan" ]

    let private row = Regex(@"(title=""(?<name>[A-Za-z.]+)"">[^<]*</a>\s*</td>\s*)<td></td>")

    /// <summary>Says what each namespace is for.</summary>
    /// <param name="html">The page as fsdocs wrote it.</param>
    /// <exception cref="T:AnalogTheory.Site.SiteBroken">A namespace is new here.</exception>
    let describe (html: string) : string =
        row.Replace(
            html.Replace("API Reference", "Types and functions").Replace("Available Namespaces:", "Namespaces"),
            fun (found: Match) ->
                let name = found.Groups["name"].Value

                match Map.tryFind name purposes with
                | Some purpose -> found.Groups[1].Value + "<td>" + toHtml purpose + "</td>"
                | None ->
                    raise (
                        SiteBroken
                            [ { Where = "reference/index.html"
                                What = $"Expected a sentence on {name} in ReferenceIndex.fs." } ]
                    )
        )
